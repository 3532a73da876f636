import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Run, RunSlice, SliceState } from '../core/run.ts'
import { detailOf } from './run_rate.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const MINUTE = 60_000

test('a run is as fast as it was over the last five minutes, and what is left takes as long as that says', () => {
  const ended = [9, 8, 4, 3, 2, 1].map((minutes) => aSlice('done', NOW - minutes * MINUTE))
  const slices = [...ended, aSlice('failed', NOW - 1), aSlice('reading', null), aSlice('waiting', null)]

  const { slicesPerMinute, secondsLeft } = detailOf(aRun('running', NOW - 10 * MINUTE), slices, NOW)

  assert.deepEqual({ slicesPerMinute, secondsLeft }, { slicesPerMinute: 1, secondsLeft: 120 })
})

test('a run that has just begun, or has ended, has no rate', () => {
  const slices = [aSlice('done', NOW - 1), aSlice('waiting', null)]
  const many = Array.from({ length: 9 }, () => aSlice('done', NOW - 1))

  assert.deepEqual(detailOf(aRun('running', NOW - MINUTE), slices, NOW).slicesPerMinute, null)
  assert.deepEqual(detailOf(aRun('running', NOW), many, NOW).secondsLeft, null)
  assert.deepEqual(detailOf(aRun('succeeded', NOW - MINUTE), many, NOW).slicesPerMinute, null)
})

function aRun(state: Run['state'], startedAt: number): Run {
  return { state, startedAt } as Run
}

function aSlice(state: SliceState, endedAt: number | null): RunSlice {
  return { state, endedAt } as RunSlice
}
