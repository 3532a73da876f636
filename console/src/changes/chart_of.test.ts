import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RestatementRow } from '../../../src/server/contract_streams.ts'
import { chartOf } from './chart_of.ts'

const row = (table: string, column: string, day: string | null = '2026-03-01') =>
  ({ table, column, day }) as RestatementRow
const rows = [
  row('ad_country_report', 'likes'),
  row('ad_country_report', 'spend'),
  row('ad_report_daily', 'likes'),
  row('ad_report_daily', 'conversion'),
  row('ad_report_lifetime', 'conversion', null),
]

test('one column of one table is charted, since several tables hold the same figures', () => {
  assert.deepEqual(chartOf(rows, {}), { table: 'ad_report_daily', column: 'conversion' })
  assert.deepEqual(chartOf(rows, { table: 'ad_country_report' }), { table: 'ad_country_report', column: 'spend' })
  assert.deepEqual(chartOf(rows, { column: 'likes' }), { table: 'ad_report_daily', column: 'likes' })
})

test('without any of the usual ones, what was restated most often is charted', () => {
  const own = [row('custom_a', 'form'), row('custom_b', 'form'), row('custom_b', 'page'), row('custom_b', 'page')]

  assert.deepEqual(chartOf(own, {}), { table: 'custom_b', column: 'page' })
  assert.deepEqual(chartOf([row('ad_report_lifetime', 'likes', null)], {}), {
    table: 'ad_report_lifetime',
    column: 'likes',
  })
})
