import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Run, RunSlice } from '../../../src/server/contract_streams.ts'
import { askedAgain, askedExactly } from './asked_again.ts'

const run = { sync: 'main-to-local' } as Run
const slice = (stream: string, days: RunSlice['days']) => ({ stream, days }) as RunSlice

test('failed slices are read again over the days they span, each stream once', () => {
  const failed = [
    slice('ad_report_daily', { from: '2026-03-01', to: '2026-03-10' }),
    slice('ad_report_daily', { from: '2026-01-01', to: '2026-01-10' }),
    slice('ad_history', null),
  ]

  assert.deepEqual(askedAgain(run, failed), {
    sync: 'main-to-local',
    kind: 'backfill',
    streams: ['ad_report_daily', 'ad_history'],
    days: { from: '2026-01-01', to: '2026-03-10' },
  })
})

test('tables that are not cut by days are read again without any', () => {
  assert.deepEqual(askedAgain(run, [slice('ad_history', null)]), {
    sync: 'main-to-local',
    kind: 'manual',
    streams: ['ad_history'],
  })
})

test('a confirmation reads no day between the ranges it is about', () => {
  const march = { from: '2026-03-01', to: '2026-03-10' }
  const january = { from: '2026-01-01', to: '2026-01-10' }
  const empty = [slice('ad_report_daily', march), slice('ad_history', null), slice('ad_report_daily', january)]

  assert.deepEqual(
    askedExactly(run, empty).map(({ kind, streams, days }) => [kind, streams, days]),
    [
      ['backfill', ['ad_report_daily'], march],
      ['manual', ['ad_history'], undefined],
      ['backfill', ['ad_report_daily'], january],
    ],
  )
})
