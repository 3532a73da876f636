import {
  IconActivityHeartbeat,
  IconArrowsSplit2,
  IconHome,
  IconMailX,
  IconPlugConnected,
  IconSettings,
  IconTargetArrow,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react'

/** A place of the console, as the sidebar, the search and the keyboard know it. */
export interface Place {
  readonly path: string
  readonly label: string
  readonly about: string
  readonly icon: TablerIcon
  /** The key after `g`. */
  readonly key?: string
}

export const WATCH: readonly Place[] = [
  { path: '/', label: 'Home', about: 'The state of the road', icon: IconHome, key: 'h' },
  {
    path: '/events',
    label: 'Live events',
    about: 'What comes in, and what became of it',
    icon: IconActivityHeartbeat,
    key: 'e',
  },
  { path: '/dead-letters', label: 'Dead letters', about: 'Events that need a person', icon: IconMailX, key: 'd' },
]

export const SET_UP: readonly Place[] = [
  { path: '/sources', label: 'Event sources', about: 'Write keys and SDK snippets', icon: IconPlugConnected, key: 's' },
  { path: '/mappings', label: 'Mappings', about: 'How events become TikTok events', icon: IconArrowsSplit2, key: 'm' },
  { path: '/destinations', label: 'Destinations', about: 'Pixels that take events', icon: IconTargetArrow, key: 't' },
  { path: '/accounts', label: 'Accounts', about: 'Connections to TikTok', icon: IconUsersGroup, key: 'a' },
]

export const SETTINGS: Place = {
  path: '/settings',
  label: 'Settings',
  about: 'Audit log, version, addresses',
  icon: IconSettings,
}

export const PLACES: readonly Place[] = [...WATCH, ...SET_UP, SETTINGS]
