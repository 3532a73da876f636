import { openOffline, openSync, partsOf, type SyncParts } from '../connect.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { maskEvent } from '../core/mask_event.ts'
import { explainDelivery, explainEvent } from '../explain.ts'
import type { EventSyncSpec } from '../kinds.ts'
import type { StoredDelivery } from '../store/deliveries.ts'
import type { QueuedEvent } from '../store/queue.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import type { DeliveryTrace, SyncTrace, Trace } from './contract.ts'
import { parseEvent, standingOfEvent } from './event_rows.ts'

/** The whole way of one event, through every sync of its source. */
export async function traceEvent(store: Store, event: QueuedEvent, reveal: boolean): Promise<Trace> {
  const [deliveries, readers, resources] = await Promise.all([
    store.deliveries.of([event.seq]),
    store.journal.readers(),
    store.resources.list(),
  ])
  const parsed = parseEvent(event)
  const byIdentity = new Map(resources.map((resource) => [`${resource.kind}/${resource.name}`, resource]))
  const syncs = resources
    .filter(
      ({ kind, spec }) => kind === 'sync' && (spec as unknown as EventSyncSpec).from.event_source === event.source,
    )
    .flatMap((sync) => partsOf(sync, byIdentity) ?? [])
  const traced = await Promise.all(
    syncs.map((parts) =>
      traceSync(
        store,
        parts,
        event,
        parsed,
        deliveries.filter(({ sync }) => sync === parts.sync.name),
      ),
    ),
  )
  return {
    id: event.seq,
    source: event.source,
    receivedAt: event.receivedAt,
    standing: standingOfEvent(event, deliveries, readers),
    event: reveal ? parsed : maskEvent(parsed),
    syncs: reveal ? traced : traced.map(maskTrace),
  }
}

async function traceSync(
  store: Store,
  parts: SyncParts,
  { receivedAt }: QueuedEvent,
  event: JsonObject,
  deliveries: readonly StoredDelivery[],
): Promise<SyncTrace> {
  const spec = parts.sync.spec as unknown as EventSyncSpec
  const sync = openSync(parts, openOffline(parts.account))
  const today = explainEvent(sync, spec.mappings, event, receivedAt)
  const made = deliveries.filter(({ mapping }) => mapping !== '')
  const traced = await Promise.all(made.map((delivery) => traceDelivery(store, parts, delivery, event, receivedAt)))
  return {
    sync: parts.sync.name,
    destination: parts.destination.name,
    rules: today.rules,
    deliveries: deliveries.length === 0 ? today.deliveries : traced,
  }
}

/** A delivery as it was made: with the mapping of the revision that made it, and every call that carried it. */
async function traceDelivery(
  store: Store,
  parts: SyncParts,
  delivery: StoredDelivery,
  event: JsonObject,
  now: number,
): Promise<DeliveryTrace> {
  const { mapping, state, reason, attempts, firstAttemptAt, dueAt, revision } = delivery
  const spec = (await store.resources.revision('sync', parts.sync.name, revision)) ?? parts.sync.spec
  const then = openSync({ ...parts, sync: { ...parts.sync, spec } as StoredResource }, openOffline(parts.account))
  const explained = explainDelivery(then, mapping, event, now)
  return {
    ...(explained ?? NOT_KNOWN),
    mapping,
    state,
    reason,
    attempts,
    firstAttemptAt,
    retryAt: dueAt,
    revision,
    calls: await store.deliveries.calls(delivery.calls),
  }
}

const NOT_KNOWN = { mapped: null, notes: [], warnings: [], item: null, request: null, curl: null } as const

/** What is hashed on the wire may stay; what was mapped before hashing may not, nor what the wire carries in the clear. */
export function maskTrace(trace: SyncTrace): SyncTrace {
  return { ...trace, deliveries: trace.deliveries.map(maskDelivery), rules: trace.rules.map(maskRule) }
}

function maskDelivery(delivery: DeliveryTrace): DeliveryTrace {
  const { mapped, item, request, curl } = delivery
  return {
    ...delivery,
    mapped: mapped && maskEvent(mapped),
    item: item && (JSON.parse(maskWire(JSON.stringify(item))) as Json),
    request: request && { ...request, body: maskWire(request.body) },
    curl: curl && maskText(curl.replace(/"ip":"[^"]*"/g, '"ip":"***"')),
  }
}

// On the wire everything that says who it was is hashed, but for the address, and what a page has in its query.
const maskWire = (json: string): string => JSON.stringify(JSON.parse(json, maskMember))

function maskMember(key: string, value: Json): Json {
  if (typeof value !== 'string') return value
  return key === 'ip' ? '***' : maskText(value)
}

const maskText = (text: string): string => String(maskEvent({ text })['text'])

function maskRule(rule: SyncTrace['rules'][number]): SyncTrace['rules'][number] {
  const masked = rule.conditions.map((condition) => {
    const key =
      condition.text
        .match(/[\w.]+/)?.[0]
        ?.split('.')
        .at(-1) ?? ''
    return { ...condition, found: maskEvent({ [key]: condition.found })[key] ?? null }
  })
  return { ...rule, conditions: masked }
}
