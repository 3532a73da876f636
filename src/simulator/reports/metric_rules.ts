import { MESSAGE } from '../messages.ts'
import { DIMENSIONS, METRICS, type Metric } from './catalog.ts'
import { breakdownsOf, idDimensionOf, levelOf, type ReportQuery, timeDimensionOf } from './query.ts'
import type { Rule } from './rules.ts'

/** Whether a metric is refused with a report. */
type Objection = (metric: Metric, query: ReportQuery) => boolean

const ofOtherReport: Objection = ({ reports }, { reportType }) => !reports.includes(reportType)

const ofOtherLevel: Objection = ({ levels }, query) => query.reportType !== 'BC' && !levels.includes(levelOf(query))

/** R11: an attribute is of an object, so rows must name one. */
const withoutObject: Objection = ({ kind }, query) => kind === 'attribute' && idDimensionOf(query) === null

const SEARCH = ['search_terms', 'search_keyword', 'match_type']

function isAllowedBy(name: string, { reportType, isAsync }: ReportQuery, metric: Metric): boolean {
  const allowed = DIMENSIONS.get(name)?.metrics
  if (allowed === undefined || (reportType !== 'BASIC' && reportType !== 'AUDIENCE')) return true
  if (metric.kind === 'attribute') return !SEARCH.includes(name)
  const lists = [allowed[reportType] ?? '', !isAsync && reportType === 'BASIC' ? (allowed.BASIC_SYNC ?? '') : '']
  return lists.some((list) => list.split(' ').includes(metric.name))
}

/** R12: some dimensions come with a list of their own. */
const outsideList: Objection = (metric, query) => query.dimensions.some((name) => !isAllowedBy(name, query, metric))

/** Documented for few audience dimensions, which all have a list; TikTok refuses them with the others. */
const WITH_LIST_ONLY: ReadonlySet<string> = new Set(
  (
    'video_play_actions video_watched_2s video_watched_6s video_views_p25 video_views_p50 video_views_p75 video_views_p100 ' +
    'average_video_play engaged_view engaged_view_15s clicks_on_music_disc follows likes comments shares profile_visits ' +
    'profile_visits_rate total_landing_page_view cost_per_landing_page_view landing_page_view_rate'
  ).split(' '),
)

const ofFewAudiences: Objection = ({ name }, query) =>
  query.reportType === 'AUDIENCE' &&
  WITH_LIST_ONLY.has(name) &&
  breakdownsOf(query).every((breakdown) => DIMENSIONS.get(breakdown)?.metrics === undefined)

/** R17 */
const ofWholeDays: Objection = ({ name }, query) =>
  (name === 'cash_spend' || name === 'voucher_spend') &&
  (query.isLifetime || timeDimensionOf(query) === 'stat_time_hour')

/** R18, first half. */
const ofImages: Objection = ({ name }, { dimensions }) =>
  name.startsWith('single_image_') && !dimensions.includes('image_id')

const OF_OBJECTS = /^(paid_engaged_view|paid_engagement_engaged_view|new_consideration_|cost_per_consideration$)/

/** R18, second half: one id, alone or by day. */
const ofObjects: Objection = ({ name }, query) =>
  OF_OBJECTS.test(name) &&
  (idDimensionOf(query) === null || breakdownsOf(query).length > 0 || timeDimensionOf(query) === 'stat_time_hour')

const DISTINCT =
  /^(reach|frequency|cost_per_1000_reached|average_video_play_per_user|live_play_count|(real_time_)?(cost_per_)?result(_rate)?|real_time_cost_per_result)$/

/** R21 */
const distinctInTask: Objection = ({ name }, { isAsync, dimensions }) =>
  isAsync && DISTINCT.test(name) && dimensions.some((dimension) => DIMENSIONS.get(dimension)?.kind === 'audience')

const billedInTask: Objection = ({ name }, { isAsync, reportType }) =>
  name === 'billed_cost' && isAsync && reportType === 'BASIC'

/** The id of the other kind of ad. */
const idOfOtherAd: Objection = ({ name }, { dimensions }) => name === 'ad_id' && dimensions.includes('ad_id_v2')

const LIVE_ROOMS =
  /^(spend|cp[cm]|(gross_)?impressions|clicks|ctr|.*conversion.*|live_.*|onsite_add_to_wishlist|ix_product_click_count|.*onsite_(shopping|initiate|on_web).*|shop_.*)$/
const VIDEOS = /^(video_.*|average_video_play|engaged_view.*)$/

/** Dimensions whose metrics are documented in words. */
const outsideWords: Objection = ({ name, kind }, { dimensions }) => {
  if (kind === 'attribute') return false
  if (dimensions.includes('skan_postback_sequence')) return !name.startsWith('skan_')
  if (dimensions.includes('room_id')) return !LIVE_ROOMS.test(name)
  return dimensions.includes('post_id') && !LIVE_ROOMS.test(name) && !VIDEOS.test(name)
}

const OBJECTIONS: readonly Objection[] = [
  ofOtherReport,
  ofOtherLevel,
  withoutObject,
  outsideList,
  ofFewAudiences,
  ofWholeDays,
  ofImages,
  ofObjects,
  distinctInTask,
  billedInTask,
  idOfOtherAd,
  outsideWords,
]

const isRefused = (name: string, query: ReportQuery): boolean => {
  const metric = METRICS.get(name)
  return metric === undefined || OBJECTIONS.some((objects) => objects(metric, query))
}

/** Names what cannot be asked for, all of it at once, as TikTok does. */
const metrics: Rule = (query) => {
  const wrong = query.metrics.filter((name) => isRefused(name, query))
  return wrong.length === 0 ? null : MESSAGE.metrics(wrong)
}

/** R25: by a metric that was asked for and is no attribute. */
const order: Rule = ({ orderField, metrics }) => {
  if (orderField === null) return null
  const isFigure = metrics.includes(orderField) && METRICS.get(orderField)?.kind !== 'attribute'
  return isFigure ? null : MESSAGE.invalid('order_field', 'must be one of the requested metrics')
}

/** Rules about metrics, in TikTok's order. */
export const METRIC_RULES: readonly Rule[] = [metrics, order]
