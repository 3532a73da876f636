import {
  IconActivityHeartbeat,
  IconArrowsExchange,
  IconArrowsSplit2,
  IconBuildingWarehouse,
  IconHistory,
  IconHome,
  IconMailX,
  IconPlugConnected,
  IconReportAnalytics,
  IconSchema,
  IconSettings,
  IconTableShare,
  IconTargetArrow,
  IconTimelineEvent,
  IconTransform,
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

/** A heading of the sidebar with its places; without a title it stands alone. */
export interface PlaceGroup {
  readonly title: string | null
  readonly places: readonly Place[]
}

const HOME: Place = { path: '/', label: 'Home', about: 'The state of both roads', icon: IconHome, key: 'h' }

const EVENTS_ROAD: readonly Place[] = [
  {
    path: '/events',
    label: 'Live events',
    about: 'What comes in, and what became of it',
    icon: IconActivityHeartbeat,
    key: 'e',
  },
  { path: '/dead-letters', label: 'Dead letters', about: 'Events that need a person', icon: IconMailX, key: 'd' },
  { path: '/sources', label: 'Event sources', about: 'Write keys and SDK snippets', icon: IconPlugConnected, key: 's' },
  { path: '/mappings', label: 'Mappings', about: 'How events become TikTok events', icon: IconArrowsSplit2, key: 'm' },
  { path: '/destinations', label: 'Destinations', about: 'Pixels that take events', icon: IconTargetArrow, key: 't' },
]

const WAREHOUSE_ROAD: readonly Place[] = [
  {
    path: '/connections',
    label: 'Connections',
    about: 'Which of TikTok’s tables come into which warehouse',
    icon: IconArrowsExchange,
    key: 'c',
  },
  { path: '/runs', label: 'Runs', about: 'Every reading of TikTok, slice by slice', icon: IconTimelineEvent, key: 'r' },
  {
    path: '/data',
    label: 'Data',
    about: 'Look into the tables, chart them, ask in SQL',
    icon: IconTableShare,
    key: 'q',
  },
  { path: '/schema', label: 'Schema', about: 'The tables, their columns and relations', icon: IconSchema, key: 'x' },
  {
    path: '/reports',
    label: 'Custom reports',
    about: 'Tables of your own making',
    icon: IconReportAnalytics,
    key: 'p',
  },
  {
    path: '/schema-changes',
    label: 'Schema changes',
    about: 'Tables that are to get another shape',
    icon: IconTransform,
  },
  {
    path: '/restatements',
    label: 'Restatements',
    about: 'Figures that TikTok corrected afterwards',
    icon: IconHistory,
  },
  { path: '/warehouses', label: 'Warehouses', about: 'Where tables stand', icon: IconBuildingWarehouse, key: 'w' },
]

const BOTH: readonly Place[] = [
  { path: '/accounts', label: 'Accounts', about: 'Logins at TikTok', icon: IconUsersGroup, key: 'a' },
  { path: '/settings', label: 'Settings', about: 'Audit log, version, addresses', icon: IconSettings },
]

/** The sidebar, road by road. */
export const PLACE_GROUPS: readonly PlaceGroup[] = [
  { title: null, places: [HOME] },
  { title: 'Events → TikTok', places: EVENTS_ROAD },
  { title: 'TikTok → warehouse', places: WAREHOUSE_ROAD },
  { title: 'Both roads', places: BOTH },
]

/** Every place, for the search and the keyboard. */
export const PLACES: readonly Place[] = PLACE_GROUPS.flatMap(({ places }) => places)
