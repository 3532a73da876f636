import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunSlice } from './run.ts'
import { type StandingInput, standingAfter } from './standing.ts'

const slice = (more: Partial<RunSlice>): RunSlice => ({
  run: 'r2',
  stream: 'ad_report_daily',
  advertiserId: '1',
  days: { from: '2026-03-01', to: '2026-03-11' },
  state: 'done',
  startedAt: 10,
  endedAt: 20,
  reason: null,
  read: 5,
  added: 1,
  changed: 2,
  same: 2,
  removed: 0,
  calls: 1,
  waitedMs: 0,
  retries: 0,
  truncated: false,
  metricsDropped: [],
  requestIds: [],
  ...more,
})

const ONE = { id: '1', name: 'One', currency: 'USD', timezone: 'UTC' }

const input = (more: Partial<StandingInput>): StandingInput => ({
  before: null,
  run: 'r2',
  slices: [],
  advertisers: [ONE],
  todays: new Map([['1', '2026-03-10']]),
  held: new Map(),
  ...more,
})

test('a stream stands as its last run left it, through the last day that is over or today', () => {
  const reason = { code: 'run.failed', message: 'odd' }
  const slices = [
    slice({ startedAt: 12 }),
    slice({ days: { from: '2026-02-01', to: '2026-02-28' }, state: 'failed', endedAt: 30, reason, read: 0 }),
  ]

  const { streams } = standingAfter(input({ slices }))

  const { window, startedAt, endedAt, read, open, reason: told, through, isHeld } = streams['ad_report_daily']!
  assert.deepEqual(
    { window, startedAt, endedAt, read, open, told, through, isHeld },
    {
      window: { from: '2026-02-01', to: '2026-03-11' },
      startedAt: 10,
      endedAt: 30,
      read: 5,
      open: 1,
      told: reason,
      through: { 1: '2026-03-10' },
      isHeld: false,
    },
  )
})

test('streams that a run did not touch, and days that it did not better, stay as they were', () => {
  const before = standingAfter(input({ run: 'r1', slices: [slice({}), slice({ stream: 'pixel', days: null })] }))
  const backfill = [slice({ days: { from: '2026-01-01', to: '2026-01-02' } })]

  const { streams } = standingAfter(input({ before, slices: backfill }))

  assert.equal(streams['pixel'], before.streams['pixel'])
  assert.deepEqual(streams['pixel']!.window, null)
  assert.deepEqual(streams['ad_report_daily']!.through, { 1: '2026-03-10' })
  assert.deepEqual(streams['ad_report_daily']!.run, 'r2')
})

test('a stream that waits for a decision says so and keeps its figures; its next run clears that', () => {
  const before = standingAfter(input({ slices: [slice({})] }))
  const reason = { code: 'schema.waits', message: 'Waits' }

  const held = standingAfter(
    input({
      before,
      held: new Map([
        ['ad_report_daily', reason],
        ['video', reason],
      ]),
    }),
  )
  assert.deepEqual([held.streams['ad_report_daily']!.isHeld, held.streams['ad_report_daily']!.read], [true, 5])
  assert.deepEqual([held.streams['video']!.isHeld, held.streams['video']!.endedAt], [true, null])

  const after = standingAfter(input({ before: held, slices: [slice({})] }))
  assert.deepEqual([after.streams['ad_report_daily']!.isHeld, after.streams['ad_report_daily']!.reason], [false, null])
})
