import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, type EntityFilter, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface CampaignGetParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  /** Only these fields of each; all when not given. */
  readonly fields?: readonly string[]
  /** 1 to 1000; 10 when not given. */
  readonly page_size?: number
}

/** Campaigns of an advertiser, newest first, with all their fields. */
export const campaignGet: Endpoint<CampaignGetParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/campaign/get/',
  docs: 'TikTok API for Business v1.3, Campaign, Get campaigns',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'campaign_id'),
}

/** What TikTok documents of a campaign, in /campaign/get/. */
export const CAMPAIGN_FIELDS: ReadonlySet<string> = namesOf(`
  advertiser_id campaign_id campaign_name app_id rta_id po_number campaign_system_origin campaign_type
  postback_window_mode budget_mode secondary_status operation_status objective objective_type
  app_promotion_type virtual_objective_type sales_destination campaign_product_source bid_type deep_bid_type
  optimization_goal bid_align_type campaign_app_profile_page_state rf_campaign_type is_search_campaign
  is_smart_performance_campaign rta_bid_enabled rta_product_selection_enabled budget_optimize_on
  is_new_structure is_advanced_dedicated_campaign disable_skan_campaign budget roas_bid create_time
  modify_time special_industries campaign_automation_type split_test_variable
`)
