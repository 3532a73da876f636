import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunSlice } from '../../../src/server/contract_streams.ts'
import { heatRows, sliceTotals, stateCounts, worstFirst } from './heat.ts'

const slice = (given: Partial<RunSlice>): RunSlice => ({
  run: 'run_1',
  stream: 'ad_report_daily',
  advertiserId: '1',
  days: null,
  state: 'done',
  startedAt: null,
  endedAt: null,
  reason: null,
  read: 0,
  added: 0,
  changed: 0,
  same: 0,
  removed: 0,
  calls: 1,
  waitedMs: 0,
  retries: 0,
  truncated: false,
  metricsDropped: [],
  requestIds: [],
  ...given,
})
const days = (from: string, to: string) => ({ from, to })

test('a strip runs from the oldest day to the newest, though the newest is read first', () => {
  const newer = slice({ days: days('2026-03-02', '2026-03-31') })
  const older = slice({ days: days('2026-02-01', '2026-03-01') })
  const other = slice({ stream: 'advertiser' })

  assert.deepEqual(heatRows([newer, other, older]), [
    { stream: 'ad_report_daily', advertiserId: '1', slices: [older, newer] },
    { stream: 'advertiser', advertiserId: '1', slices: [other] },
  ])
})

test('what needs a person is listed first', () => {
  const states = ['done', 'waiting', 'failed', 'reading', 'unconfirmed'] as const

  const sorted = worstFirst(states.map((state) => slice({ state })))

  assert.deepEqual(
    sorted.map(({ state }) => state),
    ['failed', 'unconfirmed', 'reading', 'waiting', 'done'],
  )
  assert.deepEqual([...stateCounts(sorted)][0], ['failed', 1])
})

test('a metric dropped from several slices is named once', () => {
  const slices = [slice({ metricsDropped: ['reach', 'form'], retries: 2 }), slice({ metricsDropped: ['form'] })]

  assert.deepEqual(sliceTotals(slices), {
    calls: 2,
    retries: 2,
    waitedMs: 0,
    truncated: 0,
    metricsDropped: ['form', 'reach'],
  })
})
