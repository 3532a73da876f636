import { SMART_PLUS_AD_FIELDS, smartPlusAdRow } from '../entities/ad_row.ts'
import { SMART_PLUS_ADGROUP_FIELDS, smartPlusAdGroupRow } from '../entities/adgroup_row.ts'
import { SMART_PLUS_CAMPAIGN_FIELDS, smartPlusCampaignRow } from '../entities/campaign_row.ts'
import { byIds, byName, modifiedAfter, optimizationGoal, smartPlusFilters, textField } from '../entities/filters.ts'
import { listingEndpoint } from '../entities/listing.ts'
import { adGroupStanding, adStanding, campaignStanding } from '../world/state.ts'
import type { AdGroup, Campaign, SmartPlusAd } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE_MAX = 1000
const AD_PAGE_SIZE_MAX = 100

const isUpgraded = ({ automation }: Campaign) => automation === 'UPGRADED_SMART_PLUS'

/** `GET /smart_plus/campaign/get/`: upgraded Smart+ campaigns. Source: OpenAPI definition of TikTok's SDK. */
export const smartPlusCampaignGet: Endpoint = listingEndpoint<Campaign>({
  of: ({ campaigns }) => campaigns.filter(isUpgraded),
  campaignOf: (campaign) => campaign,
  standingOf: campaignStanding,
  rowOf: smartPlusCampaignRow,
  fields: SMART_PLUS_CAMPAIGN_FIELDS,
  filters: {
    ...smartPlusFilters('CAMPAIGN'),
    campaign_ids: byIds(({ id }) => id),
    campaign_name: byName(),
  },
  pageSizeMax: () => PAGE_SIZE_MAX,
  dropsNulls: true,
})

/** `GET /smart_plus/adgroup/get/`: their ad groups. Source: OpenAPI definition of TikTok's SDK. */
export const smartPlusAdGroupGet: Endpoint = listingEndpoint<AdGroup>({
  of: ({ adGroups }) => adGroups.filter(({ campaign }) => isUpgraded(campaign)),
  campaignOf: ({ campaign }) => campaign,
  standingOf: adGroupStanding,
  rowOf: smartPlusAdGroupRow,
  fields: SMART_PLUS_ADGROUP_FIELDS,
  filters: {
    ...smartPlusFilters('ADGROUP'),
    campaign_ids: byIds(({ campaign }) => campaign.id),
    adgroup_ids: byIds(({ id }) => id),
    adgroup_name: byName(),
    optimization_goal: optimizationGoal(),
    promotion_type: textField('promotion_type'),
  },
  pageSizeMax: () => PAGE_SIZE_MAX,
  dropsNulls: true,
})

/** `GET /smart_plus/ad/get/`: their ads, each with its creatives. Source: OpenAPI definition of TikTok's SDK. */
export const smartPlusAdGet: Endpoint = listingEndpoint<SmartPlusAd>({
  of: ({ smartPlusAds }) => smartPlusAds,
  campaignOf: ({ adGroup }) => adGroup.campaign,
  standingOf: adStanding,
  rowOf: smartPlusAdRow,
  fields: SMART_PLUS_AD_FIELDS,
  filters: {
    ...smartPlusFilters('AD'),
    smart_plus_ad_ids: byIds(({ id }) => id),
    campaign_ids: byIds(({ adGroup }) => adGroup.campaign.id),
    adgroup_ids: byIds(({ adGroup }) => adGroup.id),
    optimization_goal: optimizationGoal(),
    modified_after: modifiedAfter(),
  },
  pageSizeMax: () => AD_PAGE_SIZE_MAX,
  dropsNulls: true,
})
