import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Table } from '../../../src/server/contract_streams.ts'
import { chartables, chartedColumns } from './chartable.ts'

const column = (name: string, type: string, totals: string | null) => ({ name, type, totals })
const table = {
  columns: [
    column('ad_id', 'id', null),
    column('ctr', 'ratio', 'recompute'),
    column('spend', 'money', 'sum'),
    column('reach', 'integer', 'none'),
    column('clicks', 'integer', 'sum'),
  ],
} as unknown as Table

test('only what may be added up is charted, and the rest says why not', () => {
  assert.deepEqual(
    chartables(table).map(({ column: { name }, why }) => [name, why === null]),
    [
      ['spend', true],
      ['clicks', true],
      ['ctr', false],
      ['reach', false],
    ],
  )
})

test('without a wish the usual figures are charted, and an address cannot ask for a sum that means nothing', () => {
  const names = (asked: string | undefined) => chartedColumns(table, asked).map(({ name }) => name)

  assert.deepEqual(names(undefined), ['spend', 'clicks'])
  assert.deepEqual(names('clicks,ctr,nothing'), ['clicks'])
})
