import { ActionIcon, Button, Stack, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ErdTable } from '../../../src/server/contract_streams.ts'
import { Code } from '../parts/code.tsx'
import { CopyIcon } from '../parts/copy.tsx'
import { Card } from '../parts/page.tsx'
import { joinSql, type Relation } from './relations.ts'

// What a query says before a connection has given a schema.
const USUAL_SCHEMA = 'tiktok_ads'

interface JoinSqlProps {
  readonly relation: Relation
  readonly schema: string | null
  readonly tables: readonly ErdTable[]
}

/** Copies the query that joins the two sides of a relation. */
export const JoinSql = (props: JoinSqlProps) => (
  <CopyIcon value={sqlOf(props)} label={`Copy the JOIN of ${props.relation.from} with ${props.relation.to}`} />
)

const sqlOf = ({ relation, schema, tables }: JoinSqlProps): string =>
  joinSql(schema ?? USUAL_SCHEMA, relation, tables.find(({ table }) => table.name === relation.to)!.table)

interface RelationPanelProps extends JoinSqlProps {
  readonly onPick: (table: string) => void
  readonly onClose: () => void
}

/** One relation: who names whom by what, and how to join them without counting twice. */
export function RelationPanel({ relation, onPick, onClose, ...rest }: RelationPanelProps) {
  const { from, to, reference } = relation
  const isHistory = rest.tables.find(({ table }) => table.name === to)?.table.mode === 'history'
  return (
    <Card
      title="Relation"
      aside={
        <Tooltip label="Close">
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close">
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      }
    >
      <Stack gap="sm">
        <Text size="sm" component="div" className="wrap">
          <TableButton name={from} onPick={onPick} /> refers to <TableButton name={to} onPick={onPick} /> by{' '}
          <span className="mono">{reference.columns.join(', ')}</span>
          {reference.to.join() !== reference.columns.join() && (
            <>
              , its <span className="mono">{reference.to.join(', ')}</span>
            </>
          )}
        </Text>
        {isHistory && (
          <Text size="sm" c="dimmed">
            A history has a row for each version. Only the newest is joined, or every figure would be multiplied.
          </Text>
        )}
        <Code text={sqlOf({ relation, ...rest })} label="JOIN SQL" wrap />
      </Stack>
    </Card>
  )
}

const TableButton = ({ name, onPick }: { name: string; onPick: (table: string) => void }) => (
  <Button variant="transparent" size="compact-sm" p={0} onClick={() => onPick(name)}>
    {name}
  </Button>
)
