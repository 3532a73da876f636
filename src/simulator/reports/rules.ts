import { type Answer, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { MESSAGE } from '../messages.ts'
import { DIMENSIONS, type Dimension } from './catalog.ts'
import { breakdownsOf, idDimensionOf, type ReportQuery, timeDimensionOf } from './query.ts'

/** Says why a report is refused, or null. */
export type Rule = (query: ReportQuery) => string | null

const isDelivery = ({ reportType }: ReportQuery) => reportType === 'BASIC' || reportType === 'AUDIENCE'
const dimensionsOf = ({ dimensions }: ReportQuery): readonly Dimension[] =>
  dimensions.map((name) => DIMENSIONS.get(name)).filter((dimension) => dimension !== undefined)

const invalidDimensions = (reason: string) => MESSAGE.invalid('dimensions', reason)

/** R01: known names, each once, at least one, all of this report. */
const known: Rule = ({ dimensions, reportType }) => {
  if (dimensions.length === 0) return MESSAGE.missing('dimensions')
  const unknown = dimensions.find((name) => !DIMENSIONS.get(name)?.reports.includes(reportType))
  if (unknown !== undefined) return invalidDimensions(`${unknown} is not a dimension of ${reportType} reports`)
  return new Set(dimensions).size < dimensions.length ? invalidDimensions('a dimension is given twice') : null
}

/** R02: one id; with several accounts the account may stand beside another id. */
const oneId: Rule = (query) => {
  const ids = dimensionsOf(query).filter(({ kind }) => kind === 'id')
  const isPair = query.isMulti && ids.length === 2 && ids.some(({ name }) => name === 'advertiser_id')
  return ids.length <= 1 || isPair ? null : invalidDimensions('at most one ID dimension is supported')
}

/** R03: the id is that of the level. */
const idOfLevel: Rule = (query) => {
  if (!isDelivery(query) || query.dataLevel === null) return null
  const wrong = dimensionsOf(query).find(
    ({ kind, name, levels }) =>
      kind === 'id' && !levels?.includes(query.dataLevel!) && !(query.isMulti && name === 'advertiser_id'),
  )
  return wrong === undefined ? null : invalidDimensions(`${wrong.name} does not match data_level ${query.dataLevel}`)
}

/** R04 */
const oneTime: Rule = ({ dimensions }) =>
  dimensions.includes('stat_time_day') && dimensions.includes('stat_time_hour')
    ? invalidDimensions('stat_time_day and stat_time_hour cannot be combined')
    : null

const PAIRS = ['age gender', 'match_type search_keyword']
const BESIDE_AD = ['image_id', 'video_material_id']

/** R05: one breakdown, but for the pairs that exist; and some need another dimension. */
const oneBreakdown: Rule = (query) => {
  const breakdowns = [...breakdownsOf(query)].sort()
  if (breakdowns.length > 1 && !PAIRS.includes(breakdowns.join(' ')))
    return invalidDimensions(`${breakdowns.join(' and ')} cannot be combined`)
  const lonely = dimensionsOf(query).find(
    ({ requires }) => requires !== undefined && !query.dimensions.includes(requires),
  )
  if (lonely !== undefined) return invalidDimensions(`${lonely.name} requires ${lonely.requires}`)
  const isBesideAd = breakdowns.some((name) => BESIDE_AD.includes(name))
  return isBesideAd && !query.dimensions.includes('ad_id') ? invalidDimensions('it requires ad_id') : null
}

/** R06 */
const audience: Rule = (query) => {
  if (query.reportType !== 'AUDIENCE') return null
  if (breakdownsOf(query).length === 0) return invalidDimensions('AUDIENCE reports need an audience dimension')
  return query.isLifetime ? MESSAGE.invalid('query_lifetime', 'not supported for AUDIENCE reports') : null
}

/** R08 */
const lifetime: Rule = (query) => {
  if (!query.isLifetime) return null
  if (query.reportType !== 'BASIC' && query.reportType !== 'PLAYABLE_MATERIAL')
    return MESSAGE.invalid('query_lifetime', `not supported for ${query.reportType} reports`)
  if (timeDimensionOf(query) !== null)
    return MESSAGE.invalid('query_lifetime', 'cannot be combined with a time dimension')
  return query.dimensions.includes('country_code')
    ? MESSAGE.invalid('query_lifetime', 'cannot be combined with country_code')
    : null
}

/** R10 */
const dataLevel: Rule = ({ reportType, dataLevel }) => {
  switch (reportType) {
    case 'BASIC':
    case 'AUDIENCE':
    case 'CATALOG':
      return dataLevel === null ? MESSAGE.missing('data_level') : null
    case 'TT_SHOP':
      return dataLevel === 'AUCTION_ADVERTISER' || dataLevel === 'AUCTION_CAMPAIGN'
        ? null
        : MESSAGE.invalid('data_level', 'must be AUCTION_ADVERTISER or AUCTION_CAMPAIGN')
    case 'BC':
      return dataLevel === null ? null : MESSAGE.invalid('data_level', 'not supported for BC reports')
    case 'PLAYABLE_MATERIAL':
      return null
  }
}

/** R19 */
const timeless: Rule = (query) => {
  const without = dimensionsOf(query).find(({ timeless }) => timeless === true)
  return without === undefined || timeDimensionOf(query) === null
    ? null
    : invalidDimensions(`${without.name} cannot be combined with a time dimension`)
}

/** R20, and every other breakdown that a level lacks. */
const levelOfBreakdown: Rule = (query) => {
  if (!isDelivery(query)) return null
  const wrong = dimensionsOf(query).find(
    ({ kind, levels }) => kind !== 'id' && levels !== undefined && !levels.includes(query.dataLevel!),
  )
  return wrong === undefined
    ? null
    : invalidDimensions(`${wrong.name} is not supported with data_level ${query.dataLevel}`)
}

const IN_TASKS = ['campaign_ids', 'adgroup_ids', 'ad_ids', 'ad_ids_v2']

/** R22: tasks filter by ids alone. Which reports they take is seen when their arguments are read. */
const taskFilters: Rule = ({ isAsync, filters }) => {
  const wrong = isAsync ? filters.find(({ field }) => !IN_TASKS.includes(field)) : undefined
  return wrong === undefined ? null : `Invalid value for filter field: ${wrong.field} is not supported. `
}

/** R24 */
const totals: Rule = (query) => {
  if (!query.hasTotals) return null
  const isOf = query.reportType === 'BASIC' || query.reportType === 'TT_SHOP'
  const isPlain = breakdownsOf(query).length === 0 && timeDimensionOf(query) !== 'stat_time_hour'
  return isOf && isPlain
    ? null
    : MESSAGE.invalid('enable_total_metrics', 'only supported with one ID dimension and/or stat_time_day')
}

const METRICS_MAX = 100

/** R25: the number of metrics; whether they are allowed is looked at later. */
const metricCount: Rule = ({ metrics }) =>
  metrics.length > METRICS_MAX ? MESSAGE.invalid('metrics', `must hold at most ${METRICS_MAX} metrics`) : null

const PAGE_SIZE_MAX = 1000 // most that /report/integrated/get/ gives

/** R26 */
const paging: Rule = ({ page, pageSize }) => {
  if (page < 1) return MESSAGE.invalid('page', 'must be at least 1')
  return pageSize < 1 || pageSize > PAGE_SIZE_MAX
    ? MESSAGE.invalid('page_size', `must be between 1 and ${PAGE_SIZE_MAX}`)
    : null
}

/** R28 */
const playable: Rule = ({ reportType, dimensions }) =>
  reportType === 'PLAYABLE_MATERIAL' && !dimensions.includes('playable_id')
    ? invalidDimensions('PLAYABLE_MATERIAL reports need playable_id')
    : null

/** R29 */
const shop: Rule = (query) => {
  if (query.reportType !== 'TT_SHOP') return null
  const id = idDimensionOf(query)
  if (id === null) return invalidDimensions('TT_SHOP reports need advertiser_id or campaign_id')
  if (id !== (query.dataLevel === 'AUCTION_CAMPAIGN' ? 'campaign_id' : 'advertiser_id'))
    return invalidDimensions(`${id} does not match data_level ${query.dataLevel}`)
  if (id === 'campaign_id' && !query.dimensions.includes('country_code'))
    return invalidDimensions('campaign_id requires country_code')
  return query.filters.length > 0 ? MESSAGE.invalid('filtering', 'not supported for TT_SHOP reports') : null
}

/** The whole answer in one go, without pages; documented for BASIC, and being retired. */
const chunk: Rule = ({ isChunk, reportType }) =>
  isChunk && reportType !== 'BASIC' ? MESSAGE.invalid('query_mode', 'CHUNK is only supported for BASIC reports') : null

/** Rules about what is grouped by what, in the order of their numbers. R23 and R27 are seen while reading arguments. */
const RULES: readonly Rule[] = [
  known,
  oneId,
  idOfLevel,
  oneTime,
  oneBreakdown,
  audience,
  lifetime,
  dataLevel,
  timeless,
  levelOfBreakdown,
  taskFilters,
  totals,
  metricCount,
  paging,
  playable,
  shop,
  chunk,
]

/** The refusal of the first rule that finds something, or null. */
export function refuseBy(rules: readonly Rule[], query: ReportQuery): Answer | null {
  for (const rule of rules) {
    const message = rule(query)
    if (message !== null) return refused(CODE.PARAM_ERROR, message)
  }
  return null
}

/** Why a report's grouping is refused, or null. */
export const refuseGrouping = (query: ReportQuery): Answer | null => refuseBy(RULES, query)
