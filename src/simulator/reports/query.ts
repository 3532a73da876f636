import type { Level, ReportType } from './catalog.ts'

/** One condition of `filtering`. `values` is the filter_value, taken apart where it is a list. */
export interface Filter {
  readonly field: string
  readonly type: string
  readonly values: readonly string[]
}

/** A report as it was asked for, its arguments decoded and nothing else looked at. */
export interface ReportQuery {
  readonly isAsync: boolean
  readonly reportType: ReportType
  readonly dataLevel: string | null
  /** The advertisers asked for; empty for a report on a Business Center. */
  readonly advertiserIds: readonly string[]
  /** Asked for by `advertiser_ids`. */
  readonly isMulti: boolean
  readonly bcId: string | null
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  readonly startDate: string | null
  readonly endDate: string | null
  readonly isLifetime: boolean
  readonly filters: readonly Filter[]
  readonly orderField: string | null
  readonly isAscending: boolean
  readonly hasTotals: boolean
  readonly isUtc: boolean
  readonly isChunk: boolean
  readonly page: number
  readonly pageSize: number
}

const LEVEL_OF: Readonly<Record<string, Level>> = {
  AUCTION_ADVERTISER: 'advertiser',
  AUCTION_CAMPAIGN: 'campaign',
  AUCTION_ADGROUP: 'adgroup',
  AUCTION_AD: 'ad',
}

/** What a row of the report is about. Reports without a data level are about advertisers. */
export const levelOf = ({ dataLevel }: ReportQuery): Level => LEVEL_OF[dataLevel ?? ''] ?? 'advertiser'

/** The dimension that names the object of a row, or null when rows sum over all of them. */
export function idDimensionOf({ dimensions }: ReportQuery): string | null {
  return dimensions.find((name) => ID_DIMENSIONS.has(name)) ?? null
}

const ID_DIMENSIONS: ReadonlySet<string> = new Set([
  'advertiser_id',
  'campaign_id',
  'adgroup_id',
  'ad_id',
  'ad_id_v2',
  'playable_id',
  'product_id',
])

/** The dimension of time, or null when a row covers the whole range. */
export const timeDimensionOf = ({ dimensions }: ReportQuery): 'stat_time_day' | 'stat_time_hour' | null =>
  dimensions.includes('stat_time_hour')
    ? 'stat_time_hour'
    : dimensions.includes('stat_time_day')
      ? 'stat_time_day'
      : null

/** Dimensions that split an object's figures: neither an id nor a time. */
export const breakdownsOf = ({ dimensions }: ReportQuery): readonly string[] =>
  dimensions.filter((name) => !ID_DIMENSIONS.has(name) && !name.startsWith('stat_time_'))
