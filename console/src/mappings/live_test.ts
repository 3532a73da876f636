import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type {
  DeliveryTrace,
  EventRow,
  Explanation,
  Json,
  JsonObject,
  Problem,
  RuleTrace,
} from '../../../src/server/contract.ts'
import { call } from '../api/client.ts'
import { eventsQuery } from '../api/queries.ts'
import { type MappingSpec, plain, type SyncSpec } from '../api/specs.ts'
import { variety } from './variety.ts'

// Events of the source that a mapping is tried on while it is edited, and among how many they are looked for.
const EVENTS_SHOWN = 6
const EVENTS_READ = 100
const TYPING_MS = 300

/** The event a mapping is tried on: one the source sent, or one written by hand. */
export type Chosen = { readonly kind: 'stored'; readonly id: number } | { readonly kind: 'own' }

/** What the mapping makes of one event. */
export interface Tried {
  readonly rule: RuleTrace | undefined
  readonly delivery: DeliveryTrace | undefined
  readonly event: JsonObject
  readonly problems: readonly Problem[]
}

/** A mapping tried on real events while it is edited. */
export interface LiveTest {
  readonly events: readonly EventRow[]
  readonly tried: ReadonlyMap<number, Tried>
  readonly chosen: Chosen | null
  readonly choose: (chosen: Chosen) => void
  /** Reads the newest events of the source. */
  readonly refresh: () => void
  readonly ownText: string
  readonly setOwnText: (text: string) => void
  /** What became of the chosen event; undefined until it was tried. */
  readonly current: Tried | undefined
  readonly error: Error | null
  /** The sync with this mapping alone, as it is tried. */
  readonly spec: JsonObject
}

/** Tries the mapping on the newest events of its source, again after every pause in typing. */
export function useLiveTest(draft: SyncSpec, mapping: MappingSpec, sample: JsonObject): LiveTest {
  const [picked, choose] = useState<Chosen | null>(null)
  const [ownText, setOwnText] = useState(() => JSON.stringify(sample, null, 2))
  const recent = useQuery({
    ...eventsQuery({ source: draft.from.event_source, limit: EVENTS_READ }),
    // The list stands still under the hand; it is read anew when asked.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const events = variety(recent.data?.events ?? [], EVENTS_SHOWN)
  const [specText] = useDebouncedValue(JSON.stringify(soloSpec(draft, mapping)), TYPING_MS)
  const spec = useMemo(() => JSON.parse(specText) as JsonObject, [specText])
  const [own] = useDebouncedValue(ownText, TYPING_MS)

  const results = useQueries({ queries: events.map(({ id }) => explainQuery({ id }, spec, true)) })
  const tried = new Map(
    events.flatMap(({ id }, index) => (results[index]?.data ? [[id, triedOf(results[index].data)]] : [])),
  )
  const isSettled = recent.isSuccess && results.every(({ isPending }) => !isPending)
  const chosen = picked ?? (isSettled ? firstChoice(events, tried) : null)
  // Chosen once, for good: the panel must not jump to another event while the trigger is typed.
  if (!picked && chosen) choose(chosen)
  const ownEvent = parseObject(own)
  const ownResult = useQuery(explainQuery({ event: ownEvent ?? {} }, spec, chosen?.kind === 'own' && ownEvent !== null))
  const stored = useQuery(
    explainQuery({ id: chosen?.kind === 'stored' ? chosen.id : 0 }, spec, chosen?.kind === 'stored'),
  )
  const result = chosen?.kind === 'own' ? ownResult : stored
  return {
    events,
    tried,
    chosen,
    choose,
    refresh: () => void recent.refetch(),
    ownText,
    setOwnText,
    current: result.data && triedOf(result.data),
    error: result.error,
    spec,
  }
}

/** The newest event the trigger matches; the newest of all when it matches none; the sample when there is none. */
function firstChoice(events: readonly EventRow[], tried: ReadonlyMap<number, Tried>): Chosen {
  const event = events.find(({ id }) => tried.get(id)?.rule?.matched) ?? events[0]
  return event ? { kind: 'stored', id: event.id } : { kind: 'own' }
}

// Tried even while it is switched off: one wants to see what it would do before switching it on.
const soloSpec = (draft: SyncSpec, mapping: MappingSpec): JsonObject =>
  plain({ ...draft, mappings: [{ ...mapping, enabled: true }] })

const explainQuery = (event: { id: number } | { event: Json }, spec: JsonObject, enabled: boolean) => ({
  queryKey: ['explain', event, spec],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<Explanation>('POST', '/explain', { ...event, spec }, signal),
  placeholderData: keepPreviousData,
  staleTime: 60_000,
  gcTime: 30_000,
  enabled,
})

const triedOf = ({ syncs, event, problems }: Explanation): Tried => ({
  rule: syncs[0]?.rules[0],
  delivery: syncs[0]?.deliveries[0],
  event,
  problems,
})

function parseObject(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
