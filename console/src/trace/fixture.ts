import type { DeliveryTrace, Json, JsonObject, Trace } from '../../../src/server/contract.ts'

/** An event with what should become of it, in the shape that `backbeat explain --json` prints. */
export function fixtureOf(trace: Trace): JsonObject {
  return {
    source: trace.source,
    event: trace.event,
    deliveries: trace.syncs.flatMap(({ sync, destination, deliveries }) =>
      deliveries.map((delivery) => ({ sync, mapping: delivery.mapping, destination, ...expected(delivery) })),
    ),
  }
}

function expected({ state, request, reason }: DeliveryTrace): JsonObject {
  if (state === 'filtered' || state === 'suppressed') return { verdict: 'filtered', ...because(reason) }
  if (!request) return { verdict: 'invalid', ...because(reason) }
  return { verdict: 'would_send', request: { method: request.method, url: request.url, body: request.body } }
}

const because = (reason: DeliveryTrace['reason']): JsonObject =>
  reason ? { reason: { ...reason } as { [key: string]: Json } } : {}
