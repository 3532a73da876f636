import { type Check, listOf, objectWith, type Problem, problemAt, text, textOrTexts } from './check.ts'
import { checkEvent, type Situation } from './check_event.ts'
import { isObject, type JsonObject, objectAt, textAt } from './json.ts'
import { oldPathOf, translate } from './legacy_event.ts'

/** How strict one of the 1.0 endpoints is beyond types. */
export interface LegacyRules {
  /** Items of a batch say `type: "track"`. */
  readonly isBatch: boolean
  readonly isTimestampRequired: boolean
  /** Offline needs an email or a phone. */
  readonly isContactRequired: boolean
}

type Step = (item: JsonObject, rules: LegacyRules) => Problem | null

const user = objectWith({
  external_id: textOrTexts,
  phone_number: textOrTexts,
  email: textOrTexts,
  emails: listOf(text),
  phone_numbers: listOf(text),
  ttp: text,
  lead_id: text,
})

/** Source: Events API 1.0, "Report a web event", "Report an offline event", "Report an app event". */
const context: Check = objectWith({
  user,
  ad: objectWith({ callback: text }),
  page: objectWith({ url: text, referrer: text }),
  app: objectWith({ id: text, name: text, namespace: text, version: text }),
  device: objectWith({ idfa: text, idfv: text, gaid: text, att_status: text }),
  ip: text,
  user_agent: text,
  locale: text,
})

const CHANNELS = ['email', 'website', 'phone_call', 'in_store', 'crm', 'other']
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

const type: Step = (item, { isBatch }) =>
  isBatch && item['type'] !== 'track' ? problemAt('type', 'must be track') : null

const name: Step = (item) => (textAt(item, 'event') === null ? problemAt('event', 'not a valid string') : null)

const id: Step = ({ event_id }) =>
  event_id === undefined || typeof event_id === 'string' ? null : problemAt('event_id', 'not a valid string')

const timestamp: Step = (item, { isTimestampRequired }) => {
  const given = item['timestamp']
  if (given === undefined && !isTimestampRequired) return null
  const isTime = typeof given === 'string' && ISO.test(given) && !Number.isNaN(Date.parse(given))
  return isTime ? null : problemAt('timestamp', 'not a valid datetime')
}

const contact: Step = (item, { isContactRequired }) => {
  const { emails, phone_numbers } = objectAt(objectAt(item, 'context'), 'user')
  const isGiven = [emails, phone_numbers].flat().some((value) => typeof value === 'string' && value !== '')
  return isGiven || !isContactRequired ? null : problemAt('context.user', 'must hold emails or phone_numbers')
}

const channel: Step = (item, { isContactRequired }) => {
  const given = objectAt(item, 'properties')['event_channel']
  if (!isContactRequired || given === undefined || CHANNELS.some((known) => known === given)) return null
  return problemAt('properties.event_channel', `must be ${CHANNELS.join(', ')}`)
}

const STEPS: readonly Step[] = [type, name, id, timestamp]
const LATER_STEPS: readonly Step[] = [contact, channel]

const firstOf = (steps: readonly Step[], item: JsonObject, rules: LegacyRules): Problem | null => {
  for (const step of steps) {
    const problem = step(item, rules)
    if (problem !== null) return problem
  }
  return null
}

function checkContext(item: JsonObject, { settings }: Situation): Problem | null {
  const problem = context(item['context'], settings)
  return problem && { ...problem, path: problem.path === '' ? 'context' : `context.${problem.path}` }
}

/** What 1.0 and 2.0 have in common, judged on the 2.0 event and told in 1.0's paths. */
function checkTranslated(item: JsonObject, sourceId: string, situation: Situation): Problem | null {
  const problem = checkEvent(translate(item, sourceId, situation.now), situation)
  return problem && { ...problem, path: oldPathOf(problem.path) }
}

/** The first thing wrong with one event of the Events API 1.0, or null. */
export function checkLegacyEvent(
  item: unknown,
  sourceId: string,
  rules: LegacyRules,
  situation: Situation,
): Problem | null {
  if (!isObject(item)) return problemAt('', 'not a valid object')
  return (
    firstOf(STEPS, item, rules) ??
    checkContext(item, situation) ??
    firstOf(LATER_STEPS, item, rules) ??
    checkTranslated(item, sourceId, situation)
  )
}
