import { isObject, type JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { type Mapped, mapEvent, mapIfMatched, type Sync } from '../core/sync.ts'
import type { DeliveryRecord, DueDelivery } from '../store/journal.ts'
import type { QueuedEvent } from '../store/queue.ts'
import { isTooLate, type Parcel, windowClosed } from './settle.ts'

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
    const event = parse(payload)
    const mapped = event && mapEvent(sync, event, now)
    if (mapped === null) page.decided.push(decide(seq, '', 'dead', UNREADABLE))
    else if (mapped.length === 0) page.decided.push(decide(seq, '', 'filtered', null))
    else for (const one of mapped) put(page, seq, one, UNTRIED)
  }
  return page
}

/** Maps again what waited for another try, with today's configuration and the same `event_id`. */
export function mapDue(sync: Sync, due: readonly DueDelivery[], events: readonly QueuedEvent[], now: number): Page {
  const page: Page = { parcels: [], decided: [], rematched: [] }
  const payloads = new Map(events.map(({ seq, payload }) => [seq, payload]))
  for (const delivery of due) {
    if (isTooLate(delivery, now)) page.decided.push(die(delivery, windowClosed(null)))
    else mapOneDue(page, sync, delivery, payloads.get(delivery.seq), now)
  }
  return page
}

function mapOneDue(page: Page, sync: Sync, due: DueDelivery, payload: string | undefined, now: number): void {
  const event = payload === undefined ? null : parse(payload)
  if (event === null) page.decided.push(die(due, payload === undefined ? EVENT_GONE : UNREADABLE))
  else if (due.mapping === '') matchAgain(page, sync, due.seq, event, now)
  else mapAgain(page, sync, due, event, now)
}

/** An event that matched nothing may match now. */
function matchAgain(page: Page, sync: Sync, seq: number, event: JsonObject, now: number): void {
  const mapped = mapEvent(sync, event, now)
  if (mapped.length === 0) page.decided.push(decide(seq, '', 'filtered', null))
  else page.rematched.push(seq)
  for (const one of mapped) put(page, seq, one, UNTRIED)
}

function mapAgain(page: Page, sync: Sync, due: DueDelivery, event: JsonObject, now: number): void {
  const route = sync.routes.find(({ name }) => name === due.mapping)
  if (!route) return void page.decided.push(die(due, mappingGone(due.mapping)))
  const mapped = mapIfMatched(route, sync.destination, event, now)
  if (mapped === null) page.decided.push(decide(due.seq, due.mapping, 'filtered', null, due))
  else put(page, due.seq, mapped, { ...due, earlierCalls: due.calls })
}

function die(due: DueDelivery, reason: Reason): DeliveryRecord {
  return decide(due.seq, due.mapping, 'dead', reason, due)
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

const UNREADABLE: Reason = {
  code: 'mapping.failed',
  message: 'Cannot map the event: what is kept of it is not a JSON object',
  remedy: 'Correct the event, then replay it',
}

const mappingGone = (mapping: string): Reason => ({
  code: 'mapping.gone',
  message: `The mapping "${mapping}" is no longer part of the sync`,
  remedy: 'Add a mapping of that name, then replay',
})

/** Null for what is no event: the disk or somebody else has changed it. */
function parse(payload: string): JsonObject | null {
  try {
    const event: unknown = JSON.parse(payload)
    return isObject(event) ? event : null
  } catch {
    return null
  }
}
