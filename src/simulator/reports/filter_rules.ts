import { MESSAGE } from '../messages.ts'
import type { ReportType } from './catalog.ts'
import type { Filter, ReportQuery } from './query.ts'
import type { Rule } from './rules.ts'

/** What a filter may be used with; absent members allow everything. */
interface FilterKind {
  readonly reports: readonly ReportType[]
  readonly types: readonly string[]
  readonly level?: string
  readonly max?: number
  readonly values?: readonly string[]
}

const IDS_MAX = 100
const IDS_MAX_IN_TASKS = 20_000
const COMPARATORS = ['GREATER_EQUAL', 'GREATER_THAN', 'LOWER_EQUAL', 'LOWER_THAN', 'BETWEEN']

const DELIVERY: readonly ReportType[] = ['BASIC', 'AUDIENCE', 'CATALOG']
const ids: FilterKind = { reports: DELIVERY, types: ['IN'], max: IDS_MAX }
const statusAt = (level: string): FilterKind => ({
  reports: DELIVERY,
  types: ['IN'],
  level,
  values: [
    'STATUS_ALL',
    'STATUS_NOT_DELETE',
    'STATUS_DELETE',
    'STATUS_DELIVERY_OK',
    'STATUS_DISABLE',
    'STATUS_NOT_DELIVERY',
    'STATUS_TIME_DONE',
    'STATUS_FROZEN',
    'STATUS_RF_CLOSED',
    'STATUS_CLOSED',
  ],
})
const ofBasic = (values?: readonly string[]): FilterKind => ({
  reports: ['BASIC'],
  types: ['IN'],
  ...(values !== undefined && { values }),
})
const ofCenter = (types: readonly string[]): FilterKind => ({ reports: ['BC'], types })

const KINDS: Readonly<Record<string, FilterKind>> = {
  campaign_ids: ids,
  adgroup_ids: ids,
  ad_ids: ids,
  ad_ids_v2: { ...ids, reports: ['BASIC'], level: 'AUCTION_AD' },
  campaign_status: statusAt('AUCTION_CAMPAIGN'),
  adgroup_status: statusAt('AUCTION_ADGROUP'),
  ad_status: statusAt('AUCTION_AD'),
  buying_type: {
    reports: ['BASIC', 'AUDIENCE'],
    types: ['IN'],
    values: ['AUCTION', 'RESERVATION_RF', 'RESERVATION_TOP_VIEW'],
  },
  campaign_automation_type: ofBasic(['MANUAL', 'SMART_PLUS', 'UPGRADED_SMART_PLUS']),
  promotion_type: ofBasic(),
  objective_type: ofBasic(),
  create_time: { reports: ['BASIC'], types: ['BETWEEN'] },
  playable_status: { reports: ['PLAYABLE_MATERIAL'], types: ['IN'] },
  advertiser_name: ofCenter(['MATCH']),
  advertiser_id: ofCenter(['IN']),
  registered_area: ofCenter(['IN']),
  platform_of_account: ofCenter(['IN']),
  owner_of_account: ofCenter(['IN']),
  currency_of_account: ofCenter(['IN']),
  account_status: ofCenter(['IN']),
  cost: ofCenter(COMPARATORS),
}

const kindOf = ({ field }: Filter, { reportType }: ReportQuery): FilterKind | null => {
  const kind = Object.hasOwn(KINDS, field) ? KINDS[field]! : null
  return kind?.reports.includes(reportType) === true ? kind : null
}

/** R13, and every other field that is none of this report. */
const field: Rule = (query) => {
  const unknown = query.filters.find((filter) => kindOf(filter, query) === null)
  return unknown === undefined ? null : MESSAGE.filterField(unknown.field)
}

/** R14 */
const level: Rule = (query) => {
  const wrong = query.filters.find((filter) => {
    const { level } = kindOf(filter, query)!
    return level !== undefined && level !== query.dataLevel
  })
  return wrong === undefined ? null : MESSAGE.filterField(wrong.field)
}

/** R15: the type fits the field, and the values fit the type. */
const form: Rule = (query) => {
  for (const [index, filter] of query.filters.entries()) {
    const { types, max, values } = kindOf(filter, query)!
    const path = `filtering.${index}`
    if (!types.includes(filter.type)) return MESSAGE.invalid(`${path}.filter_type`, `must be ${types.join(' or ')}`)
    if (filter.type === 'BETWEEN' && filter.values.length !== 2)
      return MESSAGE.invalid(`${path}.filter_value`, 'must hold two elements')
    const most = max !== undefined && query.isAsync ? IDS_MAX_IN_TASKS : max
    if (filter.values.length === 0 || (most !== undefined && filter.values.length > most))
      return MESSAGE.invalid(`${path}.filter_value`, `must hold 1 to ${most ?? 'many'} elements`)
    const strange = values === undefined ? undefined : filter.values.find((value) => !values.includes(value))
    if (strange !== undefined) return MESSAGE.invalid(`${path}.filter_value`, `${strange} is not supported`)
  }
  return null
}

/** R16 */
const topView: Rule = ({ filters }) =>
  filters.some(
    ({ field, values }) => field === 'buying_type' && values.includes('RESERVATION_TOP_VIEW') && values.length > 1,
  )
    ? MESSAGE.standsAlone('RESERVATION_TOP_VIEW')
    : null

/** Ids of the other kind of ad. */
const adIds: Rule = ({ filters, dimensions }) => {
  const isV2 = dimensions.includes('ad_id_v2')
  const wrong = filters.find(({ field }) => (field === 'ad_ids' && isV2) || (field === 'ad_ids_v2' && !isV2))
  return wrong === undefined ? null : MESSAGE.filterField(wrong.field)
}

/** Rules about filters, in the order of their numbers. */
export const FILTER_RULES: readonly Rule[] = [field, level, form, topView, adIds]
