import { Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Kind } from '../../../src/server/contract.ts'
import { eventsQuery, resourcesQuery } from '../api/queries.ts'
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
      <SearchText value={filters.q ?? ''} onChange={(q) => set({ q })} />
      <EventNameSelect value={filters.name} onChange={(name) => set({ name })} />
      <NameSelect kind="event_source" label="Source" value={filters.source} onChange={(source) => set({ source })} />
      <NameSelect kind="sync" label="Sync" value={filters.sync} onChange={(sync) => set({ sync })} />
      <Select
        aria-label="Standing"
        placeholder="Any standing"
        w={148}
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

interface SearchTextProps {
  readonly value: string
  readonly onChange: (text: string) => void
}

function SearchText({ value, onChange }: SearchTextProps) {
  const [text, setText] = useState(value)
  const tell = useDebouncedCallback(onChange, TYPING_MS)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      aria-label="Search"
      placeholder="Message, user or order id"
      value={text}
      w={{ base: '100%', xs: 240 }}
      leftSection={<IconSearch size={15} />}
      data-search
      onChange={(change) => {
        setText(change.currentTarget.value)
        tell(change.currentTarget.value)
      }}
    />
  )
}

// Names are offered from so many of the newest events.
const NAMES_FROM = 200

interface EventNameSelectProps {
  readonly value: string | undefined
  readonly onChange: (name: string | null) => void
}

function EventNameSelect({ value, onChange }: EventNameSelectProps) {
  const { data: recent } = useQuery({ ...eventsQuery({ limit: NAMES_FROM }), staleTime: 30_000 })
  const names = new Set([...(value ? [value] : []), ...(recent?.events.map(({ name }) => name) ?? [])])
  return (
    <Select
      aria-label="Event name"
      placeholder="Any event"
      w={148}
      clearable
      searchable
      data={[...names].sort()}
      value={value ?? null}
      onChange={onChange}
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
      w={148}
      clearable
      searchable
      data={resources.map(({ name }) => name)}
      value={value ?? null}
      onChange={onChange}
    />
  )
}
