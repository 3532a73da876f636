import type { Destination, Item, Prepared } from '../core/destination.ts'
import { isolate } from '../core/isolate.ts'
import type { JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import type { TikTok } from '../tiktok/client.ts'
import { EVENTS_MAX, type EventTrackParams, eventTrack } from '../tiktok/endpoints/event_track.ts'
import { isPhoneCountry, phoneNormaliser } from '../tiktok/phone.ts'
import { Findings } from '../tiktok/reasons.ts'
import { text } from '../tiktok/values.ts'
import { checkAge } from './event_age.ts'
import { webEventsFields } from './web_events_fields.ts'
import { shapeWebEvent, type WebEventsRules } from './web_events_item.ts'
import { explainWebEvent } from './web_events_notes.ts'

export { webEventsFields } from './web_events_fields.ts'

export interface WebEventsOptions {
  readonly tiktok: TikTok
  readonly eventSource: 'web'
  /** Pixel code. */
  readonly eventSourceId: string
  /** Two letters of the country that national phone numbers belong to; without it they are left out. */
  readonly defaultCountry?: string | null
  /** What becomes of an event in a currency TikTok does not take; `reject` when not given. */
  readonly unsupportedCurrency?: 'reject' | 'drop_value'
  /** Events older than this are held back. TikTok documents no limit for web events, so there is none unless given. */
  readonly maxAgeDays?: number | null
  /** Makes every event a test event; a mapped test event code is taken before it. */
  readonly testEventCode?: string
  /** Undocumented for ordinary advertisers; TikTok gives such names to its partners. */
  readonly partnerName?: string
}

/** Website conversions, sent from the server to the Events API. Throws an Error when the default country is not a country. */
export function webEvents(options: WebEventsOptions): Destination {
  const { tiktok, eventSource, eventSourceId, partnerName } = options
  const rules: Rules = {
    maxAgeDays: options.maxAgeDays ?? null,
    testEventCode: options.testEventCode ?? '',
    normalisePhone: phoneNormaliser(checkCountry(options.defaultCountry ?? null)),
    unsupportedCurrency: options.unsupportedCurrency ?? 'reject',
  }

  // Items of one batch key share their test event code, which stands around them and not in them.
  const track = (items: readonly Item[]): EventTrackParams => ({
    event_source: eventSource,
    event_source_id: eventSourceId,
    ...(partnerName && { partner_name: partnerName }),
    ...(items[0]?.batchKey && { test_event_code: items[0].batchKey }),
    data: items.map((item) => item.text),
  })
  const send = async (items: readonly Item[]) => (await tiktok.call(eventTrack, track(items), items.length)).receipt

  return {
    fields: webEventsFields,
    batchSize: EVENTS_MAX,
    prepare: (row, now) => prepare(row, rules, now),
    explain: (row) => explainWebEvent(row, rules),
    request: (items) => tiktok.request(eventTrack, track(items)),
    write: (items) => isolate(items, send, 'tiktok.mapping_broken'),
  }
}

interface Rules extends WebEventsRules {
  readonly maxAgeDays: number | null
  readonly testEventCode: string
}

function prepare(row: JsonObject, rules: Rules, now: number): Prepared {
  const findings = new Findings()
  const event = shapeWebEvent(row, rules, findings)
  const batchKey = testCodeOf(row, rules.testEventCode, findings)
  if (event.event_time !== undefined) checkAge(event.event_time, now, rules.maxAgeDays, findings)
  const { reasons, warnings } = findings
  if (reasons.length > 0) return { kind: 'invalid', reasons: reasons as [Reason, ...Reason[]] }
  return { kind: 'ready', item: { text: JSON.stringify(event), batchKey }, warnings }
}

function testCodeOf(row: JsonObject, always: string, findings: Findings): string {
  const code = text(row['test_event_code'], 'test_event_code', findings)?.trim() ?? always
  if (code === '') return ''
  const message = 'Goes as a test event: TikTok shows it under Test Events and does not count it'
  findings.warn('tiktok.test_event', 'test_event_code', message)
  return code
}

function checkCountry(country: string | null) {
  if (country === null) return null
  const code = country.toUpperCase()
  if (isPhoneCountry(code)) return code
  throw new Error(`Cannot open the destination: default country "${country}" is not a two-letter country code`)
}
