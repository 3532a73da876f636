import type { Reason } from '../core/outcome.ts'

/** Every reason an event can be held back or sent with a warning, and what a person can do about it. */
export const EVENT_REASONS = {
  'mapping.missing_field': 'Map the field to a value that every event has, or filter out the events without it',
  'mapping.wrong_type': 'Map the field to a value of the right type, or correct it where it is produced',
  'mapping.not_a_choice': 'Map the field to one of the values TikTok knows',
  'mapping.bad_time': 'Send ISO 8601 text, or seconds or milliseconds since 1970',
  'tiktok.event_too_old': 'Send events sooner, or raise the age limit of the destination',
  'tiktok.event_old': 'Send events within days; TikTok attributes a click for at most 28 days and a view for at most 7',
  'tiktok.event_in_future': 'Correct the clock or the time zone where the event is produced',
  'tiktok.event_name': 'Use the name TikTok knows, so that campaigns can be optimised for the event',
  'tiktok.no_event_id': 'Map event_id, the same value that the pixel sends',
  'tiktok.no_page_url': 'Map url to the address of the page where it happened',
  'tiktok.no_match_key': 'Map at least one of ttclid, email, phone, external_id, or ip together with user_agent',
  'tiktok.unusable_identifier': 'Correct the value where it is collected',
  'tiktok.unusable_phone':
    'Store numbers with a plus and the country code, or set the default country of the destination',
  'tiktok.unusable_ip': "Map the visitor's public address, not that of a server or a proxy",
  'tiktok.unusable_url': 'Map the full address of the page, with http:// or https://',
  'tiktok.unusable_ttclid': 'Store the ttclid of the landing page as it stands there',
  'tiktok.unsupported_currency':
    'Convert the value to a currency TikTok supports, or let the destination drop the value',
  'tiktok.value_without_currency': 'Map currency wherever value is mapped',
  'tiktok.limited_data_use_without_ip': "Map the visitor's public ip, by which TikTok decides where the limit applies",
  'tiktok.test_event': 'Remove the test event code for live traffic',
} as const satisfies Record<string, string>

export type EventReasonCode = keyof typeof EVENT_REASONS

/** What was found wrong with one event while it was shaped. Filled on the way, since an event may have many faults and all are told. */
export class Findings {
  /** Any of these holds the event back. */
  readonly reasons: Reason[] = []
  /** With these it is sent, though not as well as it could be. */
  readonly warnings: Reason[] = []

  reject(code: EventReasonCode, field: string, message: string): void {
    this.reasons.push({ code, field, message, remedy: EVENT_REASONS[code] })
  }

  warn(code: EventReasonCode, field: string, message: string): void {
    this.warnings.push({ code, field, message, remedy: EVENT_REASONS[code] })
  }
}
