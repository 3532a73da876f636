import { hasPrimary } from '../entities/statuses.ts'
import { getOrAdd } from '../get_or_add.ts'
import { readTime } from '../world/calendar.ts'
import { adGroupStanding, adStanding, campaignStanding, exists, lastDayOf, type Standing } from '../world/state.ts'
import type { Ad, AdGroup, Advertiser, AdWorld, Campaign, Entity, SmartPlusAd } from '../world/world.ts'
import type { RunningAd } from './figures.ts'
import { type Filter, levelOf, type ReportQuery } from './query.ts'

/** What a row of a report is about, and whose figures it sums. */
export interface ReportObject {
  readonly id: string
  readonly kind: 'advertiser' | 'campaign' | 'adgroup' | 'ad' | 'smart_plus_ad'
  readonly advertiser: Advertiser
  /** Null for the level that has none. */
  readonly campaign: Campaign | null
  readonly adGroup: AdGroup | null
  readonly ad: Ad | null
  readonly smartPlusAd: SmartPlusAd | null
  readonly createdAt: number
  readonly ads: readonly RunningAd[]
}

/** Where entities stand at a moment. */
export interface Standings {
  readonly world: AdWorld
  readonly now: number
}

const runningAds = (ads: readonly Ad[], { world, now }: Standings): readonly RunningAd[] =>
  ads.flatMap((ad) => (exists(ad, now) ? [{ ad, lastDay: lastDayOf(world, ad) }] : []))

const NONE = { campaign: null, adGroup: null, ad: null, smartPlusAd: null }

const ofAdvertiser = (advertiser: Advertiser, standings: Standings): ReportObject => ({
  ...NONE,
  id: advertiser.advertiser_id,
  kind: 'advertiser',
  advertiser,
  createdAt: advertiser.createdAt,
  ads: runningAds(advertiser.ads, standings),
})

const ofCampaign = (campaign: Campaign, standings: Standings): ReportObject => ({
  ...NONE,
  id: campaign.id,
  kind: 'campaign',
  advertiser: campaign.advertiser,
  campaign,
  createdAt: campaign.timeline.createdAt,
  ads: runningAds(
    campaign.adGroups.flatMap((adGroup) => adGroup.ads),
    standings,
  ),
})

const ofAdGroup = (adGroup: AdGroup, standings: Standings): ReportObject => ({
  ...NONE,
  id: adGroup.id,
  kind: 'adgroup',
  advertiser: adGroup.campaign.advertiser,
  campaign: adGroup.campaign,
  adGroup,
  createdAt: adGroup.timeline.createdAt,
  ads: runningAds(adGroup.ads, standings),
})

const ofAd = (ad: Ad, standings: Standings): ReportObject => ({
  id: ad.id,
  kind: 'ad',
  advertiser: ad.adGroup.campaign.advertiser,
  campaign: ad.adGroup.campaign,
  adGroup: ad.adGroup,
  ad,
  smartPlusAd: ad.smartPlusAd,
  createdAt: ad.timeline.createdAt,
  ads: runningAds([ad], standings),
})

const ofSmartPlusAd = (smartPlusAd: SmartPlusAd, standings: Standings): ReportObject => ({
  id: smartPlusAd.id,
  kind: 'smart_plus_ad',
  advertiser: smartPlusAd.adGroup.campaign.advertiser,
  campaign: smartPlusAd.adGroup.campaign,
  adGroup: smartPlusAd.adGroup,
  ad: smartPlusAd.creatives[0] ?? null,
  smartPlusAd,
  createdAt: smartPlusAd.timeline.createdAt,
  ads: runningAds(smartPlusAd.creatives, standings),
})

/** Whether something of a campaign passes filters that are about campaigns and their parts. */
type Passes = (campaign: Campaign, adGroup: AdGroup | null, ad: Ad | SmartPlusAd | null) => boolean

const among =
  (values: readonly string[], read: (campaign: Campaign) => string): Passes =>
  (campaign) =>
    values.includes(read(campaign))

function createdWithin([from, to]: readonly string[]): Passes {
  const since = readTime(from ?? '') ?? 0
  const until = readTime(to ?? '') ?? Infinity
  return (campaign, adGroup, ad) => {
    const { createdAt } = (ad ?? adGroup ?? campaign).timeline
    return createdAt >= since && createdAt <= until
  }
}

const ALL: Passes = () => true

/** Ids are put into a set: a task may name 20,000. */
function passesOf({ field, values }: Filter): Passes {
  const ids = new Set(values)
  switch (field) {
    case 'campaign_ids':
      return ({ id }) => ids.has(id)
    case 'adgroup_ids':
      return (_, adGroup) => adGroup === null || ids.has(adGroup.id)
    case 'ad_ids':
    case 'ad_ids_v2':
      return (_, __, ad) => ad === null || ids.has(ad.id)
    case 'campaign_automation_type':
      return among(values, ({ automation }) => automation)
    case 'promotion_type':
      return among(values, ({ goal }) => goal.promotion_type)
    case 'objective_type':
      return among(values, ({ goal }) => goal.objective_type)
    case 'buying_type':
      return among(values, ({ buyingType }) => buyingType)
    case 'create_time':
      return createdWithin(values)
    default:
      return ALL
  }
}

