import { type Standing, standingOf, standingOfDelivery } from '../core/books.ts'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { StoredDelivery } from '../store/deliveries.ts'
import type { Reader } from '../store/journal.ts'
import type { QueuedEvent } from '../store/queue.ts'
import type { Store } from '../store/store.ts'
import type { EventRow } from './contract.ts'

/** Events as lists show them: with what became of each, and without what they carry. */
export async function toRows(store: Store, events: readonly QueuedEvent[]): Promise<readonly EventRow[]> {
  const [deliveries, readers] = await Promise.all([
    store.deliveries.of(events.map(({ seq }) => seq)),
    store.journal.readers(),
  ])
  const bySeq = Map.groupBy(deliveries, ({ seq }) => seq)
  return events.map((event) => toRow(event, bySeq.get(event.seq) ?? [], readers))
}

function toRow(event: QueuedEvent, deliveries: readonly StoredDelivery[], readers: readonly Reader[]): EventRow {
  const { seq, source, messageId, name, receivedAt } = event
  const parsed = parseEvent(event)
  return {
    id: seq,
    source,
    messageId,
    type: String(parsed['type']),
    name,
    receivedAt,
    standing: standingOfEvent(event, deliveries, readers),
    deliveries: deliveries.map(({ sync, mapping, state, reason }) => ({
      sync,
      mapping: mapping || null,
      state,
      reason,
    })),
    keys: matchKeys(parsed),
  }
}

/** Where an event stands over all syncs of its source; one that nobody reads is filtered. */
export function standingOfEvent(
  { seq, source }: QueuedEvent,
  deliveries: readonly StoredDelivery[],
  readers: readonly Reader[],
): Standing {
  const concerned = readers.filter((reader) => reader.source === source && reader.startSeq < seq)
  if (concerned.length === 0 && deliveries.length === 0) return 'filtered'
  const bySync = Map.groupBy(deliveries, ({ sync }) => sync)
  const syncs = new Set([...concerned.map(({ sync }) => sync), ...bySync.keys()])
  return standingOf(
    [...syncs].map((sync) => {
      const own = bySync.get(sync)
      return own ? standingOf(own.map(({ state }) => standingOfDelivery(state))) : 'pending'
    }),
  )
}

export function parseEvent({ payload }: QueuedEvent): JsonObject {
  const parsed: unknown = JSON.parse(payload)
  return isObject(parsed) ? parsed : {}
}

/** Which of the eight keys TikTok can match a person by the event carries, wherever senders put them. */
export function matchKeys(event: JsonObject): readonly string[] {
  const context = objectAt(event, 'context')
  const places = [objectAt(event, 'properties'), objectAt(context, 'traits'), objectAt(event, 'traits'), context]
  const has = (key: string) => places.some((place) => isFilled(place[key]))
  const url = objectAt(context, 'page')['url'] ?? objectAt(event, 'properties')['url']
  const present: [string, boolean][] = [
    ['email', has('email')],
    ['phone', has('phone')],
    ['external_id', isFilled(event['userId']) || isFilled(event['anonymousId'])],
    ['ttclid', has('ttclid') || (typeof url === 'string' && /[?&]ttclid=/.test(url)) || hasOption(event, 'ttclid')],
    ['ttp', has('ttp') || hasOption(event, 'ttp')],
    ['ip', isFilled(context['ip'])],
    ['user_agent', isFilled(context['userAgent'])],
    ['url', isFilled(url)],
  ]
  return present.filter(([, is]) => is).map(([key]) => key)
}

function hasOption(event: JsonObject, key: string): boolean {
  return Object.values(objectAt(event, 'integrations')).some((options) => isObject(options) && isFilled(options[key]))
}

const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = object[key]
  return isObject(value) ? value : {}
}

const isFilled = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== ''
