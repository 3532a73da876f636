import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { correctTime } from './clock_skew.ts'
import { type CallType, idsOf, messageIdOf, nameOf, typeOf } from './event_identity.ts'
import type { ReceivedEvent, SenderRequest } from './event_source.ts'
import { type IngestCode, ingestReason } from './reasons.ts'
import { isFromVisitor } from './visitor.ts'
import { hasInfinity } from './well_formed.ts'

/** What stands around an event in its request. */
export interface Surroundings {
  readonly request: SenderRequest
  /** `receivedAt` of the request as ISO 8601. */
  readonly receivedAt: string
  /** Type the path names, for a single call. */
  readonly pathType: CallType | null
  /** `context`, `integrations` and `sentAt` given once for the batch; the event's own win. */
  readonly batch: JsonObject
}

/** An event as it is kept, or why it is not. */
export type Normalised =
  | { readonly kind: 'event'; readonly event: ReceivedEvent }
  | { readonly kind: 'refused'; readonly reason: Reason }

// A field set to undefined gets no key in the JSON text, which costs less than building the object without it.
type Draft = { [key: string]: Json | undefined }

/**
 * One event as it came → as we keep it. Ids are text, `context` and `integrations` of the batch are under its own,
 * `timestamp` is corrected for clock skew, address and User-Agent are filled in where they are the visitor's, the write
 * key is gone. What was odd stands in `_backbeat`. Normalising twice changes nothing; nothing makes it throw.
 */
export function normalise(given: Json, around: Surroundings): Normalised {
  if (!isObject(given)) return refused('ingest.event_not_object', 'Cannot read the event: it is not an object')
  const type = typeOf(given, around.pathType)
  if (type === null) return withoutType(given['type'])
  const ids = idsOf(given)
  if (!ids.userId && !ids.anonymousId && !(type === 'alias' && ids.previousId)) {
    return refused('ingest.event_user_missing', 'Cannot tell whose event it is: it has neither userId nor anonymousId')
  }
  const name = nameOf(given, type)
  if (name === null) return refused('ingest.event_name_missing', 'Cannot name the event: "event" is empty', 'event')
  if (around.request.hasInfinity && hasInfinity(given)) {
    return refused('ingest.event_number_too_large', 'Cannot keep the event: a number in it is too large')
  }
  const { id, remark } = messageIdOf(given, around.request.newId)
  const draft: Draft = {
    ...given,
    type,
    ...ids,
    event: type === 'track' ? name : given['event'],
    messageId: id,
    writeKey: undefined,
    ...surroundings(given, remark, around),
  }
  return keep(given, draft, name, around.request.limits.eventBytesMax)
}

/** What the request knows about an event: its context, its times, and our remarks. */
function surroundings(given: JsonObject, idRemark: string | undefined, around: Surroundings): Draft {
  const { request, batch } = around
  const context = merged(batch['context'], given['context']) ?? {}
  const isVisitor = isFromVisitor(given, context, request.headers['origin'] !== undefined)
  const sentAt = known(given['sentAt']) ?? known(batch['sentAt'])
  const original = known(given['originalTimestamp']) ?? known(given['timestamp']) ?? sentAt ?? around.receivedAt
  const time = correctTime({ original, sentAt, receivedAt: request.receivedAt, isServer: !isVisitor })
  return {
    context: isVisitor ? withConnection(context, request) : context,
    integrations: merged(batch['integrations'], given['integrations']),
    originalTimestamp: original,
    sentAt,
    timestamp: isoTime(time.timestamp, around),
    receivedAt: around.receivedAt,
    _backbeat: remarks(idRemark, time.warnings, isVisitor && request.headers['sec-gpc'] === '1'),
  }
}

const isoTime = (time: number, { request, receivedAt }: Surroundings): string =>
  time === request.receivedAt ? receivedAt : new Date(time).toISOString()

const NAME_MAX = 200 // characters, for lists; the event itself keeps the whole name

/** `context` or `integrations` of the batch under the event's own; undefined when neither is an object. */
function merged(ofBatch: Json | undefined, own: Json | undefined): JsonObject | undefined {
  if (!isObject(ofBatch)) return isObject(own) ? own : undefined
  return isObject(own) ? { ...ofBatch, ...own } : ofBatch
}

function withConnection(context: JsonObject, request: SenderRequest): JsonObject {
  const userAgent = request.headers['user-agent']
  const lacksIp = request.ip !== null && !context['ip']
  const lacksUserAgent = typeof userAgent === 'string' && !context['userAgent']
  if (!lacksIp && !lacksUserAgent) return context
  return {
    ...context,
    ...(lacksIp && { ip: request.ip }),
    ...(lacksUserAgent && { userAgent }),
  }
}

// Clients write null or nothing for a time they do not know.
const known = (time: Json | undefined): Json | undefined => (time === null || time === '' ? undefined : time)

function remarks(
  messageId: string | undefined,
  warnings: readonly Reason[],
  isPrivate: boolean,
): JsonObject | undefined {
  if (messageId === undefined && warnings.length === 0 && !isPrivate) return undefined
  return {
    ...(messageId !== undefined && { messageId }),
    ...(warnings.length > 0 && { warnings: warnings as unknown as Json[] }),
    ...(isPrivate && { globalPrivacyControl: true }),
  }
}

function keep(given: JsonObject, draft: Draft, name: string, bytesMax: number): Normalised {
  const payload = JSON.stringify(draft)
  if (isOver(payload, bytesMax) && isOver(JSON.stringify(given), bytesMax)) {
    const found = `it is larger than ${bytesMax} bytes`
    return refused('ingest.event_too_large', `Cannot keep the event: ${found}`)
  }
  const messageId = draft['messageId'] as string
  return { kind: 'event', event: { messageId, name: name.slice(0, NAME_MAX).toWellFormed(), payload } }
}

// What we added does not count, but it is rarely more than the limit leaves, so the given text is seldom needed.
const isOver = (text: string, bytesMax: number): boolean =>
  text.length * 3 > bytesMax && Buffer.byteLength(text) > bytesMax

function withoutType(given: Json | undefined): Normalised {
  if (typeof given !== 'string' || given === '') {
    return refused('ingest.event_type_missing', 'Cannot tell the kind of the event: it has no "type"', 'type')
  }
  const shown = JSON.stringify(given.slice(0, 50).toWellFormed())
  return refused('ingest.event_type_unknown', `Cannot tell the kind of the event: its type is ${shown}`, 'type')
}

function refused(code: IngestCode, message: string, field?: string): Normalised {
  return { kind: 'refused', reason: ingestReason(code, message, field) }
}
