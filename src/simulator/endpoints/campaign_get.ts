import { booleanValue } from '../entities/arguments.ts'
import { CAMPAIGN_FIELDS, campaignRow } from '../entities/campaign_row.ts'
import { booleanField, byFieldIn, byIds, byName, byValue, manualFilters, textField } from '../entities/filters.ts'
import { listingEndpoint } from '../entities/listing.ts'
import { campaignStanding } from '../world/state.ts'
import type { Campaign } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE_MAX = 1000

/** `GET /campaign/get/`: the campaigns of an advertiser, newest first. Source: API reference, "Get campaigns". */
export const campaignGet: Endpoint = listingEndpoint<Campaign>({
  of: ({ campaigns }) => campaigns,
  campaignOf: (campaign) => campaign,
  standingOf: campaignStanding,
  rowOf: campaignRow,
  fields: CAMPAIGN_FIELDS,
  filters: {
    ...manualFilters('CAMPAIGN'),
    campaign_ids: byIds(({ id }) => id),
    campaign_name: byName(),
    campaign_type: textField('campaign_type'),
    creative_campaign_type: byFieldIn('campaign_type'),
    is_smart_performance_campaign: booleanField('is_smart_performance_campaign'),
    split_test_enabled: byValue(booleanValue, () => false),
    campaign_product_source: textField('campaign_product_source'),
    sales_destination: textField('sales_destination'),
  },
  pageSizeMax: () => PAGE_SIZE_MAX,
  dropsNulls: false,
})
