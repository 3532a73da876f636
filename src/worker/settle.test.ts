import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aReceipt } from '../../test/entries.ts'
import { START } from '../../test/queue_suite.ts'
import type { Receipt } from '../core/errors.ts'
import type { Outcome } from '../core/outcome.ts'
import { backoffMs } from './backoff.ts'
import { type Parcel, settle } from './settle.ts'

const HOUR_MS = 3_600_000
const WINDOW_MS = 47 * HOUR_MS
const REASON = { code: 'tiktok.server_error', message: 'HTTP 503' }
const moment = { now: START, random: () => 1 }

function aParcel(more: Partial<Parcel> = {}): Parcel {
  const item = { text: '{}', batchKey: '' }
  return { seq: 1, mapping: 'all', item, attempts: 0, firstAttemptAt: null, unknown: false, earlierCalls: [], ...more }
}

type Postponed = Extract<Outcome, { kind: 'postponed' }>

function postponed(more: Partial<Postponed> = {}): Postponed {
  return { kind: 'postponed', reason: REASON, unknown: false, free: false, retryAfterMs: null, receipt: null, ...more }
}

const settleOne = (parcel: Parcel, outcome: Outcome) =>
  settle([parcel], { outcomes: [outcome], stopped: null }, [], moment)[0]!

test('a delivery keeps the call that made it, once for all that travelled in it', () => {
  const calls: Receipt[] = [aReceipt({ message: 'of an earlier batch' })]
  const receipt = aReceipt()
  const parcels = [aParcel(), aParcel({ seq: 2, earlierCalls: [7], attempts: 3, firstAttemptAt: 5, unknown: true })]
  const outcomes = parcels.map(() => ({ kind: 'delivered', receipt }) as const)

  const records = settle(parcels, { outcomes, stopped: null }, calls, moment)

  const delivered = { mapping: 'all', state: 'delivered', reason: null, dueAt: null, unknown: false, call: 1 } as const
  assert.deepEqual(records, [
    { ...delivered, seq: 1, attempts: 1, firstAttemptAt: START, earlierCalls: [] },
    { ...delivered, seq: 2, attempts: 4, firstAttemptAt: 5, earlierCalls: [7] },
  ])
  assert.deepEqual(calls.slice(1), [receipt])
})

test('what was refused is dead with the words of the refusal', () => {
  const receipt = aReceipt()
  assert.deepEqual(settleOne(aParcel({ unknown: true }), { kind: 'rejected', reason: REASON, receipt }), {
    seq: 1,
    mapping: 'all',
    state: 'dead',
    reason: REASON,
    attempts: 1,
    firstAttemptAt: START,
    dueAt: null,
    unknown: true,
    earlierCalls: [],
    call: 0,
  })
})

test('a free try counts nothing and is due at once, or when it was told to come back', () => {
  const waiting = settleOne(aParcel({ attempts: 2 }), postponed({ free: true }))
  assert.deepEqual([waiting.state, waiting.attempts, waiting.dueAt], ['retry', 2, START])
  assert.equal(settleOne(aParcel(), postponed({ free: true, retryAfterMs: 7000 })).dueAt, START + 7000)
})

test('a try that failed is due after the longer of its own wait and the one it was told', () => {
  assert.equal(settleOne(aParcel({ attempts: 2 }), postponed()).dueAt, START + 4000)
  assert.equal(settleOne(aParcel({ attempts: 2 }), postponed({ retryAfterMs: 60_000 })).dueAt, START + 60_000)
})

test('the window of an item begins with the first try that may have arrived', () => {
  const receipt = aReceipt({ sentAt: START - 5 })
  const long = { attempts: 9, firstAttemptAt: START - 99 * HOUR_MS }

  const never = settleOne(aParcel(long), postponed({ receipt }))
  const now = settleOne(aParcel(long), postponed({ receipt, unknown: true }))
  const cut = settleOne(aParcel(), postponed({ unknown: true }))

  assert.deepEqual([never.state, never.firstAttemptAt, never.unknown], ['retry', long.firstAttemptAt, false])
  assert.deepEqual([now.state, now.firstAttemptAt, now.unknown], ['retry', START - 5, true])
  assert.deepEqual([cut.state, cut.firstAttemptAt], ['retry', START])
})

test('an item that may have arrived is never due outside its window; any other is always due', () => {
  const parcel = fc.record({
    attempts: fc.nat(100),
    firstAttemptAt: fc.option(fc.integer({ min: START - 100 * HOUR_MS, max: START })),
    unknown: fc.boolean(),
  })
  const outcome = fc.record({
    unknown: fc.boolean(),
    free: fc.boolean(),
    retryAfterMs: fc.option(fc.nat(900_000)),
    receipt: fc.option(fc.constant(aReceipt())),
  })
  fc.assert(
    fc.property(parcel, outcome, fc.double({ min: 0, max: 1, noNaN: true }), (given, more, random) => {
      const [record] = settle([aParcel(given)], { outcomes: [postponed(more)], stopped: null }, [], {
        now: START,
        random: () => random,
      })
      const { state, dueAt, unknown, firstAttemptAt } = record!
      assert.equal(unknown, given.unknown || more.unknown)
      if (state === 'dead') assert.ok(unknown && firstAttemptAt! < START - WINDOW_MS + 900_001)
      else assert.ok(dueAt! >= START && (!unknown || firstAttemptAt === null || dueAt! <= firstAttemptAt + WINDOW_MS))
    }),
  )
})

test('waits are drawn from nothing up to a bound that doubles from one second to fifteen minutes', () => {
  const bounds = Array.from({ length: 12 }, (_, i) => backoffMs(i + 1, () => 1) / 1000)
  assert.deepEqual(bounds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  assert.equal(
    backoffMs(1000, () => 1),
    900_000,
  )
  assert.equal(
    backoffMs(5, () => 0),
    0,
  )
  assert.equal(
    backoffMs(5, () => 0.5),
    8000,
  )
})
