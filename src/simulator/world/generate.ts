import { getOrAdd } from '../get_or_add.ts'
import type { AdvertiserSpec, Layout } from './advertiser_spec.ts'
import { audiencesOf, identitiesOf, imagesOf, videosOf } from './assets.ts'
import { buildCampaign, type Workshop } from './build_campaign.ts'
import { DAY_MS, etcZoneOf } from './calendar.ts'
import { currencyOf } from './currency.ts'
import { draw, mix } from './draw.ts'
import { type IdKind, SERIALS } from './ids.ts'
import { PLAIN_PLAN, planOf } from './plans.ts'
import { shareOf } from './share.ts'
import type { Advertiser, Campaign, Entity } from './world.ts'

/** A campaign a person or a test asked for. `at` in ms. */
export interface OrderedCampaign {
  readonly at: number
  readonly name: string | null
  readonly automation: 'MANUAL' | 'UPGRADED_SMART_PLUS'
  readonly adgroups: number
  /** Ads in each ad group. */
  readonly ads: number
}

const LATER_DAYS = 730
const ASSETS_LATER_DAYS = 365
const ORDERED_SERIALS = SERIALS / 2

function counter(from: number): (kind: IdKind) => number {
  const counts = new Map<IdKind, number>()
  return (kind) => {
    const serial = getOrAdd(counts, kind, () => from)
    counts.set(kind, serial + 1)
    return serial
  }
}

function createdAtOf(
  serial: number,
  { campaigns, campaigns_later }: AdvertiserSpec,
  seed: number,
  { until, days }: Layout,
) {
  const isLater = serial >= campaigns
  const [from, length, count] = isLater
    ? [until, LATER_DAYS, campaigns_later]
    : [until - days * DAY_MS, days * 0.97, campaigns]
  const place = (serial - (isLater ? campaigns : 0) + draw(seed, 51)) / count
  return Math.floor((from + place * length * DAY_MS) / 1000) * 1000
}

function plannedCampaigns(spec: AdvertiserSpec, workshop: Workshop): readonly Campaign[] {
  const { campaigns, adgroups, ads, campaigns_later } = spec
  const build = (serial: number) => {
    const seed = mix(workshop.layout.seed, workshop.index, 5, serial)
    const place = serial % campaigns
    const groupsBefore = Math.floor((place * adgroups) / campaigns)
    return buildCampaign(
      {
        plan: planOf(serial),
        serial,
        createdAt: createdAtOf(serial, spec, seed, workshop.layout),
        adGroups: shareOf(adgroups, place, campaigns),
        adsIn: (position) => shareOf(ads, groupsBefore + position, adgroups),
      },
      workshop,
    )
  }
  return Array.from({ length: campaigns === 0 ? 0 : campaigns + campaigns_later }, (_, serial) => build(serial))
}

const newestFirst = <T extends Entity>(entities: readonly T[]): readonly T[] =>
  entities.toSorted((a, b) => (a.id < b.id ? 1 : -1))

function shelve(campaigns: readonly Campaign[]) {
  const adGroups = campaigns.flatMap((campaign) => campaign.adGroups)
  const ads = adGroups.flatMap((adGroup) => adGroup.ads)
  const smartPlusAds = [...new Set(ads.flatMap(({ smartPlusAd }) => smartPlusAd ?? []))]
  return {
    campaigns: newestFirst(campaigns),
    adGroups: newestFirst(adGroups),
    ads: newestFirst(ads),
    smartPlusAds: newestFirst(smartPlusAds),
  }
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** An account; its campaigns are made when they are first read. `index` is a number of its own. */
export function generateAdvertiser(
  advertiser_id: string,
  spec: AdvertiserSpec,
  index: number,
  layout: Layout,
  ordered: readonly OrderedCampaign[],
): Advertiser {
  const { name, currency, display_timezone, country, language, permission } = spec
  const seed = mix(layout.seed, index)
  const createdAt = Math.floor((layout.until - (layout.days + 100 + 400 * draw(seed, 52)) * DAY_MS) / 1000) * 1000
  const shelf = lazy(() => {
    const planned = plannedCampaigns(spec, { layout, advertiser, index, serialOf: counter(0) })
    const serialOf = counter(ORDERED_SERIALS)
    const asked = ordered.map(({ at, name, automation, adgroups, ads }, position) =>
      buildCampaign(
        {
          plan: { ...PLAIN_PLAN, automation, isBudgetOptimised: automation !== 'MANUAL' },
          serial: ORDERED_SERIALS + position,
          createdAt: Math.floor(at / 1000) * 1000,
          adGroups: adgroups,
          adsIn: () => ads,
          ...(name !== null && { name }),
        },
        { layout: { ...layout, until: 0 }, advertiser, index, serialOf },
      ),
    )
    return shelve([...planned, ...asked])
  })
  const shopfront = { language, createdAt, lastAt: layout.until + ASSETS_LATER_DAYS * DAY_MS, seed, index }
  const videos = lazy(() => videosOf(shopfront))
  const images = lazy(() => imagesOf(shopfront))
  const audiences = lazy(() => audiencesOf(shopfront))
  const identities = lazy(() => identitiesOf(shopfront))
  const advertiser: Advertiser = {
    advertiser_id,
    name,
    currency,
    ...currencyOf(currency),
    timezone: etcZoneOf(display_timezone),
    display_timezone,
    country,
    language,
    isDenied: permission === 'denied',
    createdAt,
    get campaigns() {
      return shelf().campaigns
    },
    get adGroups() {
      return shelf().adGroups
    },
    get ads() {
      return shelf().ads
    },
    get smartPlusAds() {
      return shelf().smartPlusAds
    },
    get videos() {
      return videos()
    },
    get images() {
      return images()
    },
    get audiences() {
      return audiences()
    },
    get identities() {
      return identities()
    },
  }
  return advertiser
}
