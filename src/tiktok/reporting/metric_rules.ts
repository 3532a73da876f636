import { suggestion } from '../../core/nearest.ts'
import { dimensions } from './dimensions.ts'
import { COUNTING_PEOPLE } from './metric_families.ts'
import { isAttribute, type Metric, metrics, metricsElsewhere } from './metrics.ts'
import { atField, atMetric, inWords, type QueryProblem, type ReportQuery, type ReportRule } from './query.ts'
import { ID_DIMENSION, LEVEL_WORDS, levelOf } from './report_words.ts'

/** Most metrics of one call. */
export const METRICS_MAX = 100

/** A reason against one metric, with the rule it comes from; null when there is none. */
type MetricCheck = (metric: Metric, query: ReportQuery) => string | null

const NEEDS_ID_ALONE = /^paid_(engagement_)?engaged_view|^new_consideration_|^cost_per_consideration$/
const AT_ONCE_BY_AD_TYPE = ['skan_cost_per_conversion', 'skan_conversion_rate']
const CASH = ['cash_spend', 'voucher_spend']

const CHECKS: readonly (readonly [string, MetricCheck])[] = [
  ['R11', checkAttribute],
  ['R12', checkReport],
  ['R12', checkDimensions],
  ['R17', checkCash],
  ['R12', checkLevel],
  ['R18', checkCompany],
  ['R21', checkTask],
]

/** Rules on what stands in a row. */
export const metricRules: readonly ReportRule[] = [
  { id: 'R12', reports: ['BASIC', 'AUDIENCE'], check: ({ metrics: names }) => names.flatMap(checkKnown) },
  ...CHECKS.map(([id, check]) => ({ id, reports: ['BASIC', 'AUDIENCE'] as const, check: each(check) })),
  {
    id: 'R25',
    reports: null,
    check: ({ metrics: names, order_field }) => [
      ...(names.length > METRICS_MAX
        ? [atField('metrics', `${names.length} metrics are more than the ${METRICS_MAX} of one call; ask in parts`)]
        : []),
      ...(order_field !== null && (!names.includes(order_field) || isAttribute(order_field))
        ? [atField('order_field', `rows can only be sorted by a figure that is asked for, and ${order_field} is none`)]
        : []),
    ],
  },
  { id: null, reports: ['BASIC', 'AUDIENCE'], check: ({ metrics: names }) => names.flatMap(checkTwin) },
]

/** Why a metric may not stand in a report, by the first rule that says so; null when it may. */
export function whyNotMetric(
  name: string,
  query: ReportQuery,
): { readonly rule: string; readonly message: string } | null {
  const metric = metrics.get(name)
  if (metric === undefined) return { rule: 'R12', message: sayUnknown(name) }
  for (const [rule, check] of CHECKS) {
    const message = check(metric, query)
    if (message !== null) return { rule, message }
  }
  return null
}

function each(check: MetricCheck): ReportRule['check'] {
  return (query) =>
    query.metrics.flatMap((name) => {
      const metric = metrics.get(name)
      const message = metric === undefined ? null : check(metric, query)
      return message === null ? [] : [atMetric(name, message)]
    })
}

function checkKnown(name: string): readonly QueryProblem[] {
  return metrics.has(name) ? [] : [atMetric(name, sayUnknown(name))]
}

function sayUnknown(name: string): string {
  const others = metricsElsewhere.get(name)
  if (others)
    return `${name} is a metric of ${inWords(others.map((one) => one.toUpperCase()))} reports only; leave it out`
  return `"${name}" is no metric of TikTok's reports${suggestion(name, [...metrics.keys()])}; leave it out or correct it`
}

