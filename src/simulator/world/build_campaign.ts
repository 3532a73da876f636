import type { Layout } from './advertiser_spec.ts'
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from './calendar.ts'
import { draw, drawRatio, mix, pick } from './draw.ts'
import { GOALS } from './goals.ts'
import { type IdKind, idOf } from './ids.ts'
import type { CampaignPlan, Fate } from './plans.ts'
import { adGroupTitle, adTitle, campaignTitle } from './titles.ts'
import type { Ad, AdGroup, Advertiser, AttributionWindows, Campaign, Delivery, SmartPlusAd, Timeline } from './world.ts'

/** What campaigns of one account are built with. `serialOf` counts up by itself. */
export interface Workshop {
  readonly layout: Layout
  readonly advertiser: Advertiser
  /** A number of the advertiser's own; it goes into every id and every draw. */
  readonly index: number
  readonly serialOf: (kind: IdKind) => number
}

/** The size and place in time of one campaign. `createdAt` in ms. */
export interface Commission {
  readonly plan: CampaignPlan
  readonly serial: number
  readonly createdAt: number
  readonly adGroups: number
  /** Ads in each of its ad groups. */
  readonly adsIn: (adGroup: number) => number
  readonly name?: string
}

const CREATIVES_IN_SMART_PLUS_AD = 5
const WINDOWS: readonly AttributionWindows[] = [
  { click: 'SEVEN_DAYS', view: 'ONE_DAY', engagedView: 'SEVEN_DAYS', eventCount: 'EVERY' },
  { click: 'SEVEN_DAYS', view: 'ONE_DAY', engagedView: 'ONE_DAY', eventCount: 'ONCE' },
  { click: 'TWENTY_EIGHT_DAYS', view: 'SEVEN_DAYS', engagedView: 'FOURTEEN_DAYS', eventCount: 'EVERY' },
  { click: 'ONE_DAY', view: 'OFF', engagedView: 'ONE_DAY', eventCount: 'UNSET' },
  { click: 'FOURTEEN_DAYS', view: 'ONE_DAY', engagedView: 'SEVEN_DAYS', eventCount: 'EVERY' },
]
const AGES = ['AGE_18_24', 'AGE_25_34', 'AGE_35_44', 'AGE_45_54', 'AGE_55_100']
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  US: ['US', 'CA', 'GB'],
  DE: ['DE', 'AT', 'CH'],
  JP: ['JP'],
  FR: ['FR', 'BE'],
}
const PLACEMENTS = [
  ['PLACEMENT_TIKTOK'],
  ['PLACEMENT_TIKTOK', 'PLACEMENT_PANGLE'],
  ['PLACEMENT_TIKTOK', 'PLACEMENT_GLOBAL_APP_BUNDLE'],
]

const toSecond = (ms: number) => Math.floor(ms / 1000) * 1000

/** What is there at `until` has its parts by then; what comes later takes its time. */
const room = (from: number, mostMs: number, { until }: Layout) =>
  from >= until ? mostMs : Math.min(mostMs, (until - from) / 2)

function timelineOf(createdAt: number, fate: Fate, seed: number, layout: Layout, editShare: number): Timeline {
  const stopsAt = toSecond(createdAt + room(createdAt, 90 * DAY_MS, layout) * (0.6 + draw(seed, 11)))
  return {
    createdAt,
    editEveryMs: draw(seed, 12) < editShare ? toSecond(drawRatio(seed, 13, 2 * DAY_MS, 40 * DAY_MS)) : null,
    disabledAt: fate === 'disabled' ? stopsAt : null,
    deletedAt: fate === 'deleted' ? stopsAt : null,
  }
}

/** Of ad groups and ads that could run, some are stopped one by one. */
function ownFate(seed: number): Fate {
  const chance = draw(seed, 14)
  if (chance < 0.06) return 'deleted'
  return chance < 0.13 ? 'disabled' : 'runs'
}

const earliest = (moments: readonly (number | null)[]) =>
  moments.reduce<number | null>((least, at) => (at === null || (least !== null && least <= at) ? least : at), null)

const stopsOf = ({ timeline }: { timeline: Timeline }) => [timeline.disabledAt, timeline.deletedAt]

