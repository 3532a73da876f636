import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, type EntityFilter, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface SmartPlusCampaignGetParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  /** Only these fields of each; all when not given. */
  readonly fields?: readonly string[]
  /** 1 to 1000; 10 when not given. */
  readonly page_size?: number
}

/** Upgraded Smart+ campaigns of an advertiser. */
export const smartPlusCampaignGet: Endpoint<SmartPlusCampaignGetParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/smart_plus/campaign/get/',
  docs: 'TikTok API for Business v1.3, Smart+, Get upgraded Smart+ campaigns',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'campaign_id'),
}

/** What TikTok gives of an upgraded Smart+ campaign. */
export const SMART_PLUS_CAMPAIGN_FIELDS: ReadonlySet<string> = namesOf(`
  advertiser_id app_id app_promotion_type bid_align_type budget budget_mode budget_optimize_on
  campaign_app_profile_page_state campaign_id campaign_name campaign_type catalog_enabled catalog_type
  create_time disable_skan_campaign is_advanced_dedicated_campaign is_promotional_campaign modify_time
  objective_type operation_status po_number postback_window_mode sales_destination secondary_status
  smart_plus_adgroup_mode special_industries
`)
