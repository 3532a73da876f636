import { ActionIcon, Badge, Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconTableShare, IconX } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Column, ErdTable } from '../../../src/server/contract_streams.ts'
import { count, counted } from '../parts/amounts.ts'
import { Fact, Facts } from '../parts/facts.tsx'
import { Card } from '../parts/page.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { JoinSql } from './relation_panel.tsx'
import { matchOf, type Relation, tellingColumns } from './relations.ts'
import styles from './schema.module.css'
import { GROUP_TITLE, latencyText, MODE_TEXT, TOTALS_TEXT, TYPE_ABOUT } from './words.ts'

interface TablePanelProps {
  readonly table: ErdTable
  /** Null in the catalogue. */
  readonly schema: string | null
  readonly tables: readonly ErdTable[]
  readonly relations: readonly Relation[]
  readonly column: string | null
  readonly query: string
  readonly onPick: (table: string | null, column?: string | null) => void
}

/** All that is known of one table: what it holds, what it belongs to, and every column. */
export function TablePanel({ table: found, schema, tables, relations, column, query, onPick }: TablePanelProps) {
  const { table } = found
  const near = relations.filter(({ from, to }) => from === table.name || to === table.name)
  return (
    <Card
      title={table.name}
      aside={
        <Tooltip label="Close">
          <ActionIcon variant="subtle" color="gray" onClick={() => onPick(null)} aria-label="Close">
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      }
    >
      <Stack gap="md">
        <Text size="sm" className="wrap">
          {table.about}
        </Text>
        <Facts>
          <Fact label="Group">{GROUP_TITLE[table.group]}</Fact>
          <Fact label="Brought up to date">{MODE_TEXT[table.mode]}</Fact>
          <Fact label="Key">
            <span className="mono">{table.key.join(', ')}</span>
          </Fact>
          <Fact label="Rows">{found.rows === null ? '–' : count(found.rows)}</Fact>
          <Fact label="Written">
            <TimeAgo at={found.syncedAt} never="not yet" />
          </Fact>
        </Facts>
        <LookInto table={table.name} filled={found.rows !== null} />
        {near.length > 0 && (
          <div>
            <Text size="xs" c="dimmed" mb={4}>
              Relations
            </Text>
            <Stack gap={6}>
              {near.map((relation) => (
                <Near key={relation.id} relation={relation} own={table.name} {...{ schema, tables, onPick }} />
              ))}
            </Stack>
          </div>
        )}
        <Columns key={table.name} found={found} column={column} query={query} onPick={onPick} />
      </Stack>
    </Card>
  )
}

/** To the rows of the table, where a connection fills it. */
function LookInto({ table, filled }: { table: string; filled: boolean }) {
  const { sync } = useSearch({ from: '/shell/schema' })
  if (!sync || !filled) return null
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconTableShare size={14} />}
      style={{ alignSelf: 'flex-start' }}
      renderRoot={(props) => <Link {...props} to="/data" search={{ sync, table }} />}
    >
      Look into the rows
    </Button>
  )
}

interface NearProps extends Pick<TablePanelProps, 'schema' | 'tables' | 'onPick'> {
  readonly relation: Relation
  readonly own: string
}

function Near({ relation, own, schema, tables, onPick }: NearProps) {
  const other = relation.from === own ? relation.to : relation.from
  return (
    <Group gap={6} justify="space-between" wrap="nowrap">
      <Text size="sm" className="wrap" component="div">
        {relation.from === own ? 'refers to ' : 'is referred to by '}
        <Button variant="transparent" size="compact-sm" p={0} onClick={() => onPick(other)}>
          {other}
        </Button>{' '}
        <Text span size="xs" c="dimmed">
          by {relation.reference.columns.join(', ')}
        </Text>
      </Text>
      <JoinSql relation={relation} schema={schema} tables={tables} />
    </Group>
  )
}

interface ColumnsProps {
  readonly found: ErdTable
  readonly column: string | null
  readonly query: string
  readonly onPick: (table: string, column: string | null) => void
}

function Columns({ found: { table, auditColumns }, column, query, onPick }: ColumnsProps) {
  const [withAudit, setWithAudit] = useState(false)
  const matches = new Set(matchOf(table, query).columns)
  const telling = tellingColumns(table)
  // What a search found comes first, then keys, then the rest as they stand.
  const weight = ({ name }: Column) => (matches.has(name) ? 0 : telling.has(name) ? 1 : 2)
  const sorted = table.columns.toSorted((a, b) => weight(a) - weight(b))
  const shown = withAudit ? [...sorted, ...auditColumns] : sorted
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          {counted(table.columns.length, 'column')}
        </Text>
        {auditColumns.length > 0 && (
          <Button variant="transparent" size="compact-xs" p={0} onClick={() => setWithAudit(!withAudit)}>
            {withAudit ? 'Hide' : 'Show'} {auditColumns.length} audit columns
          </Button>
        )}
      </Group>
      <ul className={styles['columnList']} aria-label={`Columns of ${table.name}`}>
        {shown.map((one) => (
          <li key={one.name}>
            <button
              type="button"
              className={styles['column']}
              aria-expanded={one.name === column}
              onClick={() => onPick(table.name, one.name === column ? null : one.name)}
            >
              <span className={styles['columnHead']}>
                <span className={styles['columnName']}>{one.name}</span>
                {table.key.includes(one.name) && (
                  <Badge size="xs" variant="light">
                    key
                  </Badge>
                )}
                {matches.has(one.name) && (
                  <Badge size="xs" variant="light" color="orange">
                    found
                  </Badge>
                )}
                <span className={styles['type']}>{one.type}</span>
              </span>
            </button>
            {one.name === column && <ColumnFacts column={one} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

const ColumnFacts = ({ column }: { column: Column }) => (
  <section className={styles['facts']} aria-label={`Column ${column.name}`}>
    <Text size="sm" className="wrap" mb={6}>
      {column.about}
    </Text>
    <Facts>
      <Fact label="Holds">{TYPE_ABOUT[column.type]}</Fact>
      <Fact label="Field at TikTok">
        {column.apiField ? <span className="mono">{column.apiField}</span> : 'none: Backbeat adds it'}
      </Fact>
      <Fact label="Latency">{latencyText(column.latencyHours)}</Fact>
      {column.totals && <Fact label="Totals">{TOTALS_TEXT[column.totals]}</Fact>}
    </Facts>
  </section>
)
