import { readFileSync } from 'node:fs'

/** The kinds of report; the enum of `report_type`. */
export const REPORT_TYPES = ['BASIC', 'AUDIENCE', 'BC', 'TT_SHOP', 'PLAYABLE_MATERIAL', 'CATALOG'] as const
/** One of TikTok's kinds of report. */
export type ReportType = (typeof REPORT_TYPES)[number]

/** What one row is about, from the account down to the ad. */
export const LEVELS = ['advertiser', 'campaign', 'adgroup', 'ad'] as const
/** One of the four levels. */
export type Level = (typeof LEVELS)[number]

/** What a metric counts; money is in the account's currency, percentages are 0 to 100. */
export type Unit = 'count' | 'money' | 'percent' | 'ratio' | 'seconds' | 'text'

/** `numerator / denominator * factor`, both names of metrics. */
export interface Formula {
  readonly numerator: string
  readonly denominator: string
  readonly factor: number
}

/**
 * One metric as TikTok documents it. `distinct` counts people and adds up over nothing; `goal` is what the ad group is
 * for and differs between goals; `average` is a mean of its own.
 */
export interface Metric {
  readonly name: string
  readonly unit: Unit
  readonly kind: 'sum' | 'distinct' | 'average' | 'attribute' | 'goal' | 'formula'
  readonly formula: Formula | null
  readonly reports: readonly ReportType[]
  readonly levels: readonly Level[]
}

/** Which metrics a breakdown allows, by report; `BASIC_SYNC` is for the synchronous report alone. */
type AllowedMetrics = { readonly [report in 'BASIC' | 'BASIC_SYNC' | 'AUDIENCE']?: string }

/** One dimension as TikTok documents it. */
export interface Dimension {
  readonly name: string
  readonly kind: 'id' | 'time' | 'breakdown' | 'audience'
  readonly reports: readonly ReportType[]
  /** Absent: all. */
  readonly levels?: readonly string[]
  /** Another dimension it cannot be without. */
  readonly requires?: string
  /** It has no rows by day. */
  readonly timeless?: true
  readonly metrics?: AllowedMetrics
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))

function readFormula(text: string): Formula | null {
  const [numerator, , denominator, , factor = '1'] = text.split(' ')
  return denominator === undefined ? null : { numerator: numerator!, denominator, factor: Number(factor) }
}

function readMetric([name, line]: [string, string]): [string, Metric] {
  const [unit, kind, reports, levels] = line.split(' | ') as [string, string, string, string]
  const formula = readFormula(kind)
  return [
    name,
    {
      name,
      unit: unit as Unit,
      kind: formula === null ? (kind as Metric['kind']) : 'formula',
      formula,
      reports: reports.split(' ') as ReportType[],
      levels: levels === 'all' ? LEVELS : (levels.split(' ') as Level[]),
    },
  ]
}

/** Every metric of the report endpoints, by name. A line of the file is `unit | kind or formula | reports | levels`. */
export const METRICS: ReadonlyMap<string, Metric> = new Map(
  Object.entries(read('metrics.json') as Record<string, string>).map(readMetric),
)

/** Every dimension of the report endpoints, by name. */
export const DIMENSIONS: ReadonlyMap<string, Dimension> = new Map(
  (read('dimensions.json') as readonly Dimension[]).map((dimension) => [dimension.name, dimension]),
)
