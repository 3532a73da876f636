import { Paper, Select, Text, UnstyledButton } from '@mantine/core'
import type { ErdTable } from '../../../src/server/contract_streams.ts'
import { briefCount, count } from '../parts/amounts.ts'
import { GROUP_TITLE, TABLE_GROUPS } from '../schema/words.ts'
import styles from './data.module.css'

interface TableMenuProps {
  readonly tables: readonly ErdTable[]
  readonly value: string | undefined
  readonly onChange: (table: string) => void
}

/** The tables that hold something, by group. On a narrow page a drop-down list. */
export function TableMenu({ tables, value, onChange }: TableMenuProps) {
  const groups = TABLE_GROUPS.map((group) => ({
    group,
    tables: tables.filter(({ table }) => table.group === group),
  })).filter((one) => one.tables.length > 0)
  return (
    <>
      <Select
        aria-label="Table"
        hiddenFrom="md"
        searchable
        allowDeselect={false}
        data={groups.map(({ group, tables: own }) => ({
          group: GROUP_TITLE[group],
          items: own.map(({ table }) => table.name),
        }))}
        value={value ?? null}
        onChange={(table) => table && onChange(table)}
      />
      <Paper withBorder component="nav" aria-label="Tables" visibleFrom="md" className={styles['menu']!}>
        {groups.map(({ group, tables: own }) => (
          <div key={group}>
            <Text size="xs" c="dimmed" fw={600} className={styles['group']!}>
              {GROUP_TITLE[group]}
            </Text>
            {own.map(({ table, rows }) => (
              <UnstyledButton
                key={table.name}
                className={styles['item']!}
                data-active={table.name === value || undefined}
                aria-current={table.name === value ? 'true' : undefined}
                onClick={() => onChange(table.name)}
                data-row
              >
                <span className={styles['itemName']} title={table.name}>
                  {table.name}
                </span>
                <Text span size="xs" c="dimmed" className="tabular" title={`${count(rows ?? 0)} rows`}>
                  {briefCount(rows ?? 0)}
                </Text>
              </UnstyledButton>
            ))}
          </div>
        ))}
      </Paper>
    </>
  )
}
