import { ADGROUP_FIELDS, adGroupRow } from '../entities/adgroup_row.ts'
import { booleanValue } from '../entities/arguments.ts'
import { byFieldIn, byIds, byName, byValue, manualFilters, textField } from '../entities/filters.ts'
import { listingEndpoint } from '../entities/listing.ts'
import { adGroupStanding } from '../world/state.ts'
import type { AdGroup } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE_MAX = 1000
const PAGE_SIZE_MAX_TOP_VIEW = 100

const isTopView = (types: unknown) => Array.isArray(types) && types.includes('RESERVATION_TOP_VIEW')

/** `GET /adgroup/get/`: the ad groups of an advertiser, newest first. Source: API reference, "Get ad groups". */
export const adGroupGet: Endpoint = listingEndpoint<AdGroup>({
  of: ({ adGroups }) => adGroups,
  campaignOf: ({ campaign }) => campaign,
  standingOf: adGroupStanding,
  rowOf: adGroupRow,
  fields: ADGROUP_FIELDS,
  filters: {
    ...manualFilters('ADGROUP'),
    campaign_ids: byIds(({ campaign }) => campaign.id),
    adgroup_ids: byIds(({ id }) => id),
    adgroup_name: byName(),
    split_test_enabled: byValue(booleanValue, () => false),
    billing_events: byFieldIn('billing_event'),
    bid_strategy: textField('bid_type'),
    promotion_type: textField('promotion_type'),
    creative_material_mode: textField('creative_material_mode'),
  },
  pageSizeMax: ({ buying_types }) => (isTopView(buying_types) ? PAGE_SIZE_MAX_TOP_VIEW : PAGE_SIZE_MAX),
  dropsNulls: false,
})
