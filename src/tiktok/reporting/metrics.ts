import { readFileSync } from 'node:fs'
import type { ColumnType, Totals } from '../../core/table.ts'
import type { DataLevel, ReportKind } from './report_words.ts'

/** A figure or an attribute that a basic or an audience report can hold. */
export interface Metric {
  readonly name: string
  /** `attribute` for what describes the object, such as its name; a family of figures else. */
  readonly group: string
  readonly type: ColumnType
  readonly unit: 'currency' | 'count' | 'percent' | 'ratio' | 'seconds' | null
  /** Null for attributes. */
  readonly totals: Totals | null
  readonly levels: readonly DataLevel[]
  readonly reports: readonly ReportKind[]
  /** Hours until TikTok is done with it, in a report that is not slower itself; null: within the hour. */
  readonly latencyHours: number | null
  /** What the same figure is called since TikTok renamed it. */
  readonly newName: string | null
  /** How it is worked out anew from sums; null when it cannot be. */
  readonly formula: string | null
  readonly about: string
}

/** Column of a metric or dimension: an underscore stands between a letter and a digit, as Fivetran names columns. */
export const columnName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/([a-z])(?=\d)/g, '$1_')
    .replace(/(\d)(?=[a-z])/g, '$1_')

const [, ...lines] = readFileSync(new URL('metrics.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
const rows = lines.map((line) => line.split('\t'))
const isOurs = ([, , type]: readonly string[]) => type !== '' && type !== undefined

/**
 * Every metric of basic and audience reports, by its name, in an order that puts what belongs together side by side.
 * Source: TikTok API for Business v1.3, Reporting, supported metrics.
 */
export const metrics: ReadonlyMap<string, Metric> = new Map(rows.filter(isOurs).map((row) => [row[0]!, metricOf(row)]))

/** Metrics that only other reports of TikTok have, with the reports that have them. */
export const metricsElsewhere: ReadonlyMap<string, readonly string[]> = new Map(
  rows.filter((row) => !isOurs(row)).map((row) => [row[0]!, row[6]!.split(',')]),
)

function metricOf(row: readonly string[]): Metric {
  const [name, group, type, unit, totals, levels, reports, hours, newName, formula, about] = row
  return {
    name: name!,
    group: group!,
    type: type as ColumnType,
    unit: (unit || null) as Metric['unit'],
    totals: (totals || null) as Totals | null,
    levels: levels!.split(',') as DataLevel[],
    reports: reports!.split(',') as ReportKind[],
    latencyHours: hours ? Number(hours) : null,
    newName: newName || null,
    formula: formula || null,
    about: about!,
  }
}

/** Whether it describes the object of the row and is no figure. */
export const isAttribute = (name: string): boolean => metrics.get(name)?.group === 'attribute'
