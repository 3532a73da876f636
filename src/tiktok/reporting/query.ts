import type { Day } from '../../core/stream.ts'

/** Kinds of reports as the wire spells them; the last two have endpoints of their own. */
export type ReportType =
  | 'BASIC'
  | 'AUDIENCE'
  | 'CATALOG'
  | 'PLAYABLE_MATERIAL'
  | 'TT_SHOP'
  | 'BC'
  | 'GMV_MAX'
  | 'SMART_PLUS_MATERIAL'

export interface ReportFilter {
  readonly field_name: string
  readonly filter_type: string
  /** Text; of `IN` and `BETWEEN` a JSON list as text. */
  readonly filter_value: string
}

/** A report as the wire asks for it: what TikTok's rules speak of. */
export interface ReportQuery {
  readonly report_type: ReportType
  readonly data_level: string | null
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  readonly filtering: readonly ReportFilter[]
  readonly query_lifetime: boolean
  readonly start_date: Day | null
  readonly end_date: Day | null
  readonly advertiser_ids: readonly string[]
  readonly bc_id: string | null
  readonly store_ids: readonly string[]
  readonly enable_total_metrics: boolean
  readonly order_field: string | null
  readonly page: number
  readonly page_size: number
  /** Asked for as a task, whose file is fetched later. */
  readonly isTask: boolean
}

/** What is left out of a query stands here. */
export const QUERY_DEFAULTS: ReportQuery = {
  report_type: 'BASIC',
  data_level: null,
  dimensions: [],
  metrics: [],
  filtering: [],
  query_lifetime: false,
  start_date: null,
  end_date: null,
  advertiser_ids: [],
  bc_id: null,
  store_ids: [],
  enable_total_metrics: false,
  order_field: null,
  page: 1,
  page_size: 1000,
  isTask: false,
}

/** What a problem is about: one of the things listed in a query, or one of its fields. */
export type ProblemPlace =
  | { readonly kind: 'dimension'; readonly name: string }
  | { readonly kind: 'metric'; readonly name: string }
  | { readonly kind: 'filter'; readonly index: number }
  | { readonly kind: 'field'; readonly name: keyof ReportQuery }

/** One clash with TikTok's rules. */
export interface QueryProblem {
  readonly place: ProblemPlace
  /** What clashes with what, and what to do. */
  readonly message: string
}

/** One of TikTok's rules on reports. Pure. */
export interface ReportRule {
  /** `R01` to `R31`; null for a rule that TikTok has not written down as one. */
  readonly id: string | null
  /** Reports it holds for; null: all. */
  readonly reports: readonly ReportType[] | null
  readonly check: (query: ReportQuery) => readonly QueryProblem[]
}

export const BASIC_AND_AUDIENCE: readonly ReportType[] = ['BASIC', 'AUDIENCE']

export const atDimension = (name: string, message: string): QueryProblem => ({
  place: { kind: 'dimension', name },
  message,
})

export const atMetric = (name: string, message: string): QueryProblem => ({ place: { kind: 'metric', name }, message })

export const atFilter = (index: number, message: string): QueryProblem => ({
  place: { kind: 'filter', index },
  message,
})

export const atField = (name: keyof ReportQuery, message: string): QueryProblem => ({
  place: { kind: 'field', name },
  message,
})

/** `one, two and three`. */
export const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