function checkAttribute({ name, group, levels }: Metric, query: ReportQuery): string | null {
  if (group !== 'attribute') return null
  const id = query.dimensions.find((one) => dimensions.get(one)?.kind === 'id')
  if (id === undefined)
    return `${name} describes an object, and the rows are about none; add the id of one as dimension`
  const level = levelOf(query.data_level)
  if (name === id || (level !== null && name === ID_DIMENSION[level] && !levels.includes(level))) {
    return `${name} is the dimension of this level already; leave it out`
  }
  if (name === 'ad_id' && id === 'ad_id_v2') return 'ad_id does not go with ad_id_v2; leave one of them out'
  if (level === null || levels.includes(level)) return null
  const right = inWords(levels.map((one) => LEVEL_WORDS[one])).replace(' and ', ' or ')
  return `${name} does not go with a report about ${LEVEL_WORDS[level]}; choose ${right}`
}

function checkReport({ name, reports }: Metric, { report_type }: ReportQuery): string | null {
  if (report_type !== 'AUDIENCE' || reports.includes('audience')) return null
  return `${name} is not in audience reports; choose type basic, or leave it out`
}

function checkDimensions({ name, group }: Metric, { dimensions: names, report_type }: ReportQuery): string | null {
  if (CASH.includes(name)) return null
  const against = names.find((one) => {
    const dimension = dimensions.get(one)
    if (group === 'attribute') return dimension?.isWithoutAttributes === true
    const allowed = report_type === 'AUDIENCE' ? dimension?.audienceMetrics : dimension?.basicMetrics
    return allowed != null && !allowed.includes(name)
  })
  return against === undefined ? null : `${name} does not go with ${against}; leave one of them out`
}

function checkCash({ name }: Metric, query: ReportQuery): string | null {
  if (!CASH.includes(name)) return null
  if (query.data_level !== 'AUCTION_ADVERTISER') return `${name} is known of advertisers only; choose that level`
  if (query.query_lifetime || query.dimensions.includes('stat_time_hour'))
    return `${name} is known by day only; choose days`
  const breakdown = query.dimensions.find((one) => dimensions.get(one)?.kind === 'breakdown')
  return breakdown === undefined ? null : `${name} does not go with ${breakdown}; leave one of them out`
}

function checkLevel({ name, group, levels }: Metric, { data_level }: ReportQuery): string | null {
  const level = levelOf(data_level)
  if (group === 'attribute' || level === null || levels.includes(level) || CASH.includes(name)) return null
  return `${name} does not go with a report about ${LEVEL_WORDS[level]}; choose ${LEVEL_WORDS[levels[0]!]}`
}

function checkCompany({ name, group }: Metric, { dimensions: names }: ReportQuery): string | null {
  if (group === 'single_image') {
    return names.includes('image_id') ? null : `${name} is a figure of single pictures; add image_id, or leave it out`
  }
  if (!NEEDS_ID_ALONE.test(name)) return null
  const others = names.filter((one) => one !== 'stat_time_day' && dimensions.get(one)?.kind !== 'id')
  if (others.length > 0) return `${name} does not go with ${inWords(others)}; leave one of them out`
  const hasId = names.some((one) => dimensions.get(one)?.kind === 'id')
  return hasId ? null : `${name} needs the id of an object as dimension; add it`
}

function checkTask({ name }: Metric, query: ReportQuery): string | null {
  if (!query.isTask) return null
  if (name === 'billed_cost') return 'billed_cost is not given by tasks; ask for it at once'
  if (AT_ONCE_BY_AD_TYPE.includes(name) && query.dimensions.includes('ad_type')) {
    return `${name} is not given by tasks beside ad_type; ask for it at once`
  }
  const isByAudience = query.report_type === 'AUDIENCE' || query.dimensions.includes('country_code')
  if (!isByAudience || !COUNTING_PEOPLE.includes(name)) return null
  return `${name} counts people, which tasks do not give with a breakdown by audience; ask for it at once`
}

/** One figure under two names costs twice and says nothing more, and TikTok refuses some such pairs. */
function checkTwin(name: string, i: number, names: readonly string[]): readonly QueryProblem[] {
  if (names.indexOf(name) !== i) return [atMetric(name, `${name} is asked for twice; ask once`)]
  const { newName } = metrics.get(name) ?? { newName: null }
  if (newName === null || !names.includes(newName)) return []
  return [atMetric(name, `${name} is the old name of ${newName}, which is asked for too; leave ${name} out`)]
}
