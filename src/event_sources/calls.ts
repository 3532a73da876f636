import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { CallType } from './event_identity.ts'
import type { Received, ReceivedEvent, RefusedEvent, SenderRequest, UnusableBody } from './event_source.ts'
import { normalise, type Surroundings } from './normalise.ts'
import { type IngestCode, ingestReason } from './reasons.ts'
import { hasInfinity } from './well_formed.ts'

/** Takes the one event of a single call; `pathType` is the type its path names. */
export function receiveSingle(request: SenderRequest, pathType: CallType): Received {
  return normaliseAll([request.body ?? {}], surroundings(request, pathType, {}))
}

/** Takes the events of a body `{ batch: […] }`; `context`, `integrations` and `sentAt` beside the batch hold for each of them. */
export function receiveBatch(request: SenderRequest): Received {
  const body = request.body ?? {}
  const { batch } = body
  const { batchEventsMax } = request.limits
  if (!Array.isArray(batch)) return unusable('ingest.batch_not_array', '"batch" is not an array')
  if (batch.length > batchEventsMax) {
    return unusable('ingest.batch_too_long', `it has ${batch.length} events, more than ${batchEventsMax}`)
  }
  const shared = sharedOf(body)
  return sharedProblem(shared, request) ?? normaliseAll(batch, surroundings(request, null, shared))
}

function normaliseAll(given: readonly Json[], around: Surroundings): Received {
  const events: ReceivedEvent[] = []
  const refused: RefusedEvent[] = []
  given.forEach((event, index) => {
    const result = normalise(event, around)
    if (result.kind === 'event') events.push(result.event)
    else refused.push({ index, reason: result.reason, body: JSON.stringify(event) })
  })
  return { kind: 'received', events, refused }
}

function surroundings(request: SenderRequest, pathType: CallType | null, batch: JsonObject): Surroundings {
  return { request, receivedAt: new Date(request.receivedAt).toISOString(), pathType, batch }
}

function sharedOf({ context, integrations, sentAt }: JsonObject): JsonObject {
  return {
    ...(isObject(context) && { context }),
    ...(isObject(integrations) && { integrations }),
    ...(sentAt !== undefined && { sentAt }),
  }
}

// It is copied under every event, so it may take no more room than an event.
function sharedProblem(
  shared: JsonObject,
  { limits, hasInfinity: mayHaveInfinity }: SenderRequest,
): UnusableBody | null {
  if (mayHaveInfinity && hasInfinity(shared)) {
    return unusable('ingest.event_number_too_large', 'a number beside its events is too large')
  }
  if (!('context' in shared || 'integrations' in shared)) return null
  if (Buffer.byteLength(JSON.stringify(shared)) <= limits.eventBytesMax) return null
  return unusable(
    'ingest.batch_context_too_large',
    `what stands beside its events is over ${limits.eventBytesMax} bytes`,
  )
}

function unusable(code: IngestCode, found: string): UnusableBody {
  return { kind: 'unusable', reason: ingestReason(code, `Cannot read the batch: ${found}`) }
}
