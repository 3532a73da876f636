import { Stack, Table, Text, UnstyledButton } from '@mantine/core'
import type { ErdTable } from '../../../src/server/contract_streams.ts'
import { briefCount } from '../parts/amounts.ts'
import { Card } from '../parts/page.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'
import { matchOf, type Relation } from './relations.ts'
import { GROUP_TITLE, TABLE_GROUPS } from './words.ts'

interface TableListProps {
  readonly tables: readonly ErdTable[]
  readonly relations: readonly Relation[]
  readonly query: string
  readonly onPick: (table: string) => void
}

/** The diagram in words: every table with its key, its relations and what it holds. */
export function TableList({ tables, relations, query, onPick }: TableListProps) {
  const found = tables.filter(({ table }) => {
    const match = matchOf(table, query)
    return query.trim() === '' || match.table || match.columns.length > 0
  })
  return (
    <Stack gap="md">
      {TABLE_GROUPS.map((group) => {
        const own = found.filter(({ table }) => table.group === group)
        if (own.length === 0) return null
        return (
          <Card key={group} title={GROUP_TITLE[group]} flush>
            <Rows tables={own} relations={relations} query={query} onPick={onPick} />
          </Card>
        )
      })}
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          No table or column has "{query}" in it
        </Text>
      )}
    </Stack>
  )
}

const Rows = ({ tables, relations, query, onPick }: TableListProps) => (
  <Table.ScrollContainer minWidth={980} type="native">
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Table</Table.Th>
          <Table.Th>Key</Table.Th>
          <Table.Th>Refers to</Table.Th>
          <Table.Th ta="right">Columns</Table.Th>
          <Table.Th ta="right">Rows</Table.Th>
          <Table.Th>Written</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tables.map(({ table, rows, syncedAt, isOn }) => (
          <Table.Tr key={table.name}>
            <Table.Td miw={260} maw={340}>
              <UnstyledButton onClick={() => onPick(table.name)} data-row>
                <Text size="sm" fw={600} className="mono wrap">
                  {table.name}
                </Text>
              </UnstyledButton>
              <Text size="xs" c="dimmed" className="wrap">
                {matchText(table, query) ?? table.about}
              </Text>
            </Table.Td>
            <Table.Td className="mono" maw={220}>
              {table.key.join(', ')}
            </Table.Td>
            <Table.Td className="wrap">
              {relations
                .filter(({ from }) => from === table.name)
                .map(({ to, reference }) => `${to} by ${reference.columns.join(', ')}`)
                .join('; ') || '–'}
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {table.columns.length}
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {rows === null ? '–' : briefCount(rows)}
            </Table.Td>
            <Table.Td className="nowrap">
              <TimeAgo at={syncedAt} never={isOn ? 'not yet' : 'off'} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)

function matchText(table: ErdTable['table'], query: string): string | null {
  const { columns } = matchOf(table, query)
  return columns.length === 0 ? null : `Columns: ${columns.join(', ')}`
}
