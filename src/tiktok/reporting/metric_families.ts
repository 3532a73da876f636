import { metrics } from './metrics.ts'

/** Lists of metrics that dimensions allow. Source: TikTok API for Business v1.3, Reporting, metrics by dimension. */

const WITH_CONVERSIONS = [
  'conversion',
  'cost_per_conversion',
  'conversion_rate',
  'real_time_conversion',
  'real_time_cost_per_conversion',
  'real_time_conversion_rate',
]
export const CLICKS: readonly string[] = ['spend', 'cpc', 'cpm', 'impressions', 'clicks', 'ctr']
export const CORE: readonly string[] = [...CLICKS, 'gross_impressions', ...WITH_CONVERSIONS]
export const RATES_V2: readonly string[] = ['conversion_rate_v2', 'real_time_conversion_rate_v2']
export const RESULTS: readonly string[] = [
  'result',
  'cost_per_result',
  'result_rate',
  'real_time_result',
  'real_time_cost_per_result',
  'real_time_result_rate',
]
export const VIDEO: readonly string[] = [
  'video_play_actions',
  'video_watched_2s',
  'video_watched_6s',
  'average_video_play',
  'video_views_p25',
  'video_views_p50',
  'video_views_p75',
  'video_views_p100',
]
export const SOCIAL: readonly string[] = [
  'clicks_on_music_disc',
  'follows',
  'likes',
  'comments',
  'shares',
  'profile_visits',
  'profile_visits_rate',
]
export const LANDING: readonly string[] = [
  'total_landing_page_view',
  'cost_per_landing_page_view',
  'landing_page_view_rate',
]
export const ENGAGED_VIEWS: readonly string[] = ['engaged_view', 'engaged_view_15s']
export const INSTANT_PAGE: readonly string[] = inGroup('instant_experience')
export const INSTANT_PAGE_COUNTS: readonly string[] = [
  'onsite_form',
  'onsite_download_start',
  'ix_page_view_count',
  'ix_button_click_count',
  'ix_product_click_count',
]
export const SHOP: readonly string[] = ['onsite_add_to_wishlist', 'ix_product_click_count', ...inGroup('shop')]
export const LIVE: readonly string[] = inGroup('live')
export const SKAN: readonly string[] = inGroup('skan')
export const SKAN_CONVERSIONS: readonly string[] = [
  'skan_conversion',
  'skan_app_install',
  'skan_cost_per_app_install',
  'skan_app_install_withheld',
]
/** What a basic report holds by country when it is asked for at once, and not as a task. */
export const BY_COUNTRY_AT_ONCE: readonly string[] = [
  ...RESULTS,
  ...['reach', 'frequency', 'live_product_clicks', 'real_time_app_install', 'real_time_app_install_cost'],
  ...['app_install', 'cost_per_app_install'],
  ...withCostAndRate('registration', 'purchase', 'complete_payment', 'page_browse_view', 'button_click'),
  ...withCostAndRate('online_consult', 'form', 'download_start'),
]
/** Figures that count people, or build on such a count: tasks do not give them with audience dimensions. */
export const COUNTING_PEOPLE: readonly string[] = [
  ...['reach', 'frequency', 'cost_per_1000_reached', 'average_video_play_per_user', 'live_play_count'],
  ...RESULTS,
]

function inGroup(group: string): readonly string[] {
  return [...metrics.values()].filter((metric) => metric.group === group).map(({ name }) => name)
}

function withCostAndRate(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, `cost_per_${name}`, `${name}_rate`])
}
