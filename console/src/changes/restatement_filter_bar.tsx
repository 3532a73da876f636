import { Button, Group, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { RestatementRow } from '../../../src/server/contract_streams.ts'
import { useAdvertisers } from '../api/advertisers.ts'
import { ConnectionSelect } from '../runs/runs.tsx'
import { type RestatementFilters, readRestatementFilters } from './filters.ts'

interface RestatementFilterBarProps {
  readonly filters: RestatementFilters
  readonly rows: readonly RestatementRow[]
  readonly onChange: (filters: RestatementFilters) => void
}

/** Narrows the restatements; every choice goes to the address. */
export function RestatementFilterBar({ filters, rows, onChange }: RestatementFilterBarProps) {
  const advertisers = useAdvertisers(filters.sync ?? rows[0]?.sync)
  const set = (change: { readonly [K in keyof RestatementFilters]: string | null }) =>
    onChange(readRestatementFilters({ ...filters, ...change }))
  const ids = known(
    rows.map(({ advertiserId }) => advertiserId),
    filters.advertiser,
  )
  return (
    <Group gap="xs" role="search" aria-label="Filter restatements">
      <ConnectionSelect value={filters.sync} onChange={(sync) => set({ sync })} />
      <Select
        aria-label="Table"
        placeholder="Any table"
        w={200}
        clearable
        searchable
        data={known(
          rows.map(({ table }) => table),
          filters.table,
        )}
        value={filters.table ?? null}
        onChange={(table) => set({ table })}
      />
      <Select
        aria-label="Column"
        placeholder="Any column"
        w={180}
        clearable
        searchable
        data={known(
          rows.map(({ column }) => column),
          filters.column,
        )}
        value={filters.column ?? null}
        onChange={(column) => set({ column })}
      />
      <Select
        aria-label="Advertiser"
        placeholder="Any advertiser"
        w={180}
        clearable
        data={ids.map((value) => ({ value, label: advertisers.get(value)?.name ?? value }))}
        value={filters.advertiser ?? null}
        onChange={(advertiser) => set({ advertiser })}
      />
      <TextInput
        type="date"
        aria-label="From day"
        value={filters.from ?? ''}
        onChange={(change) => set({ from: change.currentTarget.value })}
      />
      <TextInput
        type="date"
        aria-label="To day"
        value={filters.to ?? ''}
        onChange={(change) => set({ to: change.currentTarget.value })}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </Group>
  )
}

const known = (values: readonly string[], chosen: string | undefined): string[] =>
  [...new Set([...(chosen ? [chosen] : []), ...values])].sort()
