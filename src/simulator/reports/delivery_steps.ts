import type { Ad } from '../world/world.ts'
import { columnOf } from './columns.ts'
import { chance } from './scatter.ts'

/**
 * One count made from another: of the parent's events, `rate` lead to one of these, evenly. So at any moment, and in any
 * part of the day, a step has no more of them than its parent when the rate is at most 1.
 */
export interface Step {
  readonly column: number
  readonly parent: number
  rate(ad: Ad): number
}

const step = (name: string, parent: string, rate: Step['rate']): Step => ({
  column: columnOf(name),
  parent: columnOf(parent),
  rate,
})

const isVideo = ({ ad_format }: Ad) => ad_format === 'SINGLE_VIDEO'
const goalOf = (ad: Ad) => ad.adGroup.campaign.goal
const quality = (ad: Ad) => ad.delivery.quality

/** A rate of the ad's own around `usual`, between half of it and half as much again. */
const about =
  (usual: number, salt: number): Step['rate'] =>
  (ad) =>
    usual * (0.5 + chance(ad.delivery.seed, salt))

/** Not every advertiser sends every event. */
const sometimes =
  (usual: number, salt: number): Step['rate'] =>
  (ad) =>
    goalOf(ad).leg === 'web' && chance(ad.adGroup.campaign.advertiser.createdAt / 1000, salt) < 0.6
      ? usual * (0.5 + chance(ad.delivery.seed, salt))
      : 0

const ofGoal =
  (metric: string): Step['rate'] =>
  (ad) =>
    goalOf(ad).funnel.find((one) => one.metric === metric)?.share ?? 0

/** Traffic to a website lands there too, though nothing more is counted. */
const landing: Step['rate'] = (ad) =>
  ofGoal('total_landing_page_view')(ad) || (goalOf(ad).promotion_type === 'WEBSITE' ? 0.8 : 0)

const whenVideo =
  (rate: Step['rate']): Step['rate'] =>
  (ad) =>
    isVideo(ad) ? rate(ad) : 0

const ofLeg =
  (leg: string, rate: number): Step['rate'] =>
  (ad) =>
    goalOf(ad).leg === leg ? rate : 0

/** What is there the moment it happens, from the impression down. A step comes after its parent. */
export const STEPS: readonly Step[] = [
  step('gross_impressions', 'impressions', () => 1.013),
  step('clicks', 'impressions', (ad) => ad.delivery.clickRate),
  step(
    'video_play_actions',
    'impressions',
    whenVideo(() => 0.96),
  ),
  step('video_watched_2s', 'video_play_actions', (ad) => 0.22 + 0.4 * quality(ad)),
  step('video_watched_6s', 'video_watched_2s', (ad) => 0.25 + 0.4 * quality(ad)),
  step('video_views_p25', 'video_play_actions', (ad) => 0.24 + 0.34 * quality(ad)),
  step('video_views_p50', 'video_views_p25', (ad) => 0.42 + 0.2 * quality(ad)),
  step('video_views_p75', 'video_views_p50', (ad) => 0.55 + 0.2 * quality(ad)),
  step('video_views_p100', 'video_views_p75', (ad) => 0.5 + 0.4 * quality(ad)),
  step('watched_ms', 'video_play_actions', (ad) => 1600 + 5200 * quality(ad)),
  step('engaged_view', 'video_watched_6s', () => 0.97),
  step('engaged_view_15s', 'engaged_view', (ad) => 0.2 + 0.4 * quality(ad)),
  step('paid_engagement_engaged_view', 'engaged_view', () => 0.05),
  step('paid_engagement_engaged_view_15s', 'engaged_view_15s', () => 0.05),
  step('likes', 'impressions', (ad) => 0.001 + 0.008 * quality(ad)),
  step('comments', 'likes', about(0.04, 61)),
  step('shares', 'likes', about(0.05, 62)),
  step('follows', 'impressions', (ad) => (goalOf(ad).result === 'follows' ? 0.006 : 0.0003) * (0.5 + quality(ad))),
  step('profile_visits', 'impressions', about(0.0012, 63)),
  step('clicks_on_music_disc', 'impressions', whenVideo(about(0.0002, 64))),
  step('duet_clicks', 'impressions', whenVideo(about(0.00002, 65))),
  step('stitch_clicks', 'impressions', whenVideo(about(0.00001, 66))),
  step('sound_usage_clicks', 'impressions', whenVideo(about(0.00003, 67))),
  step('anchor_clicks', 'clicks', about(0.03, 68)),
  step('total_landing_page_view', 'clicks', landing),
  step('total_pageview', 'total_landing_page_view', about(2.2, 69)),
  step('page_content_view_events', 'total_landing_page_view', ofGoal('page_content_view_events')),
  step('button_click', 'total_landing_page_view', sometimes(0.2, 71)),
  step('page_event_search', 'total_landing_page_view', sometimes(0.06, 72)),
  step('on_web_add_to_wishlist', 'page_content_view_events', sometimes(0.03, 73)),
  step('user_registration', 'total_landing_page_view', sometimes(0.025, 74)),
  step('online_consult', 'total_landing_page_view', sometimes(0.008, 75)),
  step('form', 'total_landing_page_view', sometimes(0.012, 76)),
  step('download_start', 'total_landing_page_view', sometimes(0.006, 77)),
  step('on_web_subscribe', 'total_landing_page_view', sometimes(0.004, 78)),
  step('onsite_on_web_detail', 'clicks', ofGoal('onsite_on_web_detail')),
  step('ix_page_view_count', 'clicks', ofLeg('lead', 0.9)),
  step('ix_button_click_count', 'ix_page_view_count', ofLeg('lead', 0.2)),
]

const AT: ReadonlyMap<number, Step> = new Map(STEPS.map((one) => [one.column, one]))

/** The steps that columns are made by, with all they are made from, parents first. */
export function stepsFor(columns: ReadonlySet<number>): readonly Step[] {
  const wanted = new Set<number>()
  const want = (column: number): void => {
    const found = AT.get(column)
    if (found === undefined || wanted.has(column)) return
    wanted.add(column)
    want(found.parent)
  }
  for (const column of columns) want(column)
  return STEPS.filter(({ column }) => wanted.has(column))
}
