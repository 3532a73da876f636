import { queryOf, type ReportDraft } from '../tiktok/reporting/check_report.ts'
import { whyNotMetric } from '../tiktok/reporting/metric_rules.ts'

/** Ids of the objects above, which TikTok gives as metrics. */
const PARENTS: readonly string[] = ['adgroup_id', 'campaign_id']

/** What most people ask of TikTok: delivery, results, video, social, and what came of it in apps and on websites. */
const FIGURES: readonly string[] = [
  ...['spend', 'impressions', 'clicks', 'reach', 'frequency', 'cpc', 'cpm', 'ctr', 'cost_per_1000_reached'],
  ...['conversion', 'cost_per_conversion', 'conversion_rate'],
  ...['real_time_conversion', 'real_time_cost_per_conversion', 'real_time_conversion_rate'],
  ...['result', 'cost_per_result', 'result_rate'],
  ...['real_time_result', 'real_time_cost_per_result', 'real_time_result_rate'],
  ...['secondary_goal_result', 'cost_per_secondary_goal_result', 'secondary_goal_result_rate'],
  ...['video_play_actions', 'video_watched_2s', 'video_watched_6s'],
  ...['video_views_p25', 'video_views_p50', 'video_views_p75', 'video_views_p100'],
  ...['average_video_play', 'average_video_play_per_user'],
  ...['likes', 'comments', 'shares', 'follows', 'profile_visits', 'profile_visits_rate', 'clicks_on_music_disc'],
  ...['total_purchase_value', 'total_sales_lead_value'],
  ...['total_landing_page_view', 'total_pageview', 'online_consult'],
  ...['complete_payment', 'total_complete_payment_rate', 'complete_payment_roas'],
  ...['button_click', 'user_registration', 'page_content_view_events'],
  ...['web_event_add_to_cart', 'total_web_event_add_to_cart_value'],
  ...['form', 'initiate_checkout', 'on_web_order'],
]

/** The usual metrics of a report, as far as TikTok gives them at its level and beside its breakdowns; parents' ids first. */
export function usualMetrics(draft: Omit<ReportDraft, 'metrics'>): readonly string[] {
  const query = queryOf({ ...draft, metrics: [] })
  return [...PARENTS, ...FIGURES].filter((name) => whyNotMetric(name, query) === null)
}
