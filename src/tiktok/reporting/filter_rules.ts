import { atField, atFilter, BASIC_AND_AUDIENCE, type ReportFilter, type ReportRule } from './query.ts'
import { DATA_LEVELS, WIRE_LEVEL } from './report_words.ts'

const FILTER_TYPES: readonly string[] = [
  ...['IN', 'MATCH', 'GREATER_EQUAL', 'GREATER_THAN', 'LOWER_EQUAL', 'LOWER_THAN', 'BETWEEN', 'RANGE'],
  ...['CONTAIN_ANY_OF', 'NOT_IN'],
]
const LISTS: readonly string[] = ['IN', 'BETWEEN', 'NOT_IN', 'CONTAIN_ANY_OF']
/** Ids that one filter may hold; a task takes more. */
export const FILTER_IDS_MAX = 100
const TASK_FILTER_IDS_MAX = 20_000

/** Fields that filter by ids. */
export const ID_FILTERS: readonly string[] = ['campaign_ids', 'adgroup_ids', 'ad_ids', 'ad_ids_v2']

/** Fields that basic and audience reports may be filtered by. */
export const FILTER_FIELDS: readonly string[] = [
  ...ID_FILTERS,
  ...['campaign_status', 'adgroup_status', 'ad_status', 'buying_type'],
]
const BASIC_FILTER_FIELDS: readonly string[] = [
  ...['campaign_automation_type', 'promotion_type', 'objective_type', 'create_time'],
]

/** Rules on what is left out of a report. */
export const filterRules: readonly ReportRule[] = [
  {
    id: 'R13',
    reports: BASIC_AND_AUDIENCE,
    check: ({ filtering, report_type }) =>
      eachFilter(filtering, ({ field_name }) => {
        if (field_name === 'country_code') return 'country_code is a dimension and no filter; add it as dimension'
        const fields = report_type === 'BASIC' ? [...FILTER_FIELDS, ...BASIC_FILTER_FIELDS] : FILTER_FIELDS
        if (fields.includes(field_name)) return null
        return `${field_name} is no filter of such reports; known are ${fields.join(', ')}`
      }),
  },
  {
    id: 'R14',
    reports: BASIC_AND_AUDIENCE,
    check: ({ filtering, data_level }) =>
      eachFilter(filtering, ({ field_name }) => {
        const level = DATA_LEVELS.find((one) => field_name === `${one}_status`)
        if (level === undefined || WIRE_LEVEL[level] === data_level) return null
        return `${field_name} only goes with data_level ${level}; leave it out, or choose that level`
      }),
  },
  {
    id: 'R15',
    reports: null,
    check: ({ filtering, isTask }) => eachFilter(filtering, (filter) => checkShape(filter, isTask)),
  },
  {
    id: 'R16',
    reports: null,
    check: ({ filtering }) =>
      eachFilter(filtering, (filter) => {
        if (filter.field_name !== 'buying_type') return null
        const values = listOf(filter) ?? []
        if (values.length < 2 || !values.includes('RESERVATION_TOP_VIEW')) return null
        return 'RESERVATION_TOP_VIEW stands alone in buying_type; make two reports'
      }),
  },
  {
    id: 'R02',
    reports: BASIC_AND_AUDIENCE,
    check: ({ filtering, dimensions }) =>
      eachFilter(filtering, ({ field_name }) => {
        if (field_name === 'ad_ids' && dimensions.includes('ad_id_v2'))
          return 'ad_ids does not go with ad_id_v2; use ad_ids_v2'
        if (field_name !== 'ad_ids_v2' || dimensions.includes('ad_id_v2')) return null
        return 'ad_ids_v2 only goes with the dimension ad_id_v2; use ad_ids'
      }),
  },
  {
    id: 'R22',
    reports: null,
    check: ({ isTask, report_type, filtering }) => {
      if (!isTask) return []
      const wrongType = ['BASIC', 'AUDIENCE', 'CATALOG'].includes(report_type)
        ? []
        : [atField('report_type', `${report_type} reports are not given by tasks; ask at once`)]
      const wrongFilters = eachFilter(filtering, ({ field_name }) =>
        ID_FILTERS.includes(field_name) ? null : `${field_name} is no filter of tasks; only ids are`,
      )
      return [...wrongType, ...wrongFilters]
    },
  },
]

/** The values of a filter that takes a list; null when it holds none. */
export function listOf({ filter_value }: ReportFilter): readonly string[] | null {
  try {
    const values: unknown = JSON.parse(filter_value)
    return Array.isArray(values) ? values.map(String) : null
  } catch {
    return null
  }
}

function checkShape(filter: ReportFilter, isTask: boolean): string | null {
  const { field_name, filter_type } = filter
  if (!field_name || !filter.filter_value) return 'a filter needs a field, a type and a value'
  if (!FILTER_TYPES.includes(filter_type))
    return `${filter_type} is no type of filter; known are ${FILTER_TYPES.join(', ')}`
  if (ID_FILTERS.includes(field_name) && filter_type !== 'IN') return `${field_name} goes with IN only`
  if (!LISTS.includes(filter_type)) return null
  const values = listOf(filter)
  if (values === null) return `${filter_type} takes a list of values`
  if (filter_type === 'BETWEEN' && values.length !== 2) return 'BETWEEN takes two values, the first and the last'
  const idsMax = isTask ? TASK_FILTER_IDS_MAX : FILTER_IDS_MAX
  if (!ID_FILTERS.includes(field_name) || values.length <= idsMax) return null
  return `${values.length} ids are more than the ${idsMax} that one filter takes; give fewer`
}

const eachFilter = (filters: readonly ReportFilter[], check: (filter: ReportFilter) => string | null) =>
  filters.flatMap((filter, i) => {
    const message = check(filter)
    return message === null ? [] : [atFilter(i, message)]
  })
