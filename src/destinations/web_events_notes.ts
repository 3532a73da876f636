import type { FieldNote } from '../core/destination.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { webEventName } from '../tiktok/event_names.ts'
import { isHashed } from '../tiktok/identity.ts'
import { maskEmail, maskIp, maskPhone, maskText, maskUrl } from '../tiktok/mask.ts'
import { ttclidOf } from '../tiktok/page.ts'
import { Findings } from '../tiktok/reasons.ts'
import { type WebEventsField, webEventsFields } from './web_events_fields.ts'
import { shapeWebEvent, type WebEvent, type WebEventsRules } from './web_events_item.ts'

/** How a field is brought into its wire form, in words, and how it is shown to people. */
interface Wording {
  readonly rule: string
  readonly mask?: (text: string) => string
}

const TEXT: Wording = { rule: 'as it is' }
const NUMBER: Wording = { rule: 'a number' }
const CHOICE: Wording = { rule: 'one of the words TikTok knows' }

const WORDINGS: Readonly<Record<WebEventsField, Wording>> = {
  event: TEXT,
  event_id: TEXT,
  event_time: { rule: 'whole seconds since 1970, UTC' },
  email: { rule: 'trimmed and lower-cased, SHA-256', mask: maskEmail },
  phone: { rule: 'E.164 with the plus, SHA-256', mask: maskPhone },
  external_id: { rule: 'trimmed, SHA-256', mask: maskText },
  first_name: { rule: 'trimmed and lower-cased, punctuation out, SHA-256', mask: maskText },
  last_name: { rule: 'trimmed and lower-cased, punctuation out, SHA-256', mask: maskText },
  city: { rule: 'lower-cased, letters and digits only', mask: maskText },
  state: { rule: 'lower-cased, of the United States two letters', mask: maskText },
  country: { rule: 'two letters, lower-cased' },
  zip_code: { rule: 'lower-cased, blanks and dashes out, of the United States five digits, SHA-256', mask: maskText },
  ttclid: { rule: 'decoded', mask: maskText },
  ttp: { ...TEXT, mask: maskText },
  lead_id: { ...TEXT, mask: maskText },
  lead_event_source: TEXT,
  url: { ...TEXT, mask: maskUrl },
  referrer: { rule: 'as it is; left out unless http or https', mask: maskUrl },
  ip: { rule: 'as it is; left out unless public', mask: maskIp },
  user_agent: TEXT,
  locale: { rule: 'with dashes' },
  contents: { rule: 'a list; ids as text, prices and quantities as numbers' },
  content_ids: { rule: 'a list of texts' },
  content_type: CHOICE,
  num_items: NUMBER,
  currency: { rule: 'upper-cased, checked against the list of TikTok' },
  value: NUMBER,
  description: TEXT,
  query: TEXT,
  search_string: TEXT,
  order_id: TEXT,
  shop_id: TEXT,
  delivery_category: CHOICE,
  predicted_ltv: NUMBER,
  customer_type: CHOICE,
  status: TEXT,
  limited_data_use: { rule: 'true or false' },
  test_event_code: { rule: 'stands around the events of the request' },
  travel_fields: { rule: 'stand among the properties' },
  vehicle_fields: { rule: 'stand among the properties' },
}

/** How each mapped field of a row came to its wire value, or why it did not. Personal values are masked, digests are not. */
export function explainWebEvent(row: JsonObject, rules: WebEventsRules): FieldNote[] {
  const findings = new Findings()
  const event = shapeWebEvent(row, rules, findings)
  const notes = (Object.keys(webEventsFields) as WebEventsField[])
    .filter((field) => row[field] !== undefined && row[field] !== null)
    .map((field) => noteOf(field, row[field]!, event, findings))
  return [...notes.filter(({ field }) => field !== 'ttclid' || !fromUrl(event)), ...urlNotes(event)]
}

function noteOf(field: WebEventsField, value: Json, event: WebEvent, findings: Findings): FieldNote {
  const { mask } = WORDINGS[field]
  const rule = field === 'event' ? eventRule(event.event) : WORDINGS[field].rule
  const { wire } = webEventsFields[field]
  const from = show(value, mask)
  const to = field === 'test_event_code' ? value : valueAt(event, wire)
  const said = [...findings.reasons, ...findings.warnings].find((finding) => isAbout(finding, wire))
  if (to === undefined) return { field, from, rule: said?.message ?? `left out: ${rule}`, to: '' }
  const hashed = 'hashed' in webEventsFields[field]
  const done = hashed && typeof value === 'string' && isHashed(value.trim()) ? 'SHA-256 already' : rule
  return { field, from, rule: done, to: show(to as Json, hashed ? undefined : mask) }
}

/** The click id in the address of the page is taken before a mapped one. */
function urlNotes(event: WebEvent): FieldNote[] {
  const found = fromUrl(event)
  if (found === undefined) return []
  const from = maskUrl(event.page!.url!)
  return [{ field: 'ttclid', from, rule: 'taken from the query of url, decoded', to: maskText(found) }]
}

function fromUrl({ page }: WebEvent): string | undefined {
  return page?.url === undefined ? undefined : ttclidOf(page.url)
}

function isAbout({ field, message }: Reason, wire: string): boolean {
  return field === wire || field?.startsWith(`${wire}.`) === true || message.includes(wire)
}

function eventRule(name: string | undefined): string {
  const verdict = webEventName(name ?? '')
  return verdict.kind === 'renamed' ? `as it is; TikTok shows it as ${verdict.name}` : TEXT.rule
}

function valueAt(event: WebEvent, wire: string): unknown {
  return wire.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event)
}

function show(value: Json, mask: ((text: string) => string) | undefined): string {
  if (Array.isArray(value) && mask) return value.map((one) => show(one, mask)).join(', ')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return mask && !isHashed(text.trim()) ? mask(text) : text
}
