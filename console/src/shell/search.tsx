import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconListSearch, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Kind, Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { PLACES } from './places.ts'

const HOME_OF: Record<Kind, string> = {
  account: '/accounts',
  event_source: '/sources',
  destination: '/destinations',
  sync: '/mappings',
}

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
  const lists = [
    useQuery(resourcesQuery('event_source')).data,
    useQuery(resourcesQuery('sync')).data,
    useQuery(resourcesQuery('destination')).data,
    useQuery(resourcesQuery('account')).data,
  ]
  return lists.flatMap((list) => list ?? [])
}

const placeAction = (place: (typeof PLACES)[number], go: (path: string) => void) => ({
  id: place.path,
  label: place.label,
  description: place.key ? `${place.about} · g ${place.key}` : place.about,
  leftSection: <place.icon size={18} stroke={1.8} />,
  onClick: () => go(place.path),
})

const resourceAction = ({ kind, name }: Resource, go: (path: string) => void) => ({
  id: `${kind}/${name}`,
  label: name,
  description: kind.replace('_', ' '),
  onClick: () => go(`${HOME_OF[kind]}/${encodeURIComponent(name)}`),
})
