import type { Column } from '../core/table.ts'
import {
  breakdownsOf,
  idDimensionOf,
  isReadByDay,
  type ReportDraft,
  wireDimensionsOf,
} from '../tiktok/reporting/check_report.ts'
import { dimensionColumn, metricColumn } from '../tiktok/reporting/columns.ts'
import { TIME_DIMENSION } from '../tiktok/reporting/report_words.ts'

/** A column of a report's table, and where its cells come from. */
export interface ReportColumn {
  readonly column: Column
  readonly from: 'dimensions' | 'metrics' | 'advertiser' | 'slice'
  /** Its field in that place. */
  readonly field: string
  readonly isKey: boolean
  readonly isTime: boolean
}

/** The column that says whose a row is. */
export const ADVERTISER_COLUMN = 'advertiser_id'

/** Columns of a report's table: the object, whose it is, the time, the breakdowns, then metrics as they were given. */
export function reportColumns(draft: ReportDraft): readonly ReportColumn[] {
  const id = idDimensionOf(draft)
  const beside = wireDimensionsOf(draft)
  const known = [
    aDimension(id),
    ...(id === ADVERTISER_COLUMN ? [] : [THE_ADVERTISER]),
    ...timeColumns(draft),
    ...breakdownsOf(draft).map(aDimension),
  ]
  const names = new Set(known.map(({ column }) => column.name))
  const figures = draft.metrics.map((name) => aMetric(name, beside)).filter(({ column }) => !names.has(column.name))
  return [...known, ...figures]
}

const NOT_IN_KEY = { isKey: false, isTime: false } as const

const THE_ADVERTISER: ReportColumn = {
  column: { ...dimensionColumn(ADVERTISER_COLUMN), apiField: null },
  from: 'advertiser',
  field: ADVERTISER_COLUMN,
  ...NOT_IN_KEY,
}

const aDimension = (name: string): ReportColumn => ({
  column: dimensionColumn(name),
  from: 'dimensions',
  field: name,
  isKey: true,
  isTime: false,
})

const aMetric = (name: string, beside: readonly string[]): ReportColumn => ({
  column: metricColumn(name, beside),
  from: 'metrics',
  field: name,
  ...NOT_IN_KEY,
})

function timeColumns(draft: ReportDraft): readonly ReportColumn[] {
  const time = TIME_DIMENSION[draft.aggregation]
  if (time === null) return []
  if (!isReadByDay(draft)) return [{ ...aDimension(time), isTime: true }]
  return [
    { column: { ...dimensionColumn(time), apiField: null }, from: 'slice', field: time, isKey: true, isTime: true },
  ]
}
