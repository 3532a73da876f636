import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Column, ColumnType, Row, Table, Totals, Value } from '../src/core/table.ts'

export const ROWS = 200_000
export const METRICS = 40
const ROWS_PER_PAGE = 1000 // most that /report/integrated/get/ returns
export const PAGES = ROWS / ROWS_PER_PAGE
const DAYS = 28

export const BENCH_ADVERTISER = '7300000000000000001'

const column = (name: string, type: ColumnType, totals: Totals | null): Column => ({
  name,
  type,
  about: name,
  apiField: name,
  totals,
  latencyHours: null,
})

// Of four metrics of a report one is money, one is a ratio and two are counts.
const TYPES = ['money', 'integer', 'ratio', 'integer'] as const
const METRIC_COLUMNS = Array.from({ length: METRICS }, (_, i) => {
  const type = TYPES[i % TYPES.length]!
  return column(i === 0 ? 'spend' : `metric_${i}_of_the_report`, type, type === 'ratio' ? 'recompute' : 'sum')
})

/** A daily report by ad, as wide as the promise says. */
export const BENCH_TABLE: Table = {
  name: 'ad_report_daily',
  about: 'Figures of ads by day.',
  group: 'report',
  mode: 'window',
  columns: [
    column('ad_id', 'id', null),
    column('advertiser_id', 'id', null),
    column('stat_time_day', 'local_time', null),
    ...METRIC_COLUMNS,
  ],
  key: ['ad_id', 'stat_time_day'],
  advertiserColumn: 'advertiser_id',
  windowColumn: 'stat_time_day',
  references: [],
}

interface Answer {
  readonly data: {
    readonly list: readonly {
      readonly dimensions: { readonly ad_id: string; readonly stat_time_day: string }
      readonly metrics: Readonly<Record<string, string>>
    }[]
  }
}

/** Writes the answers into a folder, a file each, spelled as TikTok spells them: every figure is a text. */
export function writeAnswers(folder: string): void {
  for (let page = 0; page < PAGES; page++) writeFileSync(fileOf(folder, page), JSON.stringify(answer(page)))
}

export const readAnswer = (folder: string, page: number): Answer =>
  JSON.parse(readFileSync(fileOf(folder, page), 'utf8'))

const fileOf = (folder: string, page: number): string => join(folder, `${page}.json`)

function answer(page: number): unknown {
  const list = Array.from({ length: ROWS_PER_PAGE }, (_, i) => {
    const row = page * ROWS_PER_PAGE + i
    const day = String(1 + (row % DAYS)).padStart(2, '0')
    return {
      dimensions: {
        ad_id: `17600000${String(Math.floor(row / DAYS)).padStart(8, '0')}`,
        stat_time_day: `2026-02-${day} 00:00:00`,
      },
      metrics: Object.fromEntries(METRIC_COLUMNS.map(({ name, type }, metric) => [name, figure(type, row, metric)])),
    }
  })
  const page_info = { page: page + 1, page_size: ROWS_PER_PAGE, total_number: ROWS, total_page: PAGES }
  return { code: 0, message: 'OK', request_id: '2026022800000000000000000000000', data: { list, page_info } }
}

function figure(type: ColumnType, row: number, metric: number): string {
  const number = (row * 31 + metric * 7919) % 100_003
  if (number % 9 === 0) return '-'
  return type === 'integer' ? String(number) : (number / 100).toFixed(2)
}

/** The rows of an answer as a stream gives them: what is missing is null. */
export function rowsOf({ data }: Answer): readonly Row[] {
  return data.list.map(({ dimensions, metrics }) => [
    dimensions.ad_id,
    BENCH_ADVERTISER,
    dimensions.stat_time_day,
    ...METRIC_COLUMNS.map(({ name }): Value => (metrics[name] === '-' ? null : (metrics[name] ?? null))),
  ])
}
