import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, type EntityFilter, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface SmartPlusAdgroupGetParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  /** Only these fields of each; all when not given. */
  readonly fields?: readonly string[]
  /** 1 to 1000; 10 when not given. */
  readonly page_size?: number
}

/** Ad groups of upgraded Smart+ campaigns. */
export const smartPlusAdgroupGet: Endpoint<SmartPlusAdgroupGetParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/smart_plus/adgroup/get/',
  docs: 'TikTok API for Business v1.3, Smart+, Get upgraded Smart+ ad groups',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'adgroup_id'),
}

/** What TikTok gives of an ad group of an upgraded Smart+ campaign. */
export const SMART_PLUS_ADGROUP_FIELDS: ReadonlySet<string> = namesOf(`
  adgroup_id adgroup_name advertiser_id app_id attribution_event_count bid_price bid_type billing_event budget
  budget_mode campaign_id campaign_name catalog_authorized_bc_id catalog_id click_attribution_window
  comment_disabled conversion_bid_price create_time custom_conversion_id dayparting deep_bid_type deep_cpabid
  deep_funnel_event_source deep_funnel_event_source_id deep_funnel_optimization_event deep_funnel_toggle
  engaged_view_attribution_window identity_authorized_bc_id identity_id identity_type incentive_offer_type
  message_event_set_id messaging_app_account_id messaging_app_type min_budget modify_time movie_premiere_date
  operation_status optimization_event optimization_goal pacing phone_info pixel_id placement_type
  placements product_set_id product_source promotion_target_type promotion_type promotion_website_type
  roas_bid schedule_end_time schedule_start_time schedule_type scheduled_budget search_result_enabled
  secondary_optimization_event secondary_status share_disabled skip_learning_phase suggestion_audience_enabled
  targeting_optimization_mode targeting_spec vbo_window video_download_disabled
  view_attribution_window zalo_id_type
`)
