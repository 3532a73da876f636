import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RestatementRow } from '../../../src/server/contract_streams.ts'
import { percent, triangleOf } from './triangle.ts'

const row = (day: string | null, at: string, before: string, after: string): RestatementRow => ({
  sync: 'main-to-local',
  run: 'run_1',
  at: Date.parse(at),
  table: 'ad_report_daily',
  advertiserId: '1',
  day,
  column: 'spend',
  before,
  after,
  rows: 2,
})

test('each day has a cell for each reading that changed it, and what is read twice a day is added up', () => {
  const triangle = triangleOf([
    row('2026-03-01', '2026-03-02T12:30:00Z', '10.10', '12.00'),
    row('2026-03-01', '2026-03-02T18:30:00Z', '0.20', '0.30'),
    row('2026-03-01', '2026-03-05T12:30:00Z', '12.30', '12.00'),
    row('2026-03-02', '2026-03-05T12:30:00Z', '5', '6'),
    row(null, '2026-03-05T12:30:00Z', '1', '2'),
  ])

  assert.deepEqual(triangle.days, ['2026-03-02', '2026-03-01'])
  assert.deepEqual(triangle.readings, ['2026-03-02', '2026-03-05'])
  assert.deepEqual(triangle.cells.get('2026-03-01')!.get('2026-03-02'), {
    before: '10.30',
    after: '12.30',
    difference: '2.00',
    rows: 4,
  })
  assert.equal(triangle.cells.get('2026-03-01')!.get('2026-03-05')!.difference, '-0.30')
})

test('a change from nothing has no share', () => {
  assert.equal(percent({ before: '0', after: '3' }), null)
  assert.equal(percent({ before: '200', after: '150' }), -25)
})
