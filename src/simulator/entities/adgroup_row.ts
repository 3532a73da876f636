import { DAY_MS, timeText } from '../world/calendar.ts'
import { mix } from '../world/draw.ts'
import { adGroupStanding, budgetOf, stateOf } from '../world/state.ts'
import type { AdGroup, Identity } from '../world/world.ts'
import { appIdOf, switchOf } from './campaign_row.ts'
import type { Scene } from './endpoint_of.ts'
import { names, nullRow, type Row } from './fields.ts'
import { pixelIdOf } from './pixel_id.ts'
import { secondaryStatus } from './statuses.ts'

/** Fields of `/adgroup/get/`. */
export const ADGROUP_FIELDS = names(`
  advertiser_id campaign_id campaign_name adgroup_id adgroup_name identity_id identity_authorized_bc_id catalog_id
  catalog_authorized_bc_id store_id store_authorized_bc_id messaging_app_account_id phone_region_code
  phone_region_calling_code phone_number app_id app_download_url pixel_id deep_funnel_event_source_id
  min_android_version min_ios_version saved_audience_id brand_safety_partner vertical_sensitivity_id dayparting
  message_event_set_id statistic_type split_test_group_id split_test_status campaign_system_origin
  campaign_automation_type promotion_type shopping_ads_type identity_type product_source promotion_target_type
  messaging_app_type promotion_website_type app_type optimization_event deep_funnel_optimization_status
  deep_funnel_event_source deep_funnel_optimization_event placement_type audience_type shopping_ads_retargeting_type
  shopping_ads_retargeting_custom_audience_relation gender spending_power ios14_targeting ios14_quota_type
  brand_safety_type budget_mode schedule_type discount_type delivery_mode optimization_goal
  secondary_optimization_event bid_type deep_bid_type vbo_window bid_display_mode cpv_video_duration
  click_attribution_window engaged_view_attribution_window view_attribution_window attribution_event_count
  billing_event pacing operation_status secondary_status creative_material_mode adgroup_app_profile_page_state
  feed_type rf_purchased_type is_smart_performance_campaign search_result_enabled comment_disabled
  video_download_disabled share_disabled auto_targeting_enabled exclude_age_under_eighteen smart_audience_enabled
  smart_interest_behavior_enabled inventory_filter_enabled is_hfss is_lhf_compliance is_new_structure
  skip_learning_phase shopping_ads_retargeting_actions_days predict_impression frequency frequency_schedule
  purchased_impression purchased_reach budget scheduled_budget pre_discount_cpm cpm discount_amount
  discount_percentage pre_discount_budget bid_price conversion_bid_price roas_bid deep_cpa_bid next_day_retention
  rf_estimated_cpr rf_estimated_frequency create_time modify_time schedule_start_time schedule_end_time placements
  tiktok_subplacements age_groups household_income operating_systems network_types device_price_ranges
  topview_reach_range app_config included_custom_actions excluded_custom_actions schedule_infos actions
  blocked_pangle_app_ids location_ids zipcode_ids languages audience_ids excluded_audience_ids interest_category_ids
  interest_keyword_ids purchase_intention_keyword_ids included_pangle_audience_package_ids
  excluded_pangle_audience_package_ids device_model_ids carrier_ids isp_ids contextual_tag_ids category_exclusion_ids
  audience_rule`)

