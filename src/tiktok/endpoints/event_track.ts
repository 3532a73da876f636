import type { Blame, Endpoint } from '../endpoint.ts'

export interface EventTrackParams {
  readonly event_source: 'web' | 'app' | 'offline' | 'crm'
  /** Pixel code, app id or event set id, as `event_source` says. */
  readonly event_source_id: string
  readonly partner_name?: string
  /** Shows the events under "Test Events" and nowhere else. Valid for the whole request. */
  readonly test_event_code?: string
  /** Each event already as JSON text, so that sending one again never serialises it again. */
  readonly data: readonly string[]
}

/** Most events one request may carry; with more TikTok refuses all of them. */
export const EVENTS_MAX = 1000

/** Reports conversions. The same event source, event and `event_id` within 48 hours counts once. */
export const eventTrack: Endpoint<EventTrackParams, null> = {
  method: 'POST',
  path: '/event/track/',
  docs: 'TikTok API for Business v1.3, Events API 2.0, Report events',
  write,
  blame,
  parse: () => null,
}

function write({ data, ...envelope }: EventTrackParams): string {
  return `${JSON.stringify(envelope).slice(0, -1)},"data":[${data.join(',')}]}`
}

// A refusal names the first bad event in one of these ways: "data.3.event_id", "Batch[3]", "index 3".
const INDEX = /\b(?:data|batch|events?)(?:\.|\[)(\d{1,4})\b|\bindex[ :=]+(\d{1,4})\b/i
const SETTING = /\b(?:event_source|event_source_id|partner_name)\b|^No permission\b/

/** Reads the words of a refusal. A wrong event source, or one that is not ours, is no event's fault. */
export function blame(message: string): Blame {
  const match = INDEX.exec(message)
  if (match) return { on: 'item', index: Number(match[1] ?? match[2]) }
  return SETTING.test(message) ? { on: 'setting' } : { on: 'item', index: null }
}
