import { addDays } from '../core/days.ts'
import type { Advertiser, Day, DayRange, Page, Slice, Source, Stream } from '../core/stream.ts'
import type { Reference, Row, Table, TableGroup, Value } from '../core/table.ts'
import type { ReportRow } from '../tiktok/endpoints/report_integrated_get.ts'
import type { Reader } from '../tiktok/reader.ts'
import {
  idDimensionOf,
  isReadByDay,
  type ReportDraft,
  wireDimensionsOf,
  wireFilterOf,
} from '../tiktok/reporting/check_report.ts'
import { METRICS_MAX } from '../tiktok/reporting/metric_rules.ts'
import { PARSERS, parseDimension } from '../tiktok/reporting/parse_values.ts'
import type { ReportQuestion } from '../tiktok/reporting/question.ts'
import { readReport } from '../tiktok/reporting/read_report.ts'
import { ADVERTISER_COLUMN, type ReportColumn, reportColumns } from './report_columns.ts'

/** A table that a report fills. */
export interface ReportDefinition extends ReportDraft {
  readonly name: string
  readonly about: string
  readonly group: TableGroup
  readonly isDefault: boolean
  /** Whether the advertiser is part of the key. Ids are unique without it; names in breakdowns of one's own may not be. */
  readonly isKeyedByAdvertiser?: boolean
}

/** A stream that reads one report; its level, time and breakdowns make the table. */
export function reportStream(definition: ReportDefinition): Stream<Reader> {
  const columns = reportColumns(definition)
  return {
    table: tableOf(definition, columns),
    isDefault: definition.isDefault,
    callsPerSlice: Math.max(1, Math.ceil(definition.metrics.length / METRICS_MAX)),
    slices: (days) => slicesOf(definition, days),
    open: (reader) => sourceOf(reader, questionOf(definition), columns),
  }
}

function tableOf(definition: ReportDefinition, columns: readonly ReportColumn[]): Table {
  const { name, about, group, aggregation } = definition
  const key = columns.filter(({ isKey }) => isKey).map(({ column }) => column.name)
  const isAdvertiserMissing = definition.isKeyedByAdvertiser && !key.includes(ADVERTISER_COLUMN)
  return {
    name,
    about,
    group,
    mode: aggregation === 'lifetime' ? 'snapshot' : 'window',
    columns: columns.map(({ column }) => column),
    key: isAdvertiserMissing ? [...key, ADVERTISER_COLUMN] : key,
    advertiserColumn: ADVERTISER_COLUMN,
    windowColumn: columns.find(({ isTime }) => isTime)?.column.name ?? null,
    references: referencesOf(columns),
  }
}

const OWNERS: Readonly<Record<string, readonly [table: string, column: string]>> = {
  advertiser_id: ['advertiser', 'id'],
  campaign_id: ['campaign_history', 'campaign_id'],
  adgroup_id: ['adgroup_history', 'adgroup_id'],
  ad_id: ['ad_history', 'ad_id'],
}

const referencesOf = (columns: readonly ReportColumn[]): readonly Reference[] =>
  columns.flatMap(({ column: { name } }) => {
    const owner = OWNERS[name]
    return owner === undefined ? [] : [{ columns: [name], table: owner[0], to: [owner[1]] }]
  })

/** Most days of one slice: what one call may span. */
const SLICE_DAYS = 30 // TikTok's, for a series of days

function slicesOf(definition: ReportDefinition, days: DayRange): readonly Slice[] {
  switch (definition.aggregation) {
    case 'lifetime':
      return [{ days: null }]
    case 'hour':
      return newestFirst(days, 1)
    case 'day':
      return newestFirst(days, isReadByDay(definition) ? 1 : SLICE_DAYS)
  }
}

/** All days of a range, in ranges of at most so many, newest first. */
function newestFirst({ from, to }: DayRange, daysMax: number): readonly Slice[] {
  const slices: Slice[] = []
  for (let last = to; last >= from; ) {
    const first = addDays(last, 1 - daysMax)
    slices.push({ days: { from: first < from ? from : first, to: last } })
    last = addDays(first, -1)
  }
  return slices
}

const questionOf = (definition: ReportDefinition): ReportQuestion => ({
  report_type: definition.type === 'basic' ? 'BASIC' : 'AUDIENCE',
  level: definition.data_level,
  dimensions: wireDimensionsOf(definition),
  metrics: definition.metrics.filter((name) => name !== idDimensionOf(definition)),
  filtering: (definition.filters ?? []).map(wireFilterOf),
  isLifetime: definition.aggregation === 'lifetime',
})

function sourceOf(reader: Reader, question: ReportQuestion, columns: readonly ReportColumn[]): Source {
  const cells = columns.map(cellOf)
  return {
    async *read(advertiser: Advertiser, { days }: Slice): AsyncGenerator<Page, void, void> {
      const place = { advertiserId: advertiser.id, day: days?.from ?? null }
      for await (const { rows, total } of readReport({ reader, question, advertiserId: advertiser.id }, days)) {
        yield { rows: rows.map((row) => rowOf(cells, row, place)), total }
      }
    },
  }
}

/** What a row does not say of itself. */
interface Place {
  readonly advertiserId: string
  readonly day: Day | null
}

type Cell = (row: ReportRow, place: Place) => Value

// A loop, since half a million cells a second go through here.
function rowOf(cells: readonly Cell[], row: ReportRow, place: Place): Row {
  const values: Value[] = new Array(cells.length)
  for (let i = 0; i < cells.length; i += 1) values[i] = cells[i]!(row, place)
  return values
}

/** TikTok's own word for no object; a key cannot be null. */
const NO_OBJECT = '0'

function cellOf({ column, from, field }: ReportColumn): Cell {
  const parse = PARSERS[column.type]
  switch (from) {
    case 'advertiser':
      return (_row, { advertiserId }) => advertiserId
    case 'slice':
      return (_row, { day }) => (day === null ? null : `${day} 00:00:00`)
    case 'metrics':
      return ({ metrics }) => parse(metrics[field])
    case 'dimensions':
      if (column.type === 'id') return ({ dimensions }) => parse(dimensions[field]) ?? NO_OBJECT
      if (column.type === 'local_time') return ({ dimensions }) => parse(dimensions[field])
      return ({ dimensions }) => parseDimension(dimensions[field])
  }
}
