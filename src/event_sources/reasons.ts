import type { Reason } from '../core/outcome.ts'

/** Every reason to refuse a request or an event at the door, with what to do about it. */
export const INGEST_REMEDIES = {
  'ingest.body_empty': 'send one JSON object',
  'ingest.body_too_large': 'send fewer events in one request',
  'ingest.body_encoding': 'send the body as it is or compressed with gzip',
  'ingest.body_not_gzip': 'send a whole gzip stream, or the body as it is',
  'ingest.body_not_utf8': 'send the body as UTF-8 without a byte order mark',
  'ingest.body_too_deep': 'send flatter objects',
  'ingest.body_not_json': 'send one JSON object',
  'ingest.body_not_object': 'send one JSON object; a batch is an object with a field "batch"',
  'ingest.batch_not_array': 'put the events into an array under "batch"',
  'ingest.batch_too_long': 'split the batch',
  'ingest.batch_context_too_large': 'put less into the "context" and "integrations" of the batch',
  'ingest.event_not_object': 'send every event as a JSON object',
  'ingest.event_too_large': 'send less with this event',
  'ingest.event_type_missing': 'set "type" to track, page, screen, identify, group or alias',
  'ingest.event_type_unknown': 'set "type" to track, page, screen, identify, group or alias',
  'ingest.event_name_missing': 'name the track call in "event"',
  'ingest.event_user_missing': 'send a "userId" or an "anonymousId"',
  'ingest.event_number_too_large': 'send numbers below 1.8e308',
  'ingest.invalid_write_key': 'use the write key shown beside the event source',
  'ingest.origin_not_allowed': 'add the origin to the allowed origins of the event source',
  'ingest.busy': 'try again after the time in Retry-After',
  'ingest.unavailable': 'try again after the time in Retry-After',
  'ingest.internal': 'try again; if it stays, look into the log of the server',
} as const

/** Code of a refusal. */
export type IngestCode = keyof typeof INGEST_REMEDIES

/** What may be odd about an event that is kept all the same; said inside the event. */
export const INGEST_WARNINGS = {
  'ingest.time_unreadable': 'send times as ISO 8601, such as 2026-05-01T10:00:00.000Z',
  'ingest.time_out_of_range': 'send the time the event happened',
  'ingest.time_in_future': 'check the clock of the sender',
} as const

/** Code of a warning. */
export type IngestWarningCode = keyof typeof INGEST_WARNINGS

/** A reason from the list above: its stable code, and in one sentence what we were doing and what we found. */
export function ingestReason(code: IngestCode, message: string, field?: string): Reason {
  const reason = { code, message, remedy: INGEST_REMEDIES[code] }
  return field === undefined ? reason : { ...reason, field }
}

/** A warning from the list above. */
export function ingestWarning(code: IngestWarningCode, message: string, field: string): Reason {
  return { code, message, field, remedy: INGEST_WARNINGS[code] }
}
