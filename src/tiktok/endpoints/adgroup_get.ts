import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, type EntityFilter, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface AdgroupGetParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  /** Only these fields of each; all when not given. */
  readonly fields?: readonly string[]
  /** 1 to 1000, with TopView 100; 10 when not given. */
  readonly page_size?: number
}

/** Ad groups of an advertiser, newest first, with all their fields. */
export const adgroupGet: Endpoint<AdgroupGetParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/adgroup/get/',
  docs: 'TikTok API for Business v1.3, Ad group, Get ad groups',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'adgroup_id'),
}

/** What TikTok documents of an ad group, in /adgroup/get/. */
export const ADGROUP_FIELDS: ReadonlySet<string> = namesOf(`
  advertiser_id campaign_id campaign_name adgroup_id adgroup_name identity_id identity_authorized_bc_id
  catalog_id catalog_authorized_bc_id store_id store_authorized_bc_id messaging_app_account_id
  phone_region_code phone_region_calling_code phone_number app_id app_download_url pixel_id
  deep_funnel_event_source_id min_android_version min_ios_version saved_audience_id brand_safety_partner
  vertical_sensitivity_id dayparting message_event_set_id statistic_type split_test_group_id split_test_status
  campaign_system_origin promotion_type shopping_ads_type identity_type product_source promotion_target_type
  messaging_app_type promotion_website_type app_type optimization_event deep_funnel_optimization_status
  deep_funnel_event_source deep_funnel_optimization_event placement_type audience_type
  shopping_ads_retargeting_type shopping_ads_retargeting_custom_audience_relation gender spending_power
  ios14_targeting ios14_quota_type brand_safety_type budget_mode schedule_type discount_type delivery_mode
  optimization_goal secondary_optimization_event bid_type deep_bid_type vbo_window bid_display_mode
  cpv_video_duration click_attribution_window engaged_view_attribution_window view_attribution_window
  attribution_event_count billing_event pacing operation_status secondary_status creative_material_mode
  adgroup_app_profile_page_state feed_type rf_purchased_type is_smart_performance_campaign
  search_result_enabled comment_disabled video_download_disabled share_disabled auto_targeting_enabled
  exclude_age_under_eighteen smart_audience_enabled smart_interest_behavior_enabled inventory_filter_enabled
  is_hfss is_lhf_compliance is_new_structure skip_learning_phase shopping_ads_retargeting_actions_days
  predict_impression frequency frequency_schedule purchased_impression purchased_reach budget scheduled_budget
  pre_discount_cpm cpm discount_amount discount_percentage pre_discount_budget bid_price conversion_bid_price
  roas_bid deep_cpa_bid next_day_retention rf_estimated_cpr rf_estimated_frequency create_time modify_time
  schedule_start_time schedule_end_time placements tiktok_subplacements age_groups household_income
  operating_systems network_types device_price_ranges topview_reach_range app_config included_custom_actions
  excluded_custom_actions schedule_infos actions blocked_pangle_app_ids location_ids zipcode_ids languages
  audience_ids excluded_audience_ids interest_category_ids interest_keyword_ids purchase_intention_keyword_ids
  included_pangle_audience_package_ids excluded_pangle_audience_package_ids device_model_ids carrier_ids
  isp_ids contextual_tag_ids category_exclusion_ids audience_rule custom_conversion_id product_set_id
  search_keywords automated_keywords_enabled campaign_automation_type
`)
