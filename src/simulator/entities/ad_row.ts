import { timeText } from '../world/calendar.ts'
import { mix } from '../world/draw.ts'
import { adStanding, stateOf } from '../world/state.ts'
import { adText } from '../world/titles.ts'
import type { Ad, Image, SmartPlusAd, Video } from '../world/world.ts'
import { identityOf } from './adgroup_row.ts'
import { appIdOf, switchOf } from './campaign_row.ts'
import type { Scene } from './endpoint_of.ts'
import { names, nullRow, type Row } from './fields.ts'
import { secondaryStatus } from './statuses.ts'

/** Fields of `/ad/get/`. */
export const AD_FIELDS = names(`
  advertiser_id campaign_id campaign_name adgroup_id adgroup_name ad_id ad_name smart_plus_ad_id identity_id
  identity_authorized_bc_id catalog_id product_set_id video_id music_id tiktok_item_id shopping_ads_video_package_id
  ad_text call_to_action_id card_id landing_page_url cpp_url phone_region_code phone_region_calling_code phone_number
  deeplink auto_message_id tracking_app_id tracking_message_event_set_id viewability_vast_url brand_safety_vast_url
  impression_tracking_url click_tracking_url playable_url video_view_tracking_url app_name display_name
  avatar_icon_web_uri profile_image_url page_id tracking_pixel_id campaign_system_origin campaign_automation_type
  identity_type product_specific_type ad_format vertical_video_strategy dynamic_format item_duet_status
  item_stitch_status dark_post_status call_to_action tiktok_page_category deeplink_type deeplink_format_type
  shopping_ads_deeplink_type shopping_ads_fallback_type fallback_type dynamic_destination aigc_disclosure_type
  disclaimer_type viewability_postbid_partner brand_safety_postbid_partner operation_status secondary_status
  creative_type optimization_event promotional_music_disabled branded_content_disabled vast_moat_enabled
  creative_authorized is_aco is_new_structure carousel_image_index create_time modify_time
  disclaimer_clickable_texts utm_params deeplink_utm_params showcase_products item_group_ids sku_ids image_ids ad_texts
  tracking_offline_event_set_ids disclaimer_text`)

/** Fields of `/smart_plus/ad/get/`. */
export const SMART_PLUS_AD_FIELDS = names(`
  smart_plus_ad_id ad_name campaign_id campaign_name adgroup_id adgroup_name advertiser_id create_time modify_time
  operation_status secondary_status creative_list ad_text_list call_to_action_list landing_page_url_list deeplink_list
  interactive_add_on_list auto_message_list page_list ad_configuration`)

const NULL_AD = nullRow(AD_FIELDS)
const CALLS = ['SHOP_NOW', 'LEARN_MORE', 'DOWNLOAD_NOW', 'SIGN_UP', 'ORDER_NOW']

/** One that was there before the ad was made. */
function chosen<T extends Video | Image>(all: readonly T[], { material, timeline }: Ad): T {
  const there = Math.max(1, all.findLastIndex(({ createdAt }) => createdAt <= timeline.createdAt) + 1)
  return all[material % there]!
}

/** The video an ad shows, one that was there before the ad. */
export const videoOf = (ad: Ad): Video => chosen(ad.adGroup.campaign.advertiser.videos, ad)
/** The image an ad shows, or its video's cover. */
export const imageOf = (ad: Ad): Image => chosen(ad.adGroup.campaign.advertiser.images, ad)

/** Every fourth ad goes nowhere, as do those whose goal is on TikTok. */
function landingPageOf(ad: Ad): string | null {
  const { goal } = ad.adGroup.campaign
  if (goal.promotion_type !== 'WEBSITE' || mix(ad.material, 91) % 4 === 0) return null
  return `https://shop.example.com/p/${ad.material % 97}?utm_source=tiktok&utm_medium=paid&utm_campaign=__CAMPAIGN_ID__&utm_content=${ad.id}`
}

function creative(ad: Ad): Row {
  const hasVideo = ad.ad_format === 'SINGLE_VIDEO'
  const cover = imageOf(ad).image_id
  return {
    ad_format: ad.ad_format,
    video_id: hasVideo ? videoOf(ad).video_id : null,
    image_ids: ad.ad_format === 'CAROUSEL_ADS' ? [cover, cover] : [cover],
    tiktok_item_id: postIdOf(ad),
  }
}

/** The TikTok post that is shown, for Spark ads. */
const postIdOf = (ad: Ad): string | null =>
  ad.isSpark ? `7${ad.id.slice(1, 10)}${String(ad.material).slice(-9).padStart(9, '0')}` : null

/** One in three creatives of Smart+ comes without `modify_time`, as seen at TikTok. */
const lacksModifyTime = (ad: Ad) => ad.adGroup.campaign.automation !== 'MANUAL' && ad.material % 3 === 0

