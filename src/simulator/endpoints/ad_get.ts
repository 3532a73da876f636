import { AD_FIELDS, adRow } from '../entities/ad_row.ts'
import { textValue } from '../entities/arguments.ts'
import { byIds, byName, byValue, manualFilters, modifiedAfter } from '../entities/filters.ts'
import { listingEndpoint } from '../entities/listing.ts'
import { adStanding } from '../world/state.ts'
import type { Ad, Campaign } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE_MAX = 1000

const DESTINATIONS = { web: 'WEBSITE', app: 'APP', shop: 'TIKTOK_SHOP', lead: 'TIKTOK_INSTANT_PAGE', none: 'WEBSITE' }
const destinationOf = ({ goal }: Campaign): string => DESTINATIONS[goal.leg]
const materialModeOf = ({ automation }: Campaign): string => (automation === 'SMART_PLUS' ? 'DYNAMIC' : 'CUSTOM')

/**
 * `GET /ad/get/`: the ads of an advertiser, newest first; of upgraded Smart+ ads each creative, with the ad it belongs to.
 * Source: API reference, "Get ads".
 */
export const adGet: Endpoint = listingEndpoint<Ad>({
  of: ({ ads }) => ads,
  campaignOf: ({ adGroup }) => adGroup.campaign,
  standingOf: adStanding,
  rowOf: adRow,
  fields: AD_FIELDS,
  filters: {
    ...manualFilters('AD'),
    campaign_ids: byIds(({ adGroup }) => adGroup.campaign.id),
    adgroup_ids: byIds(({ adGroup }) => adGroup.id),
    ad_ids: byIds(({ id }) => id),
    ad_name: byName(),
    destination: byValue(textValue, destinationOf),
    creative_material_mode: byValue(textValue, materialModeOf),
    modified_after: modifiedAfter(),
  },
  pageSizeMax: () => PAGE_SIZE_MAX,
  dropsNulls: false,
})
