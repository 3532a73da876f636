import { Button, Group, Table, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { RowsPreview } from '../../../src/server/contract_streams.ts'
import { count, counted } from './amounts.ts'
import { toCsv } from './csv.ts'
import { downloadText } from './download.ts'
import { cellText, isFigure } from './figures.ts'
import styles from './rows_table.module.css'

/** Rows as they stand: figures at the right, absent as "–", long text cut. They can be taken along as CSV. */
export function RowsTable({ rows: found, name }: { rows: RowsPreview; name: string }) {
  const { columns, rows } = found
  return (
    <>
      <section
        className={styles['scroll']}
        aria-label={`Rows of ${name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <Table verticalSpacing={5} horizontalSpacing="sm" highlightOnHover stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.name} ta={isFigure(column.type) ? 'right' : 'left'} title={column.type}>
                  {column.name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of any query have no other name
              <Table.Tr key={position}>
                {row.map((value, at) => (
                  <Table.Td
                    key={columns[at]!.name}
                    className={`${styles['cell']} tabular`}
                    ta={isFigure(columns[at]!.type) ? 'right' : 'left'}
                    {...(value === null ? { c: 'dimmed' } : {})}
                    title={value === null ? 'null: not known, which is not 0' : String(value)}
                  >
                    {cellText(value, columns[at]!.type)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <Group justify="space-between" px="md" py={8} gap="xs">
        <Text size="xs" c="dimmed">
          {rows.length === 0 ? 'No rows' : shownText(found)}
        </Text>
        {rows.length > 0 && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconDownload size={14} />}
            onClick={() => downloadText(`${name}.csv`, toCsv(found), 'text/csv')}
          >
            CSV
          </Button>
        )}
      </Group>
    </>
  )
}

const shownText = ({ rows, total }: RowsPreview): string =>
  total !== null && total > rows.length
    ? `${count(rows.length)} of ${counted(total, 'row')}`
    : counted(rows.length, 'row')
