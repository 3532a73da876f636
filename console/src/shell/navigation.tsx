import { Badge, Group, Kbd, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { deadLettersQuery, sessionQuery } from '../api/queries.ts'
import { schemaChangesQuery } from '../api/stream_queries.ts'
import { briefCount } from '../parts/amounts.ts'
import { Logo } from './logo.tsx'
import { MOD_KEY } from './mod_key.ts'
import { PLACE_GROUPS, type Place, type PlaceGroup } from './places.ts'
import { SchemeSwitch } from './scheme_switch.tsx'
import styles from './shell.module.css'

/** The sidebar: search, the places, and at the foot the version and the colour scheme. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const { data: session } = useQuery(sessionQuery)
  const waiting = useWaiting()
  return (
    <>
      <Group gap={9} px={10} visibleFrom="sm">
        <Logo />
      </Group>
      <UnstyledButton className={styles['search']!} onClick={spotlight.open} aria-label="Search">
        <IconSearch size={15} aria-hidden /> Search
        <Kbd size="xs">{MOD_KEY} K</Kbd>
      </UnstyledButton>
      <ScrollArea flex={1} type="never" component="nav" aria-label="Main">
        {PLACE_GROUPS.map((group) => (
          <RoadLinks key={group.title} group={group} waiting={waiting} onGo={onGo} />
        ))}
      </ScrollArea>
      <Group justify="space-between" px={10}>
        <Text size="xs" c="dimmed">
          {session ? `v${session.version}` : ''}
        </Text>
        <SchemeSwitch />
      </Group>
    </>
  )
}

/** How much waits for a person, by place. */
function useWaiting(): Readonly<Record<string, number>> {
  const { data: letters } = useQuery(deadLettersQuery)
  const { data: changes } = useQuery(schemaChangesQuery({ open: 'true' }))
  return {
    '/dead-letters': letters?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0,
    '/schema-changes': changes?.length ?? 0,
  }
}

interface RoadLinksProps {
  readonly group: PlaceGroup
  readonly waiting: Readonly<Record<string, number>>
  readonly onGo: () => void
}

function RoadLinks({ group: { title, places }, waiting, onGo }: RoadLinksProps) {
  const links = places.map((place) => (
    <PlaceLink key={place.path} place={place} onGo={onGo} waiting={waiting[place.path] ?? 0} />
  ))
  if (title === null) return links
  return (
    <section aria-label={title}>
      <div className={styles['group']} aria-hidden>
        {title}
      </div>
      {links}
    </section>
  )
}

function PlaceLink({ place, waiting, onGo }: { place: Place; waiting: number; onGo: () => void }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const active = place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`)
  return (
    <NavLink
      component={Link}
      to={place.path}
      onClick={onGo}
      label={place.label}
      aria-label={place.label}
      active={active}
      {...(active ? { 'aria-current': 'page' as const } : {})}
      className={styles['link']!}
      leftSection={<place.icon size={17} stroke={1.8} aria-hidden />}
      rightSection={waiting > 0 && <Waiting amount={waiting} urgent={place.path === '/dead-letters'} />}
    />
  )
}

// What is lost until a person acts is red; what goes on meanwhile is amber.
const Waiting = ({ amount, urgent }: { amount: number; urgent: boolean }) => (
  <Badge size="sm" variant="light" color={urgent ? 'red' : 'orange'} aria-hidden>
    {briefCount(amount)}
  </Badge>
)