/** Fields of `/smart_plus/adgroup/get/`. */
export const SMART_PLUS_ADGROUP_FIELDS = names(`
  adgroup_id adgroup_name advertiser_id app_id attribution_event_count bid_price bid_type billing_event budget
  budget_mode campaign_id campaign_name catalog_authorized_bc_id catalog_id click_attribution_window comment_disabled
  conversion_bid_price create_time custom_conversion_id dayparting deep_bid_type deep_cpabid deep_funnel_event_source
  deep_funnel_event_source_id deep_funnel_optimization_event deep_funnel_toggle engaged_view_attribution_window
  identity_authorized_bc_id identity_id identity_type incentive_offer_type message_event_set_id
  messaging_app_account_id messaging_app_type min_budget modify_time movie_premiere_date operation_status
  optimization_event optimization_goal pacing phone_info pixel_id placement_type placements product_set_id
  product_source promotion_target_type promotion_type promotion_website_type roas_bid schedule_end_time
  schedule_start_time schedule_type scheduled_budget search_result_enabled secondary_optimization_event
  secondary_status share_disabled skip_learning_phase suggestion_audience_enabled targeting_optimization_mode
  targeting_spec vbo_window video_download_disabled view_attribution_window zalo_id_type`)

const NULL_ADGROUP = nullRow(ADGROUP_FIELDS)
const EMPTY_LISTS: Row = Object.fromEntries(
  names(`household_income network_types device_price_ranges included_custom_actions excluded_custom_actions actions
    blocked_pangle_app_ids zipcode_ids excluded_audience_ids interest_category_ids interest_keyword_ids
    purchase_intention_keyword_ids device_model_ids carrier_ids isp_ids contextual_tag_ids category_exclusion_ids`).map(
    (name) => [name, []],
  ),
)

/** TikTok names places by GeoNames' ids. */
const LOCATIONS: Readonly<Record<string, string>> = {
  US: '6252001',
  CA: '6251999',
  GB: '2635167',
  DE: '2921044',
  AT: '2782113',
  CH: '2658434',
  FR: '3017382',
  BE: '2802361',
  JP: '1861060',
}
const EVERY_HOUR = '1'.repeat(48 * 7)
/** The end TikTok gives to what has none. */
const ENDLESS_MS = 3650 * DAY_MS

/** The name an ad group's ads appear under. */
export function identityOf({ campaign, identity }: AdGroup): Identity {
  const { identities } = campaign.advertiser
  return identities[identity % identities.length]!
}

/** The pixel that web campaigns of this account report to, or null. */
function pixelIdFor({ campaign }: AdGroup, { world }: Scene): string | null {
  if (campaign.goal.leg !== 'web') return null
  const owner = campaign.advertiser.advertiser_id
  const code = Object.entries(world.pixels).find(([, { advertiser_id }]) => advertiser_id === owner)?.[0]
  return code === undefined ? null : pixelIdOf(code)
}

function budgetFor(adGroup: AdGroup, { adWorld, now }: Scene) {
  const { campaign } = adGroup
  if (campaign.isBudgetOptimised) return { budget_mode: 'BUDGET_MODE_INFINITE', budget: 0 }
  const budget = budgetOf(adGroup, stateOf(adWorld, adGroup, now))
  return campaign.buyingType === 'AUCTION'
    ? { budget_mode: 'BUDGET_MODE_DAY', budget }
    : { budget_mode: 'BUDGET_MODE_TOTAL', budget: budget * 30 }
}

