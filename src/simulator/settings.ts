import { ControlError } from './control_error.ts'
import type { JsonObject } from './json.ts'

interface Setting<T> {
  readonly byDefault: T
  /** What may be set, in words. */
  readonly expects: string
  readonly about: string
  accepts(value: unknown): boolean
}

const oneOf = <const T extends string | number>(
  byDefault: NoInfer<T>,
  choices: readonly T[],
  about: string,
): Setting<T> => ({
  byDefault,
  expects: choices.join(' or '),
  about,
  accepts: (value) => choices.some((choice) => choice === value),
})

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0

const count = (byDefault: number, about: string): Setting<number> => ({
  byDefault,
  expects: 'a whole number',
  about,
  accepts: isCount,
})

/** A limit that can be lifted. `"none"`, since null removes a setting, back to its default. */
const limit = (byDefault: number | 'none', about: string): Setting<number | 'none'> => ({
  byDefault,
  expects: 'a whole number or none',
  about,
  accepts: (value) => value === 'none' || isCount(value),
})

/**
 * Everything about TikTok that public sources leave open, or that a test wants otherwise. The default is what the
 * documentation says or, where it is silent, the best supported guess.
 */
export const SETTINGS = {
  http_status: oneOf(
    'always_200',
    ['always_200', 'by_code'],
    'TikTok refuses under HTTP 200; by_code gives 400, 401 or 429 for codes 4xxxx',
  ),
  latency_ms: count(0, 'How long every answer takes; what was sent is taken in at once, the answer waits'),
  requests_per_second: limit(1000, 'Requests a second and token, then 40100. Documented: 1,000'),
  body_bytes_max: count(50 * 2 ** 20, "Larger bodies get the gateway's HTTP 413. No maximum is documented"),
  gzip: oneOf('refuse', ['refuse', 'accept'], 'A gzip body. Not documented for events, so 40002'),
  content_type: oneOf(
    'any',
    ['any', 'json'],
    'json refuses bodies not sent as application/json. Documented, not seen enforced',
  ),
  partner_name: oneOf('any', ['any', 'refuse'], 'refuse answers 40063 to every partner_name'),
  batch_size_max: count(1000, 'Events in one /event/track/ request. Documented: 1,000'),
  batch_size_code: oneOf(40002, [40002, 40061], 'Code for an empty or too large batch. Both are plausible'),
  bad_item_path: oneOf(
    'indexed',
    ['indexed', 'bare'],
    'indexed names data.3.event_id; bare names event_id only, so the sender must search',
  ),
  null_values: oneOf(
    'refuse',
    ['refuse', 'accept'],
    'A known field that is null. Undocumented; the messages are those of a validator that refuses null',
  ),
  numeric_strings: oneOf('refuse', ['refuse', 'accept'], 'Numbers sent as text ("12.50"). Documented as numbers'),
  page_url: oneOf(
    'optional',
    ['optional', 'required'],
    'Web events without an http(s) page.url. Documented as required, not seen enforced',
  ),
  offline_custom_event: oneOf(
    'accept',
    ['accept', 'refuse'],
    'Offline events with a name that is not standard. Documented as not allowed',
  ),
  unhashed_identifier: oneOf(
    'accept',
    ['accept', 40002, 40062],
    'email, phone or external_id that is no lowercase SHA-256. accept counts it and says so in the diagnostics',
  ),
  unsupported_currency: oneOf('refuse', ['refuse', 'accept'], "A currency outside TikTok's list"),
  lowercase_currency: oneOf('accept', ['accept', 'refuse'], 'A currency of the list in lower case'),
  event_age_days_max: limit('none', 'Older events are refused. TikTok documents 28 days for offline, no refusal'),
  app_events: oneOf('accept', ['accept', 40118], "App events need TikTok's allow-list; 40118 is the answer without it"),
  app_deduplication: oneOf(
    'off',
    ['off', 'on'],
    'event_id is not documented for app events: off takes it and ignores it',
  ),
  app_requests_per_second: limit(
    'none',
    'Calls a second that all tokens of an app share for reading, then 40100. Documented: 10 (Basic), 20 (Advanced)',
  ),
  unknown_filter: oneOf(
    'refuse',
    ['refuse', 'ignore'],
    'A name in filtering that the endpoint does not know. Reports refuse it with 40002; not seen for entities',
  ),
  report_latency_minutes: count(30, 'How much later figures come in. Documented: about 30 minutes, at times two hours'),
  report_thirtieth_day: oneOf(
    'refuse',
    ['refuse', 'accept'],
    'A report by day whose end_date is 30 days after its start_date, so 31 days. The limit is 30 days; how TikTok counts is not known',
  ),
  report_hourly_country: oneOf(
    'refuse',
    ['refuse', 'accept'],
    'country_code with stat_time_hour. The documentation is against it, yet connectors ask for it',
  ),
  report_audience_deleted: oneOf(
    'leave_out',
    ['leave_out', 'include'],
    'What is deleted in AUDIENCE reports that ask for it by status. Sources disagree',
  ),
  report_audience_impressions_min: count(
    10,
    'AUDIENCE rows of fewer impressions are withheld. TikTok does not say how few',
  ),
  report_ads_max: count(
    20_000,
    'A synchronous report by ad holds the newest ones only, with a header. Documented: 20,000',
  ),
  report_rows_max: limit(3_000_000, 'A report of more rows is refused with 40067'),
  report_task_seconds: count(20, 'How long a report task takes; the first quarter of it it waits in the queue'),
  report_task_outcome: oneOf('success', ['success', 'failed'], 'What becomes of report tasks created from now on'),
  report_tasks_per_second: limit(1, 'Report tasks an app may create a second, then 40100. Documented: 1'),
  report_tasks_per_day: limit(4500, 'Report tasks an app may create a day. Documented: 4,500'),
  report_tasks_per_account_hour: limit(500, 'Report tasks a token may create for an account an hour. Documented: 500'),
  legacy_endpoints: oneOf('open', ['open', 'retired'], 'Events API 1.0 was announced to end; retired answers 41001'),
  legacy_bad_item: oneOf(
    'partial',
    ['partial', 'refuse_all'],
    'A bad item in /pixel/batch/ or /app/batch/: 20001 with failed_events, or 40002 for the whole call',
  ),
} as const

/** The value of every setting. */
export type Settings = { readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name]['byDefault'] }

const isName = (name: string): name is keyof Settings => Object.hasOwn(SETTINGS, name)

function checkSetting([name, value]: [string, unknown]): void {
  if (!isName(name)) {
    throw new ControlError(
      `Cannot change the world: setting "${name}" is unknown; known: ${Object.keys(SETTINGS).join(', ')}`,
    )
  }
  const setting = SETTINGS[name]
  if (!setting.accepts(value)) {
    throw new ControlError(
      `Cannot change the world: setting "${name}" is ${JSON.stringify(value)}; expected ${setting.expects}`,
    )
  }
}

const DEFAULTS = Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.byDefault]))

/** The given settings over the defaults. Throws ControlError for an unknown name or a wrong value. */
export function parseSettings(given: JsonObject): Settings {
  Object.entries(given).forEach(checkSetting)
  return { ...DEFAULTS, ...given } as unknown as Settings
}

/** Each setting's sentence and what it accepts, for the page and for people. */
export const aboutSettings = () =>
  Object.entries(SETTINGS).map(([name, { byDefault, expects, about }]) => ({
    name,
    default: byDefault,
    expects,
    about,
  }))
