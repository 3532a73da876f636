import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamState } from '../../../src/server/contract_streams.ts'
import { byDay, dataThrough } from './through.ts'

const at = (advertiserId: string, day: string) => ({ advertiserId, advertiser: `Acme ${advertiserId}`, day })
const stream = (isOn: boolean, ...through: StreamState['through']) => ({ isOn, through }) as StreamState

test('data is through to the day that the slowest stream of an advertiser has reached', () => {
  const streams = [
    stream(true, at('1', '2026-03-11'), at('2', '2026-03-12')),
    stream(true, at('1', '2026-03-10')),
    stream(false, at('2', '2026-01-01')),
    stream(true),
  ]

  assert.deepEqual(dataThrough(streams), [at('1', '2026-03-10'), at('2', '2026-03-12')])
})

test('advertisers that share a day are named together, the one that lags first', () => {
  assert.deepEqual(byDay([at('1', '2026-03-12'), at('2', '2026-03-11'), at('3', '2026-03-12')]), [
    { day: '2026-03-11', names: ['Acme 2'] },
    { day: '2026-03-12', names: ['Acme 1', 'Acme 3'] },
  ])
})
