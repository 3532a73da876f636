import { isObject, type JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { type Mapped, mapEvent, mapWith, type Sync } from '../core/sync.ts'
import type { DeliveryRecord, DueDelivery } from '../store/journal.ts'
import type { QueuedEvent } from '../store/queue.ts'
import type { Parcel } from './settle.ts'

/** Events of one sync, mapped: what is to be sent, and what is decided without sending. */
export interface Page {
  readonly parcels: Parcel[]
  readonly decided: DeliveryRecord[]
  /** Events that matched nothing before and do now. */
  readonly rematched: number[]
}

const UNTRIED = { attempts: 0, firstAttemptAt: null, unknown: false, earlierCalls: [] } as const

/** Maps events that this sync sees for the first time. */
export function mapFresh(sync: Sync, events: readonly QueuedEvent[], now: number): Page {
  const page: Page = { parcels: [], decided: [], rematched: [] }
  for (const { seq, payload } of events) {
    const mapped = mapEvent(sync, parse(payload), now)
    if (mapped.length === 0) page.decided.push(decide(seq, '', 'filtered', null))
    for (const one of mapped) put(page, seq, one, UNTRIED)
  }
  return page
}

/** Maps again what waited for another try, with today's configuration and the same `event_id`. */
export function mapDue(sync: Sync, due: readonly DueDelivery[], events: readonly QueuedEvent[], now: number): Page {
  const page: Page = { parcels: [], decided: [], rematched: [] }
  const payloads = new Map(events.map(({ seq, payload }) => [seq, payload]))
  for (const delivery of due) {
    const payload = payloads.get(delivery.seq)
    if (payload === undefined) page.decided.push(decide(delivery.seq, delivery.mapping, 'dead', EVENT_GONE, delivery))
    else mapOneDue(page, sync, delivery, parse(payload), now)
  }
  return page
}

function mapOneDue(page: Page, sync: Sync, due: DueDelivery, event: JsonObject, now: number): void {
  const { seq } = due
  if (due.mapping === '') {
    const mapped = mapEvent(sync, event, now)
    if (mapped.length === 0) page.decided.push(decide(seq, '', 'filtered', null))
    else page.rematched.push(seq)
    for (const one of mapped) put(page, seq, one, UNTRIED)
    return
  }
  const route = sync.routes.find(({ name }) => name === due.mapping)
  if (!route) page.decided.push(decide(seq, due.mapping, 'dead', mappingGone(due.mapping), due))
  else if (!route.enabled || !route.matches(event)) page.decided.push(decide(seq, due.mapping, 'filtered', null, due))
  else put(page, seq, mapWith(route, sync.destination, event, now), { ...due, earlierCalls: due.calls })
}

type Tried = Pick<Parcel, 'attempts' | 'firstAttemptAt' | 'unknown' | 'earlierCalls'>

function put(page: Page, seq: number, mapped: Mapped, tried: Tried): void {
  const { attempts, firstAttemptAt, unknown, earlierCalls } = tried
  const known = { seq, mapping: mapped.mapping, attempts, firstAttemptAt, unknown, earlierCalls }
  if (mapped.kind === 'item') page.parcels.push({ ...known, item: mapped.item })
  else page.decided.push({ ...known, state: 'dead', reason: mapped.reason, dueAt: null, call: null })
}

function decide(
  seq: number,
  mapping: string,
  state: 'filtered' | 'dead',
  reason: Reason | null,
  due?: DueDelivery,
): DeliveryRecord {
  return {
    seq,
    mapping,
    state,
    reason,
    attempts: due?.attempts ?? 0,
    firstAttemptAt: due?.firstAttemptAt ?? null,
    unknown: due?.unknown ?? false,
    earlierCalls: due?.calls ?? [],
    dueAt: null,
    call: null,
  }
}

const EVENT_GONE: Reason = {
  code: 'delivery.event_gone',
  message: 'The event is no longer kept, so it cannot be sent again',
}

const mappingGone = (mapping: string): Reason => ({
  code: 'mapping.gone',
  message: `The mapping "${mapping}" is no longer part of the sync`,
  remedy: 'Add a mapping of that name, then replay',
})

function parse(payload: string): JsonObject {
  const event: unknown = JSON.parse(payload)
  if (!isObject(event)) throw new Error('Cannot map an event: the queue holds something that is not an object')
  return event
}
