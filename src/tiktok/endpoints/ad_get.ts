import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, type EntityFilter, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface AdGetParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  /** Only these fields of each; all when not given. */
  readonly fields?: readonly string[]
  /** 1 to 1000; 10 when not given. */
  readonly page_size?: number
}

/** Ads of an advertiser, newest first, with all their fields; of upgraded Smart+ ads their creatives. */
export const adGet: Endpoint<AdGetParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/ad/get/',
  docs: 'TikTok API for Business v1.3, Ad, Get ads',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'ad_id'),
}

/** What TikTok documents of an ad, in /ad/get/. */
export const AD_FIELDS: ReadonlySet<string> = namesOf(`
  advertiser_id campaign_id campaign_name adgroup_id adgroup_name ad_id ad_name identity_id
  identity_authorized_bc_id catalog_id product_set_id video_id music_id tiktok_item_id
  shopping_ads_video_package_id ad_text call_to_action_id card_id landing_page_url cpp_url phone_region_code
  phone_region_calling_code phone_number deeplink auto_message_id tracking_app_id
  tracking_message_event_set_id viewability_vast_url brand_safety_vast_url impression_tracking_url
  click_tracking_url playable_url video_view_tracking_url app_name display_name avatar_icon_web_uri
  profile_image_url page_id tracking_pixel_id campaign_system_origin identity_type product_specific_type
  ad_format vertical_video_strategy dynamic_format item_duet_status item_stitch_status dark_post_status
  call_to_action tiktok_page_category deeplink_type deeplink_format_type shopping_ads_deeplink_type
  shopping_ads_fallback_type fallback_type dynamic_destination aigc_disclosure_type disclaimer_type
  viewability_postbid_partner brand_safety_postbid_partner operation_status secondary_status creative_type
  optimization_event promotional_music_disabled branded_content_disabled vast_moat_enabled creative_authorized
  is_aco is_new_structure carousel_image_index create_time modify_time disclaimer_clickable_texts utm_params
  deeplink_utm_params showcase_products item_group_ids sku_ids image_ids ad_texts
  tracking_offline_event_set_ids disclaimer_text landing_page_urls shopping_deeplink_type image_mode
  smart_plus_ad_id campaign_automation_type
`)
