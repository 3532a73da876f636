import { isSupported } from './currencies.ts'
import type { DiagnosticKind } from './diagnostic_kinds.ts'
import type { TrackedEvent } from './event.ts'
import { countedAs, kindOfName } from './event_names.ts'
import { digestForm, HASHED_FIELDS, ipForm, mask } from './identifiers.ts'
import { isObject, type JsonObject, objectAt, textAt } from './json.ts'
import type { EventSourceKind } from './world.ts'

/** Something about an accepted event that its sender should know. */
export interface Finding {
  readonly kind: DiagnosticKind
  readonly field: string
  /** The value, masked unless it is no personal one. */
  readonly sample: string
}

/** How an event came. `at` in ms. */
export interface Arrival {
  readonly source: EventSourceKind
  readonly testCode: string | null
  readonly at: number
}

type Note = (kind: DiagnosticKind, field: string, sample: string) => void
type Look = (event: TrackedEvent, arrival: Arrival, note: Note) => void

const DIGEST_KIND = {
  unhashed: 'unhashed_identifier',
  uppercase: 'uppercase_digest',
  of_nothing: 'digest_of_nothing',
} as const

function lookAtDigest(field: string, value: unknown, note: Note): void {
  if (typeof value !== 'string' || value === '') return
  const form = digestForm(value)
  if (form !== 'digest') note(DIGEST_KIND[form], field, mask(value))
}

const digests: Look = (event, _, note) => {
  const user = objectAt(event, 'user')
  for (const key of HASHED_FIELDS) {
    const value = user[key]
    if (!Array.isArray(value)) lookAtDigest(`user.${key}`, value, note)
    else for (const one of value) lookAtDigest(`user.${key}`, one, note)
  }
}

/** Keys TikTok finds people by; ip counts only together with user_agent. */
const MATCH_KEYS = ['email', 'phone', 'external_id', 'ttclid', 'ttp', 'ip', 'user_agent', 'idfa', 'idfv', 'gaid']
const PERSONAL = MATCH_KEYS.filter((key) => key !== 'ip' && key !== 'user_agent')

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isFilled) : typeof value === 'string' && value !== ''

/** The match keys an event carries, by their wire names. */
export function matchKeysOf(event: TrackedEvent): readonly string[] {
  const user = objectAt(event, 'user')
  const keys = MATCH_KEYS.filter((key) => isFilled(user[key]))
  return textAt(objectAt(event, 'lead'), 'lead_id') === null ? keys : [...keys, 'lead_id']
}

const matchKeys: Look = (event, _, note) => {
  const user = objectAt(event, 'user')
  if (PERSONAL.some((key) => isFilled(user[key])) || (isFilled(user['ip']) && isFilled(user['user_agent']))) return
  if (textAt(objectAt(event, 'lead'), 'lead_id') === null) note('no_match_key', 'user', 'nothing')
}

const clickId: Look = (event, _, note) => {
  const ttclid = textAt(objectAt(event, 'user'), 'ttclid')
  if (ttclid !== null && !ttclid.startsWith('E.C.P.')) note('ttclid_form', 'user.ttclid', mask(ttclid))
}

const ip: Look = (event, _, note) => {
  const user = objectAt(event, 'user')
  const given = textAt(user, 'ip')
  if (given === null) {
    if (event['limited_data_use'] === true) note('limited_data_use_without_ip', 'user.ip', 'nothing')
    return
  }
  const form = ipForm(given)
  if (form !== 'public') note(form === 'private' ? 'private_ip' : 'invalid_ip', 'user.ip', mask(given))
  if (textAt(user, 'user_agent') === null) note('ip_without_user_agent', 'user.user_agent', 'nothing')
}

const eventId: Look = (event, { source }, note) => {
  if (source !== 'app' && textAt(event, 'event_id') === null) note('missing_event_id', 'event_id', 'nothing')
}

const name: Look = ({ event }, { source }, note) => {
  const kind = kindOfName(event, source)
  if (kind === 'standard') return
  if (kind !== 'custom') return note(`${kind}_event`, 'event', `${event} → ${countedAs(event, source)}`)
  note(source === 'offline' ? 'custom_event_offline' : 'custom_event', 'event', event)
}

const money: Look = (event, { source }, note) => {
  const properties = objectAt(event, 'properties')
  const currency = textAt(properties, 'currency')
  if (currency === null) {
    if (properties['value'] !== undefined) note('value_without_currency', 'properties.currency', 'nothing')
    return
  }
  if (isSupported(currency, source === 'app')) return
  const isLowercase = isSupported(currency.toUpperCase(), source === 'app')
  note(isLowercase ? 'lowercase_currency' : 'unsupported_currency', 'properties.currency', currency)
}

