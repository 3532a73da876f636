import { Button, Collapse, Group, Kbd, Skeleton, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCode, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { RowsPreview, Table } from '../../../src/server/contract_streams.ts'
import { askedQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { todayAt } from '../parts/days.ts'
import { Failure } from '../parts/failure.tsx'
import { Card } from '../parts/page.tsx'
import { RowsTable } from '../parts/rows_table.tsx'
import { MOD_KEY } from '../shell/mod_key.ts'
import { withContract } from './column_types.ts'
import { ROWS_SHOWN, rowsSql } from './rows_sql.ts'
import { type DataSearch, daysShown } from './search.ts'

// The editor is fetched when the query is first opened.
const Editor = lazy(async () => ({ default: (await import('./sql_editor_view.tsx')).SqlEditorView }))

interface RowsPanelProps {
  readonly warehouse: string
  readonly schema: string
  readonly table: Table
  readonly search: DataSearch
  readonly onChange: (search: DataSearch) => void
}

/** The rows of a table, with the query that gives them; the query may be changed, as long as it only reads. */
export function RowsPanel({ warehouse, schema, table, search, onChange }: RowsPanelProps) {
  const standard = rowsSql(schema, table, {
    advertiser: search.advertiser,
    ...daysShown(search, todayAt(Date.now())),
  })
  const sql = search.sql ?? standard
  const [text, setText] = useState(sql)
  const [opened, { toggle }] = useDisclosure(search.sql !== undefined)
  useEffect(() => setText(sql), [sql])
  const rows = useQuery(
    askedQuery<RowsPreview>(`/warehouses/${encodeURIComponent(warehouse)}/query`, { sql, limit: ROWS_SHOWN }),
  )
  const { sql: _sql, ...rest } = search
  const run = () => {
    if (text === sql) void rows.refetch()
    else onChange(text.trim() === standard ? rest : { ...rest, table: table.name, sql: text })
  }
  return (
    <Card
      title={search.sql ? 'Rows of your query' : 'Rows'}
      flush
      aside={
        <Group gap="xs">
          {search.sql && (
            <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(rest)}>
              Back to the table
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            leftSection={<IconCode size={14} />}
            aria-expanded={opened}
            onClick={toggle}
          >
            SQL
          </Button>
        </Group>
      }
    >
      <Collapse expanded={opened}>
        {opened && (
          <div style={{ padding: '0 16px 12px' }}>
            <Suspense fallback={<Skeleton height={120} />}>
              <Editor value={text} onChange={setText} label="SQL" minHeight={120} maxHeight={320} onSubmit={run} />
            </Suspense>
            <Group justify="space-between" mt="xs">
              <Text size="xs" c="dimmed">
                One statement that reads. Nothing can be changed from here.
              </Text>
              <Button
                size="xs"
                leftSection={<IconPlayerPlayFilled size={14} />}
                loading={rows.isFetching}
                onClick={run}
              >
                Run&nbsp;<Kbd size="xs">{MOD_KEY} ↵</Kbd>
              </Button>
            </Group>
          </div>
        )}
      </Collapse>
      {rows.error ? (
        <div style={{ padding: '0 16px 16px' }}>
          <Failure error={rows.error} />
        </div>
      ) : (
        <Answer query={rows} rows={5}>
          {(found) => <RowsTable rows={withContract(found, table)} name={search.sql ? 'query' : table.name} />}
        </Answer>
      )}
    </Card>
  )
}
