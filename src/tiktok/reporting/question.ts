import { addDays, daysBetween } from '../../core/days.ts'
import type { DayRange } from '../../core/stream.ts'
import type { ReportIntegratedGetParams } from '../endpoints/report_integrated_get.ts'
import { dimensions } from './dimensions.ts'
import type { ReportFilter } from './query.ts'
import { type DataLevel, WIRE_LEVEL } from './report_words.ts'

/** A report that is to be read, whatever its days and whoever its advertiser. */
export interface ReportQuestion {
  readonly report_type: 'BASIC' | 'AUDIENCE'
  readonly level: DataLevel
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  /** What a person wants left out; the filters that reading needs come on top. */
  readonly filtering: readonly ReportFilter[]
  readonly isLifetime: boolean
}

/** What one series of calls reads of a report. */
export interface Piece {
  /** Null: the whole life. */
  readonly days: DayRange | null
  /** Null: all. */
  readonly campaignIds: readonly string[] | null
  /** TopView ads are reserved; TikTok keeps them apart from all others. */
  readonly isTopView: boolean
}

/** TikTok advises no more campaigns in one filter, and takes a hundred. */
export const CAMPAIGNS_MAX = 30

/** Status filter of a level; without it, what has been deleted is left out. Null: the level has none. */
export const statusFieldOf = (level: DataLevel): string | null => (level === 'advertiser' ? null : `${level}_status`)

/** The parameters that ask for a piece of a report, pages apart. */
export function paramsOf(
  question: ReportQuestion,
  piece: Piece,
  options: {
    readonly advertiserId: string
    readonly metrics: readonly string[]
    readonly without: ReadonlySet<string>
  },
): Omit<ReportIntegratedGetParams, 'page' | 'page_size'> {
  const filtering = filtersOf(question, piece).filter(({ field_name }) => !options.without.has(field_name))
  return {
    advertiser_id: options.advertiserId,
    report_type: question.report_type,
    data_level: WIRE_LEVEL[question.level],
    dimensions: question.dimensions,
    metrics: options.metrics,
    ...(piece.days === null
      ? { query_lifetime: true as const }
      : { start_date: piece.days.from, end_date: piece.days.to }),
    ...(filtering.length > 0 && { filtering }),
  }
}

/** A filter that lets these values pass. */
export const aFilter = (field_name: string, values: readonly string[]): ReportFilter => ({
  field_name,
  filter_type: 'IN',
  filter_value: JSON.stringify(values),
})

function filtersOf({ filtering, level }: ReportQuestion, { campaignIds, isTopView }: Piece): readonly ReportFilter[] {
  const status = statusFieldOf(level)
  const given = new Set(filtering.map(({ field_name }) => field_name))
  return [
    ...filtering.filter(({ field_name }) => campaignIds === null || field_name !== 'campaign_ids'),
    ...(status !== null && !given.has(status) ? [aFilter(status, ['STATUS_ALL'])] : []),
    ...(isTopView ? [aFilter('buying_type', ['RESERVATION_TOP_VIEW'])] : []),
    ...(campaignIds === null ? [] : [aFilter('campaign_ids', campaignIds)]),
  ]
}

/** Whether rows name objects, so that parts of a report add up to the whole. */
export const namesObjects = (question: ReportQuestion): boolean =>
  question.level !== 'advertiser' && question.dimensions.some((name) => dimensions.get(name)?.kind === 'id')

/** The days of a piece that may be cut into shorter ones; null when they may not: rows of several days must not be one row. */
export const daysToCut = (question: ReportQuestion, { days }: Piece): DayRange | null =>
  days !== null && days.from !== days.to && question.dimensions.includes('stat_time_day') ? days : null

/** The same days in so many ranges of nearly the same length, newest first. */
export function cutDays({ from, to }: DayRange, parts: number): readonly DayRange[] {
  const days = daysBetween(from, to) + 1
  const count = Math.min(parts, days)
  const edges = Array.from({ length: count + 1 }, (_, i) => Math.round((i * days) / count))
  return edges
    .slice(1)
    .map((edge, i) => ({ from: addDays(from, edges[i]!), to: addDays(from, edge - 1) }))
    .toReversed()
}

/** Lists of at most so many, in order. */
export const chunk = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/** What tells a row from the others of its report. */
export const keyOf = (
  question: ReportQuestion,
  row: { readonly dimensions: Readonly<Record<string, unknown>> },
): string => question.dimensions.map((name) => String(row.dimensions[name] ?? '')).join('\t')
