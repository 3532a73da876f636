import { type Problem, problemAt } from './check.ts'
import { isSupported } from './currencies.ts'
import { GROUPS } from './event_fields.ts'
import { kindOfName } from './event_names.ts'
import { digestForm, HASHED_FIELDS } from './identifiers.ts'
import { isObject, type JsonObject, objectAt, textAt } from './json.ts'
import type { Settings } from './settings.ts'
import type { EventSourceKind } from './world.ts'

/** What an event is judged by, besides itself. `now` in ms. */
export interface Situation {
  readonly source: EventSourceKind
  readonly settings: Settings
  readonly now: number
}

type Step = (event: JsonObject, situation: Situation) => Problem | null

/** No event has happened after this as seconds (year 5138); every date since 1973 is beyond it as milliseconds. */
const SECONDS_MAX = 10 ** 11
const DAY_SECONDS = 86_400

const name: Step = (event) => (textAt(event, 'event') === null ? problemAt('event', 'not a valid string') : null)

const time: Step = ({ event_time }) => {
  if (!Number.isSafeInteger(event_time)) return problemAt('event_time', 'not a valid integer')
  return Number(event_time) > SECONDS_MAX ? problemAt('event_time', 'must be a Unix timestamp in seconds') : null
}

const id: Step = ({ event_id }, { settings }) => {
  if (event_id === undefined || typeof event_id === 'string') return null
  if (event_id === null && settings.null_values === 'accept') return null
  return problemAt('event_id', 'not a valid string')
}

const types: Step = (event, { settings }) => {
  for (const [key, check] of GROUPS) {
    const value = event[key]
    if (value === undefined || (value === null && settings.null_values === 'accept')) continue
    const problem = check(value, settings)
    if (problem !== null) return { ...problem, path: problem.path === '' ? key : `${key}.${problem.path}` }
  }
  return null
}

const pageUrl: Step = (event, { source, settings }) => {
  if (source !== 'web' || settings.page_url === 'optional') return null
  const url = textAt(objectAt(event, 'page'), 'url') ?? ''
  return /^https?:\/\//.test(url) ? null : problemAt('page.url', 'not a valid URL')
}

const leadId: Step = (event, { source }) =>
  source === 'crm' && textAt(objectAt(event, 'lead'), 'lead_id') === null
    ? problemAt('lead.lead_id', 'not a valid string')
    : null

const appId: Step = (event, { source }) =>
  source === 'app' && textAt(objectAt(event, 'app'), 'app_id') === null
    ? problemAt('app.app_id', 'not a valid string')
    : null

const offlineName: Step = (event, { source, settings }) =>
  source === 'offline' &&
  settings.offline_custom_event === 'refuse' &&
  kindOfName(String(event['event']), source) === 'custom'
    ? problemAt('event', 'not a supported event')
    : null

const isHashed = (value: unknown) =>
  [value].flat().every((one) => typeof one !== 'string' || one === '' || digestForm(one) === 'digest')

const hashed: Step = (event, { settings }) => {
  if (settings.unhashed_identifier === 'accept') return null
  const user = objectAt(event, 'user')
  const key = HASHED_FIELDS.find((key) => !isHashed(user[key]))
  return key === undefined ? null : problemAt(`user.${key}`, 'not hashed with SHA-256', settings.unhashed_identifier)
}

const currency: Step = (event, { source, settings }) => {
  const given = textAt(objectAt(event, 'properties'), 'currency')
  if (given === null || isSupported(given, source === 'app')) return null
  const isLowercase = isSupported(given.toUpperCase(), source === 'app')
  const verdict = isLowercase ? settings.lowercase_currency : settings.unsupported_currency
  return verdict === 'accept' ? null : problemAt('properties.currency', 'not a supported currency')
}

const age: Step = ({ event_time }, { settings, now }) => {
  if (settings.event_age_days_max === 'none') return null
  const oldest = now / 1000 - settings.event_age_days_max * DAY_SECONDS
  return Number(event_time) < oldest ? problemAt('event_time', 'too old') : null
}

/** TikTok's order, as far as answers seen in public show it: the first step that finds something names the problem. */
const STEPS: readonly Step[] = [name, time, id, types, pageUrl, leadId, appId, offlineName, hashed, currency, age]

/** The first thing wrong with one event of the Events API 2.0, or null. */
export function checkEvent(event: unknown, situation: Situation): Problem | null {
  if (!isObject(event)) return problemAt('', 'not a valid object')
  for (const step of STEPS) {
    const problem = step(event, situation)
    if (problem !== null) return problem
  }
  return null
}
