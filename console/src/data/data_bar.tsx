import { Group, Select, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Table } from '../../../src/server/contract_streams.ts'
import type { Advertisers } from '../api/advertisers.ts'
import { connectionsQuery } from '../api/queries.ts'
import { todayAt } from '../parts/days.ts'
import { TextLink } from '../parts/text_link.tsx'
import { type DataSearch, daysShown, readDataSearch } from './search.ts'

interface DataBarProps {
  readonly connection: string
  readonly table: Table
  readonly advertisers: Advertisers
  readonly search: DataSearch
  readonly onChange: (search: DataSearch) => void
}

/** Whose rows, and of which days. */
export function DataBar({ connection, table, advertisers, search, onChange }: DataBarProps) {
  const { data: connections = [] } = useQuery(connectionsQuery)
  const navigate = useNavigate()
  const set = (change: { readonly [K in keyof DataSearch]: string | null }) => {
    const { sql: _sql, ...rest } = search
    onChange(readDataSearch({ ...rest, ...change }))
  }
  const { from, to } = daysShown(search, todayAt(Date.now()))
  const advertiser = search.advertiser ? advertisers.get(search.advertiser) : undefined
  return (
    <div>
      <Group gap="xs" align="flex-end">
        {connections.length > 1 && (
          <Select
            label="Connection"
            w={170}
            allowDeselect={false}
            data={connections.map(({ name }) => name)}
            value={connection}
            onChange={(sync) => sync && void navigate({ to: '/data', search: { sync } })}
          />
        )}
        <Select
          label="Advertiser"
          placeholder="All"
          w={190}
          clearable
          data={[...advertisers.values()].map(({ id, name, currency }) => ({
            value: id,
            label: `${name} (${currency})`,
          }))}
          value={search.advertiser ?? null}
          onChange={(id) => set({ advertiser: id })}
        />
        {table.windowColumn && (
          <>
            <TextInput
              type="date"
              label="From"
              w={140}
              value={from}
              onChange={(change) => set({ from: change.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="To"
              w={140}
              value={to}
              onChange={(change) => set({ to: change.currentTarget.value })}
            />
          </>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={6} className="wrap">
        <strong>{table.name}</strong>: {table.about}.{' '}
        {advertiser
          ? `Days in ${advertiser.timezone}, money in ${advertiser.currency}. `
          : "Days in each advertiser's zone, money in its currency. "}
        <TextLink to="/schema" search={{ sync: connection, table: table.name }} size="xs">
          Columns and relations
        </TextLink>
      </Text>
    </div>
  )
}
