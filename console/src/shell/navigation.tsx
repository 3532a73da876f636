import { Badge, Group, Kbd, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { deadLettersQuery, sessionQuery } from '../api/queries.ts'
import { briefCount } from '../parts/amounts.ts'
import { Logo } from './logo.tsx'
import { MOD_KEY } from './mod_key.ts'
import { type Place, SET_UP, SETTINGS, WATCH } from './places.ts'
import { SchemeSwitch } from './scheme_switch.tsx'
import styles from './shell.module.css'

/** The sidebar: search, the places, and at the foot the version and the colour scheme. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const { data: session } = useQuery(sessionQuery)
  const { data: letters } = useQuery(deadLettersQuery)
  const dead = letters?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0
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
        {WATCH.map((place) => (
          <PlaceLink key={place.path} place={place} onGo={onGo} waiting={place.path === '/dead-letters' ? dead : 0} />
        ))}
        <div className={styles['group']}>Set up</div>
        {[...SET_UP, SETTINGS].map((place) => (
          <PlaceLink key={place.path} place={place} onGo={onGo} waiting={0} />
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
      rightSection={waiting > 0 && <Waiting amount={waiting} />}
    />
  )
}

const Waiting = ({ amount }: { amount: number }) => (
  <Badge size="sm" variant="light" color="red" aria-hidden>
    {briefCount(amount)}
  </Badge>
)