/** An ad, or a creative of an upgraded Smart+ ad, as `/ad/get/` gives it. */
export function adRow(ad: Ad, scene: Scene): Row {
  const { adWorld, now } = scene
  const { adGroup } = ad
  const { campaign } = adGroup
  const state = stateOf(adWorld, ad, now)
  const { identity_id, identity_type, display_name } = identityOf(adGroup)
  const text = adText(state.version, ad.material)
  return {
    ...NULL_AD,
    advertiser_id: campaign.advertiser.advertiser_id,
    campaign_id: campaign.id,
    campaign_name: stateOf(adWorld, campaign, now).name,
    adgroup_id: adGroup.id,
    adgroup_name: stateOf(adWorld, adGroup, now).name,
    ad_id: ad.id,
    ad_name: state.name,
    smart_plus_ad_id: ad.smartPlusAd?.id ?? null,
    campaign_system_origin: campaign.origin,
    campaign_automation_type: ad.smartPlusAd === null ? campaign.automation : 'UPGRADED_SMART_PLUS_CREATIVE',
    identity_id,
    identity_type: ad.isSpark ? 'AUTH_CODE' : identity_type,
    display_name,
    ...creative(ad),
    ad_text: text,
    ad_texts: [text],
    call_to_action: CALLS[ad.material % CALLS.length],
    landing_page_url: landingPageOf(ad),
    tracking_app_id: appIdOf(campaign, scene.world),
    optimization_event: campaign.goal.optimization_event,
    operation_status: switchOf(state.operation),
    secondary_status: secondaryStatus('AD', adStanding(adWorld, ad, now)),
    creative_type: null,
    creative_authorized: false,
    promotional_music_disabled: false,
    branded_content_disabled: false,
    vast_moat_enabled: false,
    is_aco: campaign.automation === 'SMART_PLUS',
    is_new_structure: true,
    carousel_image_index: 0,
    utm_params: [],
    create_time: timeText(ad.timeline.createdAt),
    modify_time: lacksModifyTime(ad) ? null : timeText(state.modifiedAt),
  }
}

function creativeItem(ad: Ad, scene: Scene): Row {
  const { identity_id, identity_type } = identityOf(ad.adGroup)
  const video = videoOf(ad)
  const { operation } = stateOf(scene.adWorld, ad, scene.now)
  return {
    ad_material_id: ad.id,
    material_operation_status: switchOf(operation),
    creative_info: {
      ad_format: ad.ad_format,
      identity_id,
      identity_type,
      material_name: ad.name,
      image_info: [{ web_uri: imageOf(ad).image_id }],
      ...(ad.ad_format === 'SINGLE_VIDEO' && { video_info: { video_id: video.video_id, file_name: video.file_name } }),
      ...(ad.isSpark && { tiktok_item_id: postIdOf(ad) }),
    },
  }
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)]

/** An ad of an upgraded Smart+ campaign as `/smart_plus/ad/get/` gives it; one in three has no `modify_time`. */
export function smartPlusAdRow(smart: SmartPlusAd, scene: Scene): Row {
  const { adWorld, now } = scene
  const { adGroup } = smart
  const { campaign } = adGroup
  const state = stateOf(adWorld, smart, now)
  const { identity_id, identity_type } = identityOf(adGroup)
  const creatives = smart.creatives.filter(({ timeline }) => timeline.createdAt <= now)
  const pages = distinct(smart.creatives.flatMap((ad) => landingPageOf(ad)?.split('?')[0] ?? []))
  return {
    smart_plus_ad_id: smart.id,
    ad_name: state.name,
    advertiser_id: campaign.advertiser.advertiser_id,
    campaign_id: campaign.id,
    campaign_name: stateOf(adWorld, campaign, now).name,
    adgroup_id: adGroup.id,
    adgroup_name: stateOf(adWorld, adGroup, now).name,
    operation_status: switchOf(state.operation),
    secondary_status: secondaryStatus('AD', adStanding(adWorld, smart, now)),
    create_time: timeText(smart.timeline.createdAt),
    modify_time: mix(smart.timeline.createdAt / 1000) % 3 === 0 ? null : timeText(state.modifiedAt),
    creative_list: creatives.map((ad) => creativeItem(ad, scene)),
    ad_text_list: distinct(creatives.map((ad) => adText(state.version, ad.material))).map((ad_text) => ({ ad_text })),
    call_to_action_list: [{ call_to_action: 'LEARN_MORE' }],
    landing_page_url_list: pages.map((landing_page_url) => ({ landing_page_url })),
    deeplink_list: [],
    interactive_add_on_list: [],
    auto_message_list: [],
    page_list: [],
    ad_configuration: { identity_id, identity_type, dark_post_status: 'ON', utm_params: [] },
  }
}
