import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SHOP } from '../../../test/ingest_server.ts'
import { allowance } from './allowance.ts'

test('a source that sends more than its allowance waits until it is out of debt', () => {
  let now = 0
  const secondsToWait = allowance(() => now)
  const source = { ...SHOP, eventsPerSecond: 10 }

  const waits = [0, 0, 1_000, 5_001, 5_200].map((at, call) => {
    now = at
    return secondsToWait(source, call === 1 ? 150 : 1)
  })

  assert.deepEqual(waits, [0, 0, 5, 1, 0])
  assert.equal(allowance(() => now)({ ...SHOP, name: 'other' }, 1e9), 0, 'no allowance, no limit')
})

test('a batch larger than the allowance is taken by a source that is not in debt', () => {
  const secondsToWait = allowance(() => 0)
  const source = { ...SHOP, eventsPerSecond: 1 }

  assert.equal(secondsToWait(source, 2500), 0)
  assert.equal(secondsToWait(source, 1), 300)
})
