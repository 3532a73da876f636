import type { JsonObject } from '../json.ts'
import { countUpTo, oneOf, type Reader, refuse, refuseUnknown, text } from '../read_part.ts'
import type { Advertising } from './accounts.ts'
import type { AdvertiserSpec } from './advertiser_spec.ts'
import { DAY_MS, dayText, offsetMsAt, readDay } from './calendar.ts'
import type { Deed } from './deeds.ts'

const ADS_MAX = 1_000_000
const count = countUpTo(ADS_MAX)

const zone: Reader<string> = (value, path) => {
  const name = text(value, path)
  try {
    offsetMsAt(name, 0)
    return name
  } catch {
    return refuse(path, value, 'a time zone such as Europe/Berlin')
  }
}

const matching =
  (form: RegExp, expected: string): Reader<string> =>
  (value, path) =>
    typeof value === 'string' && form.test(value) ? value : refuse(path, value, expected)

const currency = matching(/^[A-Z]{3}$/, 'three capitals such as EUR')
const country = matching(/^[A-Z]{2}$/, 'two capitals such as DE')
const language = matching(/^[a-z]{2}$/, 'two small letters such as de')
const day: Reader<string> = (value, path) =>
  typeof value === 'string' && readDay(value) !== null ? value : refuse(path, value, 'a day such as 2026-07-01')

const SMALL: Omit<AdvertiserSpec, 'name'> = {
  currency: 'USD',
  display_timezone: 'America/New_York',
  country: 'US',
  language: 'en',
  permission: 'granted',
  campaigns: 2,
  adgroups: 4,
  ads: 12,
  campaigns_later: 0,
}

/** An advertiser as it was posted; what is left out makes a small one in US dollars. */
export function readAdvertiser(entry: JsonObject, path: string, id: string): AdvertiserSpec {
  refuseUnknown(entry, ['name', ...Object.keys(SMALL)], path)
  const given = { ...SMALL, name: id, ...entry }
  return {
    name: text(given.name, `${path}.name`),
    currency: currency(given.currency, `${path}.currency`),
    display_timezone: zone(given.display_timezone, `${path}.display_timezone`),
    country: country(given.country, `${path}.country`),
    language: language(given.language, `${path}.language`),
    permission: oneOf(['granted', 'denied'])(given.permission, `${path}.permission`),
    campaigns: count(given.campaigns, `${path}.campaigns`),
    adgroups: count(given.adgroups, `${path}.adgroups`),
    ads: count(given.ads, `${path}.ads`),
    campaigns_later: count(given.campaigns_later, `${path}.campaigns_later`),
  }
}

const SIZES = ['advertisers', 'campaigns', 'adgroups', 'ads'] as const
const DAYS = 365
const DAYS_MAX = 3650

/** The first day of the half-year, so that a simulator started again tomorrow still shows the same world. */
const halfYearOf = (today: string) => `${today.slice(0, 4)}-${today.slice(5, 7) < '07' ? '01' : '07'}-01`

/** The layout of the advertising world as it was posted. `now` in ms. */
export function readAdvertising(part: JsonObject, now: number): Advertising {
  refuseUnknown(part, ['seed', 'until', 'days', ...SIZES], 'advertising')
  const size = (name: (typeof SIZES)[number]) =>
    part[name] === undefined || part[name] === null ? null : count(part[name], `advertising.${name}`)
  const [advertisers, campaigns, adgroups, ads] = SIZES.map(size) as [
    number | null,
    number | null,
    number | null,
    number | null,
  ]
  const today = dayText(Math.floor(now / DAY_MS))
  const isSized = campaigns !== null || adgroups !== null || ads !== null
  return {
    seed: countUpTo(2 ** 31)(part['seed'] ?? 1, 'advertising.seed'),
    until: day(part['until'] ?? (isSized ? today : halfYearOf(today)), 'advertising.until'),
    days: countUpTo(DAYS_MAX)(part['days'] ?? DAYS, 'advertising.days'),
    advertisers,
    campaigns,
    adgroups,
    ads,
  }
}

const LIVES = { rename: 'name', disable: 'DISABLE', enable: 'ENABLE', delete: 'DELETE', set_budget: 'budget' } as const
type Life = keyof typeof LIVES
const VERBS = ['create_campaign', ...(Object.keys(LIVES) as Life[])] as const

function readChange(deed: JsonObject, verb: Life, at: number, path: string): Deed {
  const id = text(deed['id'], `${path}.id`)
  switch (verb) {
    case 'rename':
      return { do: 'change', id, at, name: text(deed['name'], `${path}.name`) }
    case 'set_budget':
      return { do: 'change', id, at, budget: count(deed['budget'], `${path}.budget`) }
    default:
      return { do: 'change', id, at, operation: LIVES[verb] }
  }
}

const MEMBERS: Readonly<Record<(typeof VERBS)[number], readonly string[]>> = {
  create_campaign: ['advertiser_id', 'name', 'automation', 'adgroups', 'ads'],
  rename: ['id', 'name'],
  disable: ['id'],
  enable: ['id'],
  delete: ['id'],
  set_budget: ['id', 'budget'],
}

/** Something to do as it was posted, such as `{ "do": "rename", "id": …, "name": … }`. `at` in ms. */
export function readDeed(deed: JsonObject, at: number, path: string): Deed {
  const verb = oneOf(VERBS)(deed['do'], `${path}.do`)
  refuseUnknown(deed, ['do', ...MEMBERS[verb]], path)
  if (verb !== 'create_campaign') return readChange(deed, verb, at, path)
  const name = deed['name']
  return {
    do: verb,
    at,
    advertiser_id: text(deed['advertiser_id'], `${path}.advertiser_id`),
    name: name === undefined ? null : text(name, `${path}.name`),
    automation: oneOf(['MANUAL', 'UPGRADED_SMART_PLUS'])(deed['automation'] ?? 'MANUAL', `${path}.automation`),
    adgroups: countUpTo(1000)(deed['adgroups'] ?? 1, `${path}.adgroups`),
    ads: countUpTo(1000)(deed['ads'] ?? 1, `${path}.ads`),
  }
}