function deliveryOf(ad: { timeline: Timeline; seed: number }, adGroup: AdGroup, adsInCampaign: number): Delivery {
  const { campaign } = adGroup
  const { advertiser } = campaign
  const zone = advertiser.display_timezone
  const startsAt = Math.max(ad.timeline.createdAt + 2 * HOUR_MS, adGroup.startsAt) // after TikTok's review
  const stopsAt = earliest([...stopsOf(ad), ...stopsOf(adGroup), ...stopsOf(campaign), adGroup.endsAt])
  return {
    seed: ad.seed,
    firstDay: dayOf(startsAt, zone),
    lastDay: stopsAt === null ? null : dayOf(stopsAt, zone) - (stopsAt <= startsAt ? 1 : 0),
    dailySpend: (campaign.dailyBudget / adsInCampaign) * drawRatio(ad.seed, 21, 0.4, 1.5),
    cpm: advertiser.perDollar * drawRatio(ad.seed, 22, 3, 14),
    clickRate: drawRatio(ad.seed, 23, 0.004, 0.022),
    conversionFactor: drawRatio(ad.seed, 24, 0.5, 1.8),
    orderValue: advertiser.perDollar * drawRatio(ad.seed, 25, 18, 140),
    quality: 0.15 + 0.7 * draw(ad.seed, 26),
  }
}

function formatOf(campaign: Campaign, seed: number): Ad['ad_format'] {
  if (campaign.goal.leg === 'shop' || campaign.buyingType !== 'AUCTION') return 'SINGLE_VIDEO'
  const chance = draw(seed, 27)
  if (chance < 0.8) return 'SINGLE_VIDEO'
  return chance < 0.93 ? 'SINGLE_IMAGE' : 'CAROUSEL_ADS'
}

interface AdPlace {
  readonly adGroup: AdGroup
  readonly smartPlusAd: SmartPlusAd | null
  readonly position: number
  readonly adsInCampaign: number
}

function buildAd(
  { adGroup, smartPlusAd, position, adsInCampaign }: AdPlace,
  { layout, advertiser, index, serialOf }: Workshop,
): Ad {
  const { campaign } = adGroup
  const serial = serialOf('ad')
  const seed = mix(layout.seed, index, 3, serial)
  const from = smartPlusAd?.timeline.createdAt ?? adGroup.timeline.createdAt
  // Most ads come with their ad group; a third are fresh creatives that follow within weeks.
  const followsAfter = draw(seed, 15) < 0.34 ? room(from, 60 * DAY_MS, layout) * draw(seed, 16) : 0
  const createdAt = toSecond(from + Math.min(room(from, HOUR_MS, layout), (position + 1) * MINUTE_MS) + followsAfter)
  const timeline = timelineOf(createdAt, campaign.origin === 'PROMOTE' ? 'runs' : ownFate(seed), seed, layout, 0.45)
  return {
    id: idOf('ad', createdAt, index, serial),
    name: adTitle(advertiser.language, serial, seed),
    timeline,
    adGroup,
    smartPlusAd,
    delivery: deliveryOf({ timeline, seed }, adGroup, adsInCampaign),
    ad_format: formatOf(campaign, seed),
    material: mix(seed, 28),
    isSpark: campaign.origin === 'PROMOTE' || draw(seed, 29) < 0.2,
  }
}

function buildSmartPlusAd(adGroup: AdGroup, position: number, { layout, advertiser, index, serialOf }: Workshop) {
  const serial = serialOf('smart_plus_ad')
  const seed = mix(layout.seed, index, 4, serial)
  const from = adGroup.timeline.createdAt
  const createdAt = toSecond(from + Math.min(room(from, HOUR_MS, layout), (position + 1) * MINUTE_MS))
  return {
    id: idOf('smart_plus_ad', createdAt, index, serial),
    name: `Smart+ ${adTitle(advertiser.language, serial, seed)}`,
    timeline: timelineOf(createdAt, 'runs', seed, layout, 0.5),
    adGroup,
    creatives: [] as Ad[],
  }
}

interface AdGroupPlace {
  readonly position: number
  /** Ad groups of the campaign. */
  readonly groups: number
  readonly fate: Fate
}

/** Its part of the campaign's money, in round sums. */
const groupBudget = ({ dailyBudget, advertiser }: Campaign, groups: number) =>
  Math.ceil(dailyBudget / groups / advertiser.perDollar / 5) * 5 * advertiser.perDollar