function lookAtContent(content: unknown, note: Note): void {
  if (!isObject(content)) return
  if (textAt(content, 'content_id') === null) note('content_id_missing', 'properties.contents.content_id', 'nothing')
  for (const key of ['price', 'quantity']) {
    if (typeof content[key] === 'string') note('numeric_text', `properties.contents.${key}`, content[key])
  }
}

const contents: Look = (event, _, note) => {
  const properties = objectAt(event, 'properties')
  const items = Array.isArray(properties['contents']) ? properties['contents'] : []
  for (const item of items) lookAtContent(item, note)
  if (items.length > 0 && isFilled(properties['content_ids']))
    note('contents_and_content_ids', 'properties.content_ids', 'both')
  if (typeof properties['value'] === 'string') note('numeric_text', 'properties.value', properties['value'])
}

const CHOICES = {
  content_type: ['product', 'product_group'],
  delivery_category: ['in_store', 'curbside', 'home_delivery'],
  customer_type: ['new', 'returning'],
}

const ATT_STATUSES = ['AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'RESTRICTED', 'NOT_APPLICABLE']

function lookAtChoice(group: JsonObject, key: string, path: string, choices: readonly string[], note: Note): void {
  const chosen = textAt(group, key)
  if (chosen !== null && !choices.includes(chosen)) note('unknown_choice', `${path}.${key}`, mask(chosen))
}

const CHOICE_ENTRIES = Object.entries(CHOICES)

const choices: Look = (event, _, note) => {
  const properties = objectAt(event, 'properties')
  for (const [key, allowed] of CHOICE_ENTRIES) lookAtChoice(properties, key, 'properties', allowed, note)
  lookAtChoice(objectAt(event, 'user'), 'att_status', 'user', ATT_STATUSES, note)
}

/** Keys seen where TikTok ignores them, and where they belong. */
const MISPLACED: readonly (readonly [group: string, key: string, home: string])[] = [
  ['', 'test_event_code', 'beside data'],
  ['', 'event_source', 'beside data'],
  ['', 'event_source_id', 'beside data'],
  ['', 'pixel_code', 'event_source_id, beside data'],
  ['', 'context', 'user and page'],
  ['', 'timestamp', 'event_time'],
  ['user', 'lead_id', 'lead.lead_id'],
  ['properties', 'contents_ids', 'properties.content_ids'],
]

const places: Look = (event, _, note) => {
  for (const [group, key, home] of MISPLACED) {
    const parent = group === '' ? event : objectAt(event, group)
    if (parent[key] !== undefined) note('misplaced_field', group === '' ? key : `${group}.${key}`, `belongs ${home}`)
  }
  if (objectAt(event, 'user')['phone_number'] !== undefined)
    note('phone_number_field', 'user.phone_number', 'belongs user.phone')
}

const pageUrl: Look = (event, { source }, note) => {
  if (source !== 'web') return
  const url = textAt(objectAt(event, 'page'), 'url')
  if (url === null) note('page_url_missing', 'page.url', 'nothing')
  else if (!/^https?:\/\//.test(url)) note('page_url_form', 'page.url', mask(url))
}

const DAY_MS = 86_400_000
const ATTRIBUTED_DAYS = 28 // the longest click window TikTok offers, and its limit for offline events
const CLOCK_SKEW_MS = 600_000 // ten minutes ahead is a badly set clock, not a wrong time zone

const time: Look = ({ event_time }, { at }, note) => {
  const ageMs = at - event_time * 1000
  if (ageMs > ATTRIBUTED_DAYS * DAY_MS) note('too_old', 'event_time', `${Math.floor(ageMs / DAY_MS)} days`)
  if (ageMs < -CLOCK_SKEW_MS) note('in_future', 'event_time', `${Math.ceil(-ageMs / 60_000)} minutes ahead`)
}

const test: Look = (_, { testCode }, note) => {
  if (testCode !== null) note('test_event', 'test_event_code', testCode)
}

const LOOKS: readonly Look[] = [
  name,
  eventId,
  digests,
  matchKeys,
  clickId,
  ip,
  money,
  contents,
  choices,
  places,
  pageUrl,
  time,
  test,
]

/** Everything worth pointing out about an accepted event, whatever its copies may have done. */
export function diagnose(event: TrackedEvent, arrival: Arrival): readonly Finding[] {
  const findings: Finding[] = []
  const note: Note = (kind, field, sample) => void findings.push({ kind, field, sample })
  for (const look of LOOKS) look(event, arrival, note)
  return findings
}
