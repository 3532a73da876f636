import { atDimension, atField, atMetric, inWords, type ReportQuery, type ReportRule } from './query.ts'

/** Rules of reports that are neither basic nor audience reports. */
export const otherReportRules: readonly ReportRule[] = [
  {
    id: 'R27',
    reports: ['BC'],
    check: (query) => [
      ...(query.bc_id === null ? [atField('bc_id', 'the Business Center is needed, by its id')] : []),
      ...(query.isTask ? [atField('isTask', 'a report on a Business Center is not given by tasks; ask at once')] : []),
      ...others(query, ['advertiser_id', 'country_code', 'stat_time_day']),
    ],
  },
  {
    id: 'R28',
    reports: ['PLAYABLE_MATERIAL'],
    check: (query) => [
      ...(query.isTask ? [atField('isTask', 'a report on playables is not given by tasks; ask at once')] : []),
      ...missing(query, ['playable_id']),
      ...others(query, ['playable_id', 'country_code']),
    ],
  },
  {
    id: 'R29',
    reports: ['TT_SHOP'],
    check: (query) => [
      ...others(query, ['advertiser_id', 'campaign_id', 'country_code', 'stat_time_day']),
      ...shopGrouping(query),
      ...query.metrics
        .filter((name) => name !== 'spend' && name !== 'billed_cost')
        .map((name) => atMetric(name, `a report on TikTok Shop holds spend and billed_cost only; leave ${name} out`)),
      ...(query.filtering.length > 0 ? [atField('filtering', 'a report on TikTok Shop takes no filters')] : []),
    ],
  },
  {
    id: 'R30',
    reports: ['GMV_MAX'],
    check: (query) => [
      ...(query.store_ids.length === 1 ? [] : [atField('store_ids', 'a GMV Max report is about exactly one shop')]),
      ...(query.dimensions.length >= 1 && query.dimensions.length <= 3
        ? []
        : [atField('dimensions', 'a GMV Max report has one to three dimensions')]),
      ...others(query, [
        ...['advertiser_id', 'campaign_id', 'stat_time_day', 'stat_time_hour'],
        ...['item_group_id', 'item_id', 'room_id', 'duration'],
      ]),
    ],
  },
  { id: 'R31', reports: ['SMART_PLUS_MATERIAL'], check: checkMaterial },
]

const SMART_PLUS_IDS = ['advertiser_id', 'campaign_id', 'adgroup_id', 'smart_plus_ad_id']
const MATERIAL_IDS = [
  ...['main_material_id', 'ad_text_entity_id', 'call_to_action_entity_id', 'interactive_add_on_entity_id'],
]
const MATERIAL_TIMES = ['stat_time_day', 'stat_time_hour', 'stat_time_week', 'stat_time_month']
const BREAKDOWN_DIMENSIONS_MAX = 5

/** The overview tells materials of one kind apart within one kind of object; without such an id it is the breakdown. */
function checkMaterial(query: ReportQuery) {
  const { dimensions } = query
  if (!dimensions.some((name) => SMART_PLUS_IDS.includes(name))) {
    const isFew = dimensions.length >= 1 && dimensions.length <= BREAKDOWN_DIMENSIONS_MAX
    const count = isFew ? [] : [atField('dimensions', 'a breakdown of materials has one to five dimensions')]
    return [...count, ...others(query, [...MATERIAL_IDS, ...MATERIAL_TIMES])]
  }
  const materials = dimensions.filter((name) => MATERIAL_IDS.includes(name))
  return dimensions.length === 2 && materials.length === 1
    ? []
    : [atField('dimensions', 'an overview of materials has two dimensions: the id of an object and that of a material')]
}

function shopGrouping(query: ReportQuery) {
  const ids = query.dimensions.filter((name) => name === 'advertiser_id' || name === 'campaign_id')
  if (ids.length !== 1)
    return [atField('dimensions', 'a report on TikTok Shop has advertiser_id or campaign_id, not both')]
  if (ids[0] !== 'campaign_id' || query.dimensions.includes('country_code')) return []
  return [atField('dimensions', 'by campaign, a report on TikTok Shop needs country_code too; add it')]
}

const others = (query: ReportQuery, allowed: readonly string[]) =>
  query.dimensions
    .filter((name) => !allowed.includes(name))
    .map((name) => atDimension(name, `${name} is not in such reports; known are ${inWords(allowed)}`))

const missing = (query: ReportQuery, needed: readonly string[]) =>
  needed
    .filter((name) => !query.dimensions.includes(name))
    .map((name) => atField('dimensions', `${name} is needed; add it`))
