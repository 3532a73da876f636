import { Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Kind } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { VERDICT } from '../parts/status.ts'
import { type EventFilters, readEventFilters, STANDINGS } from './filters.ts'

interface FilterBarProps {
  readonly filters: EventFilters
  readonly onChange: (filters: EventFilters) => void
}

const TYPING_MS = 300

/** Narrows the list; every choice goes to the address. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const set = (change: { readonly [K in keyof EventFilters]: EventFilters[K] | null }) =>
    onChange(readEventFilters({ ...filters, ...change }))
  return (
    <Group gap="xs" role="search" aria-label="Filter events">
      <TypedText
        label="Search"
        placeholder="Message, user, anonymous or order id"
        value={filters.q ?? ''}
        onChange={(q) => set({ q })}
        isSearch
      />
      <TypedText
        label="Event name"
        placeholder="Event name"
        value={filters.name ?? ''}
        onChange={(name) => set({ name })}
      />
      <NameSelect kind="event_source" label="Source" value={filters.source} onChange={(source) => set({ source })} />
      <NameSelect kind="sync" label="Sync" value={filters.sync} onChange={(sync) => set({ sync })} />
      <Select
        aria-label="Standing"
        placeholder="Any standing"
        w={150}
        clearable
        data={STANDINGS.map((value) => ({ value, label: VERDICT[value].word }))}
        value={filters.standing ?? null}
        onChange={(standing) => onChange(readEventFilters({ ...filters, standing }))}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </Group>
  )
}

interface TypedTextProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly isSearch?: boolean
}

function TypedText({ label, placeholder, value, onChange, isSearch = false }: TypedTextProps) {
  const [text, setText] = useState(value)
  const tell = useDebouncedCallback(onChange, TYPING_MS)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      value={text}
      w={isSearch ? 280 : 170}
      {...(isSearch ? { leftSection: <IconSearch size={15} />, 'data-search': true } : {})}
      onChange={(change) => {
        setText(change.currentTarget.value)
        tell(change.currentTarget.value)
      }}
    />
  )
}

interface NameSelectProps {
  readonly kind: Kind
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (name: string | null) => void
}

function NameSelect({ kind, label, value, onChange }: NameSelectProps) {
  const { data: resources = [] } = useQuery(resourcesQuery(kind))
  return (
    <Select
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      w={160}
      clearable
      searchable
      data={resources.map(({ name }) => name)}
      value={value ?? null}
      onChange={onChange}
    />
  )
}
