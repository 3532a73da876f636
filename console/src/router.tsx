import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { readDeadFilters } from './dead_letters/filters.ts'
import { readEventFilters } from './events/filters.ts'
import { Broken, Missing } from './shell/broken.tsx'
import { inShell, root, shell } from './shell/shell_route.ts'
import { streamScreens } from './stream_routes.ts'

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./login/login.tsx'), 'LoginScreen'),
})
const home = createRoute({
  getParentRoute: inShell,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home.tsx'), 'HomeScreen'),
})
const sources = createRoute({
  getParentRoute: inShell,
  path: '/sources',
  component: lazyRouteComponent(() => import('./sources/sources.tsx'), 'SourcesScreen'),
})
const source = createRoute({
  getParentRoute: inShell,
  path: '/sources/$name',
  component: lazyRouteComponent(() => import('./sources/source.tsx'), 'SourceScreen'),
})
const destinations = createRoute({
  getParentRoute: inShell,
  path: '/destinations',
  component: lazyRouteComponent(() => import('./destinations/destinations.tsx'), 'DestinationsScreen'),
})
const destination = createRoute({
  getParentRoute: inShell,
  path: '/destinations/$name',
  component: lazyRouteComponent(() => import('./destinations/destination.tsx'), 'DestinationScreen'),
})
const mappings = createRoute({
  getParentRoute: inShell,
  path: '/mappings',
  component: lazyRouteComponent(() => import('./mappings/syncs.tsx'), 'SyncsScreen'),
})
const sync = createRoute({
  getParentRoute: inShell,
  path: '/mappings/$sync',
  validateSearch: (search): { mapping?: string } =>
    typeof search['mapping'] === 'string' ? { mapping: search['mapping'] } : {},
  component: lazyRouteComponent(() => import('./mappings/sync.tsx'), 'SyncScreen'),
})
const events = createRoute({
  getParentRoute: inShell,
  path: '/events',
  validateSearch: readEventFilters,
  component: lazyRouteComponent(() => import('./events/events.tsx'), 'EventsScreen'),
})
const trace = createRoute({
  getParentRoute: inShell,
  path: '/events/$id',
  component: lazyRouteComponent(() => import('./trace/trace.tsx'), 'TraceScreen'),
})
const deadLetters = createRoute({
  getParentRoute: inShell,
  path: '/dead-letters',
  validateSearch: readDeadFilters,
  component: lazyRouteComponent(() => import('./dead_letters/dead_letters.tsx'), 'DeadLettersScreen'),
})
const settings = createRoute({
  getParentRoute: inShell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'SettingsScreen'),
})

const screens = [
  home,
  sources,
  source,
  destinations,
  destination,
  mappings,
  sync,
  events,
  trace,
  deadLetters,
  settings,
  ...streamScreens,
] as const

/** Every address of the console. */
export const router = createRouter({
  routeTree: root.addChildren([login, shell.addChildren(screens)]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
  // Every value of an address is text, so that `?q=123` reads as it was typed.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
    return text === '' ? '' : `?${text}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
