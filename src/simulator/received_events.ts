import type { Channel } from './dedupe.ts'
import { type Finding, matchKeysOf } from './diagnose.ts'
import type { TrackedEvent } from './event.ts'
import { countedAs } from './event_names.ts'
import { findingsOf } from './intake.ts'
import { isObject, textAt } from './json.ts'
import type { Entry, Ledger } from './ledger.ts'
import { VERDICTS, type Verdict } from './tallies.ts'
import type { EventSourceKind } from './world.ts'

/** One event as it can be looked up afterwards. */
export interface ReceivedEvent {
  /** Numbers in the order of arrival. */
  readonly seq: number
  readonly received_at: string
  readonly path: string
  readonly channel: Channel
  readonly event_source: EventSourceKind
  readonly event_source_id: string
  readonly event: string
  /** The name TikTok counts it under. */
  readonly counted_as: string
  readonly event_id: string | null
  readonly event_time: number
  readonly test_event_code: string | null
  readonly verdict: Verdict
  /** Later copies from the other channel whose fields were filled in. */
  readonly merged_copies: number
  readonly match_keys: readonly string[]
  readonly diagnostics: readonly Finding[]
  readonly payload: TrackedEvent
}

/** Fills what the first copy lacks, one level deep: a later copy's `user.email`, never another value for it. */
export function fill(first: TrackedEvent, later: TrackedEvent): TrackedEvent {
  const filled = Object.entries(later).map(([key, value]): [string, unknown] => {
    const own = first[key]
    return [key, isObject(own) && isObject(value) ? { ...value, ...own } : (own ?? value)]
  })
  return { ...first, ...Object.fromEntries(filled), event: first.event, event_time: first.event_time }
}

const eventsOf = (entry: Entry): readonly (TrackedEvent | null)[] =>
  (entry.events ??= entry.delivery.read(JSON.parse(entry.delivery.body.toString('utf8'))))

const keyOf = (sourceId: string, name: string, id: string | null) => JSON.stringify([sourceId, name, id])

function received(entry: Entry, index: number, later: Map<string, TrackedEvent[]>): ReceivedEvent | null {
  const payload = eventsOf(entry)[index]
  if (!payload) return null
  const { delivery } = entry
  const verdict = VERDICTS[entry.verdicts[index]!]!
  const counted_as = countedAs(payload.event, delivery.source)
  const event_id = textAt(payload, 'event_id')
  const key = keyOf(delivery.sourceId, counted_as, event_id)
  if (verdict === 'merged') later.set(key, [payload, ...(later.get(key) ?? [])])
  const copies = verdict === 'counted' ? (later.get(key) ?? []) : []
  if (copies.length > 0) later.delete(key)
  const whole = copies.reduce(fill, payload)
  return {
    seq: entry.firstSeq + index,
    received_at: new Date(delivery.at).toISOString(),
    path: delivery.path,
    channel: delivery.channel,
    event_source: delivery.source,
    event_source_id: delivery.sourceId,
    event: payload.event,
    counted_as,
    event_id,
    event_time: payload.event_time,
    test_event_code: delivery.testCode,
    verdict,
    merged_copies: copies.length,
    match_keys: matchKeysOf(whole),
    diagnostics: findingsOf(payload, delivery, verdict),
    payload: whole,
  }
}

/** The newest events, newest first, each first copy with its merged copies filled in. */
export function* receivedEvents(ledger: Ledger): Generator<ReceivedEvent> {
  const later = new Map<string, TrackedEvent[]>()
  for (const entry of ledger.newestFirst()) {
    for (let index = entry.verdicts.length - 1; index >= 0; index--) {
      const event = received(entry, index, later)
      if (event !== null) yield event
    }
  }
}
