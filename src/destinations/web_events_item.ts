import type { Json, JsonObject } from '../core/json.ts'
import { webEventName } from '../tiktok/event_names.ts'
import { eventTime } from '../tiktok/event_time.ts'
import type { Normalise } from '../tiktok/identity.ts'
import { maskUrl, quote } from '../tiktok/mask.ts'
import { isWebUrl } from '../tiktok/page.ts'
import type { Findings } from '../tiktok/reasons.ts'
import { boolean, isPresent, text, unlessEmpty } from '../tiktok/values.ts'
import { propertiesOf, type UnsupportedCurrency } from './event_properties.ts'
import { checkMatchKeys, userOf } from './event_user.ts'

export interface WebEventsRules {
  readonly normalisePhone: Normalise
  readonly unsupportedCurrency: UnsupportedCurrency
}

/**
 * A mapped row as `data[i]` of POST /event/track/; undefined stands for what JSON leaves out. Every field is read by its
 * name and in a fixed order, so that all events have one shape: this is the hottest code of the program.
 */
export function shapeWebEvent(row: JsonObject, rules: WebEventsRules, findings: Findings) {
  const url = pageUrl(row['url'], findings)
  const user = userOf(row, url, rules.normalisePhone, findings)
  checkMatchKeys(user, findings)
  return {
    event: eventName(row['event'], findings),
    event_time: timeOf(row['event_time'], findings),
    event_id: eventId(row['event_id'], findings),
    user: unlessEmpty(user),
    page: unlessEmpty({ url, referrer: referrerOf(row['referrer'], findings) }),
    properties: unlessEmpty(propertiesOf(row, rules.unsupportedCurrency, findings)),
    lead: unlessEmpty({
      lead_id: text(row['lead_id'], 'lead.lead_id', findings),
      lead_event_source: text(row['lead_event_source'], 'lead.lead_event_source', findings),
    }),
    limited_data_use: limitedDataUse(row['limited_data_use'], user.ip, findings),
  }
}

export type WebEvent = ReturnType<typeof shapeWebEvent>

function eventName(given: Json | undefined, findings: Findings): string | undefined {
  const name = text(given, 'event', findings)
  if (name === undefined) {
    missing('event', 'TikTok cannot tell what happened', given, findings)
    return undefined
  }
  const { kind, name: better } = webEventName(name)
  if (kind === 'misspelt') {
    const message = `Goes as a custom event: ${quote(name)} is no name TikTok knows; did you mean ${quote(better)}?`
    findings.warn('tiktok.event_name', 'event', message)
  }
  if (kind === 'deprecated') {
    const message = `Goes under an old name: TikTok takes ${quote(name)} until 2027; use ${quote(better)}`
    findings.warn('tiktok.event_name', 'event', message)
  }
  if (kind === 'reserved') {
    const message = `Goes under a reserved name: TikTok turns ${quote(name)} into ${quote(better)}`
    findings.warn('tiktok.event_name', 'event', message)
  }
  return name
}

function eventId(given: Json | undefined, findings: Findings): string | undefined {
  const id = text(given, 'event_id', findings)
  if (id === undefined && !isPresent(given)) {
    const message = 'Goes without event_id: TikTok cannot tell a copy from the pixel, or a second try, from a new event'
    findings.warn('tiktok.no_event_id', 'event_id', message)
  }
  return id
}

function timeOf(given: Json | undefined, findings: Findings): number | undefined {
  if (given === undefined || !isPresent(given)) {
    missing('event_time', 'TikTok cannot tell when it happened', undefined, findings)
    return undefined
  }
  const seconds = eventTime(given)
  if (seconds !== null) return seconds
  findings.reject('mapping.bad_time', 'event_time', `Cannot send the event: ${quote(given)} is not a time`)
  return undefined
}

function missing(field: string, why: string, given: Json | undefined, findings: Findings): void {
  if (isPresent(given)) return // of the wrong type, and told so
  const message = `Cannot send the event: ${field} is required and the mapping gave nothing; ${why}`
  findings.reject('mapping.missing_field', field, message)
}

function pageUrl(given: Json | undefined, findings: Findings): string | undefined {
  const url = text(given, 'page.url', findings)?.trim()
  if (url !== undefined && isWebUrl(url)) return url
  if (url !== undefined) {
    const message = `Left out page.url: ${quote(maskUrl(url))} is not an address with http:// or https://`
    findings.warn('tiktok.unusable_url', 'page.url', message)
  } else if (!isPresent(given)) {
    const message = 'Goes without page.url: TikTok asks for it on web events'
    findings.warn('tiktok.no_page_url', 'page.url', message)
  }
  return undefined
}

// "$direct", "android-app://…" and the like say that there was no page before, which is what absence says.
function referrerOf(given: Json | undefined, findings: Findings): string | undefined {
  const referrer = text(given, 'page.referrer', findings)?.trim()
  return referrer !== undefined && isWebUrl(referrer) ? referrer : undefined
}

function limitedDataUse(given: Json | undefined, ip: string | undefined, findings: Findings): boolean | undefined {
  const limited = boolean(given, 'limited_data_use', findings)
  if (limited && ip === undefined) {
    const message =
      'Goes with limited_data_use but without a public user.ip: TikTok cannot tell where the limit applies'
    findings.warn('tiktok.limited_data_use_without_ip', 'limited_data_use', message)
  }
  return limited
}
