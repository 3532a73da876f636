import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconListSearch, IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { Kind, Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { isConnection } from '../api/specs.ts'
import { PLACES } from './places.ts'

const HOME_OF: Record<Kind, string> = {
  account: '/accounts',
  event_source: '/sources',
  warehouse: '/warehouses',
  report: '/reports',
  destination: '/destinations',
  sync: '/mappings',
}

const pathOf = (resource: Resource): string => (isConnection(resource) ? '/connections' : HOME_OF[resource.kind])

/** ⌘K: places, resources by name, and any other text as a search among the events. */
export function Search({ go }: { go: (path: string) => void }) {
  const [query, setQuery] = useState('')
  const groups: SpotlightActionGroupData[] = [
    { group: 'Places', actions: PLACES.map((place) => placeAction(place, go)) },
    { group: 'Set up', actions: useResources().map((resource) => resourceAction(resource, go)) },
  ]
  const text = query.trim()
  const inEvents = {
    id: 'events',
    label: `Find "${text}" among the events`,
    description: 'Message id, user id, anonymous id or order id',
    leftSection: <IconListSearch size={18} />,
    // The words typed are part of the label, so that the filter keeps this action.
    keywords: text,
    onClick: () => go(`/events?q=${encodeURIComponent(text)}`),
  }
  return (
    <Spotlight
      shortcut={['mod + K']}
      query={query}
      onQueryChange={setQuery}
      actions={text === '' ? groups : [...groups, { group: 'Events', actions: [inEvents] }]}
      nothingFound="Nothing found"
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: 'Go to, or find an event by id',
        'aria-label': 'Search',
      }}
    />
  )
}

function useResources(): readonly Resource[] {
  const kinds = ['event_source', 'sync', 'destination', 'warehouse', 'report', 'account'] as const
  const lists = kinds.map((kind) => resourcesQuery(kind))
  const answers = useQueries({ queries: lists })
  return answers.flatMap(({ data }) => data ?? [])
}

const placeAction = (place: (typeof PLACES)[number], go: (path: string) => void) => ({
  id: place.path,
  label: place.label,
  description: place.key ? `${place.about} · g ${place.key}` : place.about,
  leftSection: <place.icon size={18} stroke={1.8} />,
  onClick: () => go(place.path),
})

const resourceAction = (resource: Resource, go: (path: string) => void) => ({
  id: `${resource.kind}/${resource.name}`,
  label: resource.name,
  description: isConnection(resource) ? 'connection' : resource.kind.replace('_', ' '),
  onClick: () => go(`${pathOf(resource)}/${encodeURIComponent(resource.name)}`),
})