/** Reserved first views of the day are only given when asked for, and then alone. */
const withoutTopView: Passes = ({ buyingType }) => buyingType !== 'RESERVATION_TOP_VIEW'

function filtersOf({ filters }: ReportQuery): readonly Passes[] {
  const given = filters.map(passesOf)
  return filters.some(({ field }) => field === 'buying_type') ? given : [withoutTopView, ...given]
}

/** The status asked for at the level of the report; without it, what is deleted is left out. */
const statusesOf = ({ filters }: ReportQuery): readonly string[] =>
  filters.find(({ field }) => field.endsWith('_status'))?.values ?? ['STATUS_NOT_DELETE']

const hasStatus = (standing: Standing, statuses: readonly string[]) =>
  statuses.some((status) => hasPrimary(standing, status))

interface Selection {
  readonly passes: readonly Passes[]
  readonly statuses: readonly string[]
  readonly standings: Standings
}

const isIn = ({ passes, standings }: Selection, entity: Entity, ...found: Parameters<Passes>): boolean =>
  exists(entity, standings.now) && passes.every((pass) => pass(...found))

function campaigns({ campaigns }: Advertiser, selection: Selection): readonly ReportObject[] {
  const { standings, statuses } = selection
  return campaigns
    .filter(
      (campaign) =>
        isIn(selection, campaign, campaign, null, null) &&
        hasStatus(campaignStanding(standings.world, campaign, standings.now), statuses),
    )
    .map((campaign) => ofCampaign(campaign, standings))
}

function adGroups({ adGroups }: Advertiser, selection: Selection): readonly ReportObject[] {
  const { standings, statuses } = selection
  return adGroups
    .filter(
      (adGroup) =>
        isIn(selection, adGroup, adGroup.campaign, adGroup, null) &&
        hasStatus(adGroupStanding(standings.world, adGroup, standings.now), statuses),
    )
    .map((adGroup) => ofAdGroup(adGroup, standings))
}

function ads(advertiser: Advertiser, selection: Selection, isV2: boolean): readonly ReportObject[] {
  const { standings, statuses } = selection
  const isWanted = (ad: Ad | SmartPlusAd) =>
    isIn(selection, ad, ad.adGroup.campaign, ad.adGroup, ad) &&
    hasStatus(adStanding(standings.world, ad, standings.now), statuses)
  if (!isV2) return advertiser.ads.filter(isWanted).map((ad) => ofAd(ad, standings))
  const plain = advertiser.ads.filter((ad) => ad.smartPlusAd === null && isWanted(ad)).map((ad) => ofAd(ad, standings))
  const grouped = advertiser.smartPlusAds.filter(isWanted).map((ad) => ofSmartPlusAd(ad, standings))
  return [...plain, ...grouped].sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** An account with only those of its ads that pass; an account itself is always there, deleted ads and all. */
function advertiserOf(advertiser: Advertiser, { passes, standings }: Selection): readonly ReportObject[] {
  const whole = ofAdvertiser(advertiser, standings)
  const isWanted = ({ ad }: RunningAd) => passes.every((pass) => pass(ad.adGroup.campaign, ad.adGroup, ad))
  return [passes.length === 0 ? whole : { ...whole, ads: whole.ads.filter(isWanted) }]
}

/** The objects of one account that a report is about, newest first. */
export function objectsOf(advertiser: Advertiser, query: ReportQuery, standings: Standings): readonly ReportObject[] {
  const selection = { passes: filtersOf(query), statuses: statusesOf(query), standings }
  switch (levelOf(query)) {
    case 'advertiser': {
      // An account's own figures hold auction and reservation together.
      const passes = query.filters.map(passesOf)
      return advertiserOf(advertiser, { ...selection, passes })
    }
    case 'campaign':
      return campaigns(advertiser, selection)
    case 'adgroup':
      return adGroups(advertiser, selection)
    case 'ad':
      return ads(advertiser, selection, query.dimensions.includes('ad_id_v2'))
  }
}

/** One object that stands for several, for rows that name none. */
export function together(objects: readonly ReportObject[], advertiser: Advertiser): ReportObject {
  const ads = new Map<string, RunningAd>()
  for (const object of objects) for (const running of object.ads) getOrAdd(ads, running.ad.id, () => running)
  return {
    ...NONE,
    id: advertiser.advertiser_id,
    kind: 'advertiser',
    advertiser,
    createdAt: advertiser.createdAt,
    ads: [...ads.values()],
  }
}
