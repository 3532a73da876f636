import type { AdvertiserSpec } from './advertiser_spec.ts'
import { shareOf } from './share.ts'

/** How large the advertising world is. A count that is null leaves each account the size it has by itself. */
export interface Advertising {
  readonly seed: number
  /** The day (YYYY-MM-DD, UTC) at which the counts hold; campaigns go on being started after it. */
  readonly until: string
  /** How many days back the oldest campaign goes. */
  readonly days: number
  /** Accounts that may be read, in all. */
  readonly advertisers: number | null
  /** Of all those accounts together, evenly; none are added later then. */
  readonly campaigns: number | null
  readonly adgroups: number | null
  readonly ads: number | null
}

type Specs = { readonly [advertiser_id: string]: AdvertiserSpec }

const PLACES = [
  ['USD', 'America/Los_Angeles', 'US', 'en'],
  ['EUR', 'Europe/Paris', 'FR', 'en'],
  ['JPY', 'Asia/Tokyo', 'JP', 'ja'],
  ['USD', 'Asia/Kathmandu', 'US', 'en'],
] as const

const FIRST_EXTRA_ID = 7_000_000_000_000_001_001n

function extra(nth: number): [string, AdvertiserSpec] {
  const [currency, display_timezone, country, language] = PLACES[nth % PLACES.length]!
  const place = { currency, display_timezone, country, language, permission: 'granted' } as const
  const size = { campaigns: 4, adgroups: 10, ads: 40, campaigns_later: 4 }
  return [`${FIRST_EXTRA_ID + BigInt(nth)}`, { name: `Brand ${nth + 1}`, ...place, ...size }]
}

function resized(
  [id, spec]: [string, AdvertiserSpec],
  nth: number,
  of: number,
  size: Advertising,
): [string, AdvertiserSpec] {
  if (size.campaigns === null && size.adgroups === null && size.ads === null) return [id, spec]
  const share = (total: number | null, own: number) => (total === null ? own : shareOf(total, nth, of))
  const campaigns = share(size.campaigns, spec.campaigns)
  const adgroups = Math.max(campaigns, share(size.adgroups, spec.adgroups))
  const ads = share(size.ads, spec.ads)
  return [id, { ...spec, campaigns, adgroups, ads, campaigns_later: 0 }]
}

/** Every account of the world with its size: those that are listed, and as many more as are asked for. */
export function accountsOf(listed: Specs, size: Advertising): readonly (readonly [id: string, spec: AdvertiserSpec])[] {
  const entries = Object.entries(listed)
  const readable = entries.filter(([, { permission }]) => permission === 'granted')
  const denied = entries.filter(([, { permission }]) => permission === 'denied')
  const wanted = size.advertisers ?? readable.length
  const extras = Array.from({ length: Math.max(0, wanted - readable.length) }, (_, nth) => extra(nth))
  const granted = [...readable.slice(0, wanted), ...extras]
  return [...granted.map((entry, nth) => resized(entry, nth, wanted, size)), ...denied].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
}