function buildAdGroup(
  campaign: Campaign,
  { position, groups, fate }: AdGroupPlace,
  { layout, advertiser, index, serialOf }: Workshop,
) {
  const serial = serialOf('adgroup')
  const seed = mix(layout.seed, index, 2, serial)
  const from = campaign.timeline.createdAt
  const createdAt = toSecond(
    from +
      Math.min(room(from, 6 * DAY_MS, layout), position * drawRatio(seed, 31, HOUR_MS, 3 * DAY_MS) + 5 * MINUTE_MS),
  )
  const countries = NEIGHBOURS[advertiser.country] ?? [advertiser.country]
  const length = toSecond(drawRatio(seed, 32, 14 * DAY_MS, 45 * DAY_MS))
  const reach = 1 + Math.floor(draw(seed, 33) * countries.length)
  return {
    id: idOf('adgroup', createdAt, index, serial),
    name: adGroupTitle(advertiser.language, countries[0]!, serial, seed),
    timeline: timelineOf(createdAt, fate === 'runs' ? ownFate(seed) : 'runs', seed, layout, 0.7),
    campaign,
    startsAt: createdAt + HOUR_MS,
    endsAt: fate === 'ended' ? createdAt + HOUR_MS + length : null,
    dailyBudget: groupBudget(campaign, groups),
    windows: pick(WINDOWS, seed, 34),
    countries: countries.slice(0, reach),
    placements: pick(PLACEMENTS, seed, 35),
    age_groups: AGES.slice(draw(seed, 36) < 0.5 ? 0 : 1),
    gender: pick(['GENDER_UNLIMITED', 'GENDER_UNLIMITED', 'GENDER_FEMALE', 'GENDER_MALE'] as const, seed, 37),
    operating_systems: operatingSystems(campaign),
    languages: [advertiser.language],
    identity: mix(seed, 38),
    ads: [] as Ad[],
  }
}

function operatingSystems({ goal }: Campaign): readonly string[] {
  if (goal.promotion_type === 'APP_IOS') return ['IOS']
  return goal.promotion_type === 'APP_ANDROID' ? ['ANDROID'] : ['ANDROID', 'IOS']
}

function fillAdGroup(adGroup: AdGroup & { ads: Ad[] }, count: number, adsInCampaign: number, workshop: Workshop): void {
  const isUpgraded = adGroup.campaign.automation === 'UPGRADED_SMART_PLUS'
  let smartPlusAd: ReturnType<typeof buildSmartPlusAd> | null = null
  for (let position = 0; position < count; position++) {
    if (isUpgraded && position % CREATIVES_IN_SMART_PLUS_AD === 0)
      smartPlusAd = buildSmartPlusAd(adGroup, position, workshop)
    const ad = buildAd({ adGroup, smartPlusAd, position, adsInCampaign }, workshop)
    adGroup.ads.push(ad)
    smartPlusAd?.creatives.push(ad)
  }
}

/** A campaign with all that is in it. */
export function buildCampaign(commission: Commission, workshop: Workshop): Campaign {
  const { plan, serial, createdAt, adGroups, adsIn } = commission
  const { layout, advertiser, index } = workshop
  const seed = mix(layout.seed, index, 1, serial)
  const goal = GOALS[plan.goal]
  const campaign = {
    id: idOf('campaign', createdAt, index, workshop.serialOf('campaign')),
    name: commission.name ?? campaignTitle(advertiser.language, goal.objective_type, serial, seed),
    timeline: timelineOf(createdAt, plan.fate, seed, layout, 0.8),
    advertiser,
    goal,
    buyingType: plan.buyingType,
    automation: plan.automation,
    origin: plan.origin,
    isBudgetOptimised: plan.isBudgetOptimised,
    dailyBudget: advertiser.perDollar * Math.round(drawRatio(seed, 41, 60, 700) / 10) * 10,
    adGroups: [] as AdGroup[],
  }
  const counts = Array.from({ length: adGroups }, (_, position) => adsIn(position))
  const adsInCampaign = Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  )
  for (const [position, count] of counts.entries()) {
    const adGroup = buildAdGroup(campaign, { position, groups: adGroups, fate: plan.fate }, workshop)
    campaign.adGroups.push(adGroup)
    fillAdGroup(adGroup, count, adsInCampaign, workshop)
  }
  return campaign
}
