import assert from 'node:assert/strict'
import type { Parsed, TestSimulator } from '../testing.ts'

/** For this folder's tests: reports to ask for, and rows to add up. */

export const REPORT = '/report/integrated/get/'
/** Dollars and New York, euros and Berlin, yen and Tokyo. */
export const NEW_YORK = '7000000000000000001'
export const BERLIN = '7000000000000000002'
export const TOKYO = '7000000000000000004'

/** A report by ad and day over the thirty days before the tests' time. */
export const aReport = (changes: object = {}) => ({
  report_type: 'BASIC',
  advertiser_id: NEW_YORK,
  data_level: 'AUCTION_AD',
  dimensions: ['ad_id', 'stat_time_day'],
  metrics: ['spend', 'impressions', 'clicks', 'conversion'],
  start_date: '2026-10-23',
  end_date: '2026-11-21',
  page_size: 1000,
  ...changes,
})

export interface ReportRow {
  readonly dimensions: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, string>>
}

/** All rows of a report, over all of its pages. */
export async function allRows(tiktok: TestSimulator, args: object): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = []
  for (let page = 1; ; page++) {
    const { code, message, data }: Parsed = await tiktok.read(REPORT, { ...args, page })
    assert.equal(code, 0, message)
    rows.push(...data.list)
    if (page >= data.page_info.total_page) return rows
  }
}

const LEVELS = {
  advertiser: ['AUCTION_ADVERTISER', 'advertiser_id', null],
  campaign: ['AUCTION_CAMPAIGN', 'campaign_id', 'campaign_status'],
  adgroup: ['AUCTION_ADGROUP', 'adgroup_id', 'adgroup_status'],
  ad: ['AUCTION_AD', 'ad_id', 'ad_status'],
} as const

export const LEVEL_NAMES = ['advertiser', 'campaign', 'adgroup', 'ad'] as const
export type LevelName = (typeof LEVEL_NAMES)[number]

/** The level and id dimension of a report. */
export const atLevel = (level: LevelName, ...others: readonly string[]) => ({
  data_level: LEVELS[level][0],
  dimensions: [LEVELS[level][1], ...others],
})

const inList = (field_name: string, values: readonly string[]) => ({
  field_name,
  filter_type: 'IN',
  filter_value: JSON.stringify(values),
})

/** Every row there is at a level: what is deleted too, and reserved first views in a pass of their own. */
export async function everyRow(tiktok: TestSimulator, level: LevelName, args: object): Promise<readonly ReportRow[]> {
  const [, , status] = LEVELS[level]
  if (status === null) return allRows(tiktok, args)
  const all = inList(status, ['STATUS_ALL'])
  return [
    ...(await allRows(tiktok, { ...args, filtering: [all] })),
    ...(await allRows(tiktok, { ...args, filtering: [all, inList('buying_type', ['RESERVATION_TOP_VIEW'])] })),
  ]
}

/** A filter as reports want it. */
export const aFilter = inList

/** A sum of texts, exact to the cent; "-" counts as nothing. */
export const sumOf = (rows: readonly ReportRow[], metric: string): number =>
  rows.reduce(
    (sum, { metrics }) => sum + (metrics[metric] === '-' ? 0 : Math.round(Number(metrics[metric]) * 100)),
    0,
  ) / 100
