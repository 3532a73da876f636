import { Group, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Erd } from '../../../src/server/contract_streams.ts'
import { connectionsQuery } from '../api/queries.ts'
import { readSchemaSearch, type SchemaSearch } from './search.ts'
import { GROUP_TITLE, TABLE_GROUPS } from './words.ts'

interface ToolbarProps {
  readonly erd: Erd
  readonly search: SchemaSearch
  readonly onChange: (search: SchemaSearch) => void
}

const TYPING_MS = 200

/** What is looked at: whose warehouse, which group, found by what, drawn or told. */
export function Toolbar({ erd, search, onChange }: ToolbarProps) {
  const { data: connections = [] } = useQuery(connectionsQuery)
  const set = (change: { readonly [K in keyof SchemaSearch]: string | null }) =>
    onChange(readSchemaSearch({ ...search, ...change }))
  return (
    <Group gap="xs" role="search" aria-label="Narrow the schema">
      <SearchText value={search.q ?? ''} onChange={(q) => set({ q })} />
      <Select
        aria-label="Connection"
        placeholder="Catalogue: every table"
        w={190}
        clearable
        data={connections.map(({ name }) => name)}
        value={search.sync ?? null}
        onChange={(sync) => set({ sync })}
      />
      <Select
        aria-label="Group"
        placeholder="Any group"
        w={150}
        clearable
        data={TABLE_GROUPS.filter((group) => erd.tables.some(({ table }) => table.group === group)).map((value) => ({
          value,
          label: GROUP_TITLE[value],
        }))}
        value={search.group ?? null}
        onChange={(group) => set({ group })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Form"
        data={[
          { value: 'diagram', label: 'Diagram' },
          { value: 'list', label: 'List' },
        ]}
        value={search.view ?? 'diagram'}
        onChange={(view) => set({ view })}
      />
      {search.view !== 'list' && (
        <Switch
          size="xs"
          label="All columns"
          checked={search.columns === 'all'}
          onChange={(change) => set({ columns: change.currentTarget.checked ? 'all' : null })}
        />
      )}
      {search.sync && (
        <Switch
          size="xs"
          label="Off too"
          checked={search.tables === 'all'}
          onChange={(change) => set({ tables: change.currentTarget.checked ? 'all' : null })}
        />
      )}
    </Group>
  )
}

function SearchText({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value)
  const tell = useDebouncedCallback(onChange, TYPING_MS)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      aria-label="Search"
      placeholder="Table, column or field at TikTok"
      value={text}
      w={{ base: '100%', xs: 230 }}
      leftSection={<IconSearch size={15} />}
      data-search
      onChange={(change) => {
        setText(change.currentTarget.value)
        tell(change.currentTarget.value)
      }}
    />
  )
}
