import { AppShell, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { spotlight } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { ConnectionBanner } from './connection_banner.tsx'
import { useKeyboard } from './keyboard.ts'
import { Logo } from './logo.tsx'
import { Navigation } from './navigation.tsx'
import { Search } from './search.tsx'
import styles from './shell.module.css'
import { TestBanner, useTestMode } from './test_mode.tsx'

/** The frame around every screen but the login. */
export function Layout() {
  const { data: session } = useQuery(sessionQuery)
  if (!session) return <ConnectionBanner />
  if (session.login === 'required') return <Navigate to="/login" replace />
  return <Frame simulatorUrl={session.simulatorUrl} />
}

function Frame({ simulatorUrl }: { simulatorUrl: string | null }) {
  const [menuOpen, menu] = useDisclosure(false)
  const router = useRouter()
  const go = useCallback((path: string) => router.history.push(path), [router])
  const testReasons = useTestMode()
  useKeyboard(go, spotlight.open)
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      transitionDuration={0}
    >
      <a href="#main" className={styles['skip']}>
        Skip to content
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md" gap="xs">
          <Burger opened={menuOpen} onClick={menu.toggle} size="sm" aria-label="Menu" />
          <Logo />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={styles['navbar']!}>
        <Navigation onGo={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main className={styles['main']!} id="main">
        <ConnectionBanner />
        {testReasons && <TestBanner reasons={testReasons} simulatorUrl={simulatorUrl} />}
        <div className={styles['content']}>
          <Outlet />
        </div>
      </AppShell.Main>
      <Search go={go} />
    </AppShell>
  )
}
