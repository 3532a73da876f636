import { adRow } from '../entities/ad_row.ts'
import { adGroupRow } from '../entities/adgroup_row.ts'
import { campaignRow } from '../entities/campaign_row.ts'
import type { Scene } from '../entities/endpoint_of.ts'
import { getOrAdd } from '../get_or_add.ts'
import { stateOf } from '../world/state.ts'
import type { AdWorld, Entity } from '../world/world.ts'
import type { World } from '../world.ts'
import type { ReportObject } from './objects.ts'

/** What attributes are read from besides the object itself. */
export interface Surroundings {
  readonly adWorld: AdWorld
  readonly world: World
  readonly now: number
}

/** An attribute's text; null where the object has none. */
type Attribute = (object: ReportObject, around: Surroundings) => string | null

type Rows = Map<Entity, Readonly<Record<string, unknown>>>

/** The entities as their own endpoints give them, made once for each moment. */
const rowsAt = new WeakMap<Surroundings, Rows>()

function rowsOf(around: Surroundings): Rows {
  const known = rowsAt.get(around)
  if (known !== undefined) return known
  const made: Rows = new Map()
  rowsAt.set(around, made)
  return made
}

const sceneOf = ({ advertiser }: ReportObject, { adWorld, world, now }: Surroundings): Scene => ({
  advertiser,
  adWorld,
  world,
  now,
})

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`
}

const ofCampaign =
  (field: string): Attribute =>
  (object, around) => {
    const { campaign } = object
    if (campaign === null) return null
    return text(getOrAdd(rowsOf(around), campaign, () => campaignRow(campaign, sceneOf(object, around)))[field])
  }

const ofAdGroup =
  (field: string): Attribute =>
  (object, around) => {
    const { adGroup } = object
    if (adGroup === null) return null
    return text(getOrAdd(rowsOf(around), adGroup, () => adGroupRow(adGroup, sceneOf(object, around)))[field])
  }

const ofAd =
  (field: string): Attribute =>
  (object, around) => {
    const { ad } = object
    if (ad === null) return null
    return text(getOrAdd(rowsOf(around), ad, () => adRow(ad, sceneOf(object, around)))[field])
  }

const nameOf = (entity: Entity | null, { adWorld, now }: Surroundings): string | null =>
  entity === null ? null : stateOf(adWorld, entity, now).name

const SMART_BUDGETS = ['budget', 'campaign_budget']

const automation: Attribute = ({ kind, campaign, smartPlusAd }) =>
  kind === 'ad' && smartPlusAd !== null ? 'UPGRADED_SMART_PLUS_CREATIVE' : (campaign?.automation ?? null)

const READERS: Readonly<Record<string, Attribute>> = {
  advertiser_name: ({ advertiser }) => advertiser.name,
  advertiser_id: ({ advertiser }) => advertiser.advertiser_id,
  currency: ({ advertiser }) => advertiser.currency,
  timezone: ({ advertiser }) => advertiser.display_timezone,
  campaign_id: ({ campaign }) => campaign?.id ?? null,
  campaign_name: ({ campaign }, around) => nameOf(campaign, around),
  campaign_automation_type: automation,
  objective_type: ({ campaign }) => campaign?.goal.objective_type ?? null,
  campaign_budget: ofCampaign('budget'),
  app_promotion_type: ofCampaign('app_promotion_type'),
  rf_campaign_type: ofCampaign('rf_campaign_type'),
  adgroup_id: ({ adGroup }) => adGroup?.id ?? null,
  adgroup_name: ({ adGroup }, around) => nameOf(adGroup, around),
  placement_type: ofAdGroup('placement_type'),
  promotion_type: ofAdGroup('promotion_type'),
  opt_status: ofAdGroup('operation_status'),
  budget: ofAdGroup('budget'),
  billing_event: ofAdGroup('billing_event'),
  pricing_category: ofAdGroup('billing_event'),
  bid_strategy: ofAdGroup('bid_type'),
  bid: ofAdGroup('bid_price'),
  mobile_app_id: ofAdGroup('app_id'),
  adgroup_download_url: ofAdGroup('app_download_url'),
  ad_id: ({ ad }) => ad?.id ?? null,
  ad_id_v2: ({ ad, smartPlusAd }) => smartPlusAd?.id ?? ad?.id ?? null,
  ad_name: ({ kind, ad, smartPlusAd }, around) => nameOf(kind === 'smart_plus_ad' ? smartPlusAd : ad, around),
  ad_text: ofAd('ad_text'),
  call_to_action: ofAd('call_to_action'),
  ad_url: ofAd('landing_page_url'),
  image_mode: ofAd('ad_format'),
  is_aco: ({ campaign }) => `${campaign?.automation === 'SMART_PLUS'}`,
  is_smart_creative: ({ campaign }) => `${campaign?.automation !== 'MANUAL'}`,
}

/** An attribute's text, "-" where there is none. */
export function attributeOf(name: string, object: ReportObject, around: Surroundings): string {
  const found = READERS[name]?.(object, around) ?? '-'
  return SMART_BUDGETS.includes(name) && found !== '-' ? Number(found).toFixed(2) : found
}