/** What both endpoints say about an ad group. */
function common(adGroup: AdGroup, scene: Scene): Row {
  const { adWorld, now } = scene
  const { campaign, windows, timeline, startsAt, endsAt } = adGroup
  const { goal } = campaign
  const state = stateOf(adWorld, adGroup, now)
  const { identity_id, identity_type } = identityOf(adGroup)
  return {
    advertiser_id: campaign.advertiser.advertiser_id,
    campaign_id: campaign.id,
    campaign_name: stateOf(adWorld, campaign, now).name,
    adgroup_id: adGroup.id,
    adgroup_name: state.name,
    identity_id,
    identity_type,
    app_id: appIdOf(campaign, scene.world),
    pixel_id: pixelIdFor(adGroup, scene),
    promotion_type: goal.promotion_type,
    placement_type: 'PLACEMENT_TYPE_NORMAL',
    placements: adGroup.placements,
    ...budgetFor(adGroup, scene),
    schedule_type: endsAt === null ? 'SCHEDULE_FROM_NOW' : 'SCHEDULE_START_END',
    schedule_start_time: timeText(startsAt),
    schedule_end_time: timeText(endsAt ?? startsAt + ENDLESS_MS),
    dayparting: EVERY_HOUR,
    optimization_goal: goal.optimization_goal,
    optimization_event: goal.optimization_event,
    billing_event: goal.billing_event,
    bid_type: 'BID_TYPE_NO_BID',
    bid_price: 0,
    conversion_bid_price: 0,
    roas_bid: 0,
    pacing: 'PACING_MODE_SMOOTH',
    click_attribution_window: windows.click,
    view_attribution_window: windows.view,
    engaged_view_attribution_window: windows.engagedView,
    attribution_event_count: windows.eventCount,
    comment_disabled: false,
    share_disabled: false,
    video_download_disabled: false,
    search_result_enabled: true,
    skip_learning_phase: false,
    operation_status: switchOf(state.operation),
    secondary_status: secondaryStatus('ADGROUP', adGroupStanding(adWorld, adGroup, now)),
    create_time: timeText(timeline.createdAt),
    modify_time: timeText(state.modifiedAt),
  }
}

/** Who is to see it. */
function targeting(adGroup: AdGroup): Row {
  const { audiences } = adGroup.campaign.advertiser
  const seed = mix(adGroup.identity, 81)
  return {
    age_groups: adGroup.age_groups,
    gender: adGroup.gender,
    languages: adGroup.languages,
    operating_systems: adGroup.operating_systems,
    location_ids: adGroup.countries.map((country) => LOCATIONS[country] ?? LOCATIONS['US']),
    spending_power: 'ALL',
    audience_ids: seed % 4 === 0 ? [audiences[seed % audiences.length]!.audience_id] : [],
  }
}

function reservation(adGroup: AdGroup, scene: Scene): Row {
  if (adGroup.campaign.buyingType === 'AUCTION') return {}
  const { budget } = budgetFor(adGroup, scene)
  const cpm = adGroup.campaign.advertiser.perDollar * 8
  const purchased_impression = Math.round((budget / cpm) * 1000)
  return {
    rf_purchased_type: 'FIXED_BUDGET',
    frequency: 3,
    frequency_schedule: 7,
    cpm,
    scheduled_budget: budget,
    purchased_impression,
    purchased_reach: Math.round(purchased_impression / 3),
  }
}

/** An ad group as `/adgroup/get/` gives it. */
export const adGroupRow = (adGroup: AdGroup, scene: Scene): Row => ({
  ...NULL_ADGROUP,
  ...EMPTY_LISTS,
  ...common(adGroup, scene),
  ...targeting(adGroup),
  ...reservation(adGroup, scene),
  campaign_system_origin: adGroup.campaign.origin,
  campaign_automation_type: adGroup.campaign.automation,
  is_smart_performance_campaign: adGroup.campaign.automation === 'SMART_PLUS',
  creative_material_mode: adGroup.campaign.automation === 'SMART_PLUS' ? 'DYNAMIC' : 'CUSTOM',
  audience_type: 'NORMAL_AUDIENCE',
  brand_safety_type: 'NO_BRAND_SAFETY',
  auto_targeting_enabled: false,
  exclude_age_under_eighteen: false,
  smart_audience_enabled: false,
  smart_interest_behavior_enabled: false,
  inventory_filter_enabled: false,
  is_hfss: false,
  is_lhf_compliance: false,
  is_new_structure: true,
  deep_cpa_bid: 0,
  next_day_retention: 0,
  statistic_type: 'NONE',
})

/** An ad group as `/smart_plus/adgroup/get/` gives it. */
export const smartPlusAdGroupRow = (adGroup: AdGroup, scene: Scene): Row => ({
  ...common(adGroup, scene),
  targeting_optimization_mode: 'AUTOMATIC',
  targeting_spec: targeting(adGroup),
  suggestion_audience_enabled: true,
})
