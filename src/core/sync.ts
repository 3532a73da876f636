import type { Destination, Item } from './destination.ts'
import type { JsonObject } from './json.ts'
import type { Reason } from './outcome.ts'

/** One mapping of a sync, compiled: when it applies to an event, and what it makes of it. */
export interface Route {
  readonly name: string
  readonly enabled: boolean
  matches(event: JsonObject): boolean
  /** The row for the destination. May throw when the data breaks a limit of the mapping. */
  map(event: JsonObject): JsonObject
}

/** A source, mappings and a destination, ready to run. */
export interface Sync {
  readonly name: string
  /** Name of the event source it reads. */
  readonly source: string
  /** Revision of its configuration. */
  readonly revision: number
  /** Revisions of everything it is made of; a running sync is replaced when this changes. */
  readonly version: string
  readonly routes: readonly Route[]
  readonly destination: Destination
  /** Account it sends with; when the account is paused, so is the sync. */
  readonly account: string
}

/** What one mapping made of an event. */
export type Mapped =
  | { readonly kind: 'item'; readonly mapping: string; readonly item: Item; readonly warnings: readonly Reason[] }
  | { readonly kind: 'invalid'; readonly mapping: string; readonly reason: Reason }

/** Everything a sync would send for an event; nothing when no mapping applies. Pure. */
export function mapEvent(sync: Sync, event: JsonObject, now: number): Mapped[] {
  const mapped: Mapped[] = []
  for (const route of sync.routes) {
    const one = mapIfMatched(route, sync.destination, event, now)
    if (one !== null) mapped.push(one)
  }
  return mapped
}

/** What one mapping makes of an event; null when it does not apply. */
export function mapIfMatched(route: Route, destination: Destination, event: JsonObject, now: number): Mapped | null {
  try {
    if (!route.enabled || !route.matches(event)) return null
  } catch (error) {
    return { kind: 'invalid', mapping: route.name, reason: mappingFailed(route.name, error as Error) }
  }
  return mapWith(route, destination, event, now)
}

/** What one mapping makes of an event, whether or not its trigger applies. */
export function mapWith(route: Route, destination: Destination, event: JsonObject, now: number): Mapped {
  const mapping = route.name
  try {
    const prepared = destination.prepare(route.map(event), now)
    if (prepared.kind === 'ready') return { kind: 'item', mapping, item: prepared.item, warnings: prepared.warnings }
    return { kind: 'invalid', mapping, reason: joinReasons(prepared.reasons) }
  } catch (error) {
    return { kind: 'invalid', mapping, reason: mappingFailed(mapping, error as Error) }
  }
}

/** Several reasons as one: the first leads, the others follow in its message. */
export function joinReasons(reasons: readonly [Reason, ...Reason[]]): Reason {
  const [first, ...others] = reasons
  if (others.length === 0) return first
  return { ...first, message: [first.message, ...others.map(({ message }) => message)].join('; ') }
}

function mappingFailed(mapping: string, error: Error): Reason {
  return {
    code: 'mapping.failed',
    message: `Cannot map the event with "${mapping}": ${error.message}`,
    remedy: 'Correct the mapping, then replay the event',
  }
}
