import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createRateBudget, createRateBudgets, type RateBudget } from './rate_budget.ts'

/** When each of so many calls could go, one after another, in ms from now. */
function callTimes(
  budget: RateBudget,
  clock: { now: number },
  count: number,
  advertiser: string | null = null,
): number[] {
  const start = clock.now
  return Array.from({ length: count }, () => {
    for (let wait = budget.take(advertiser); wait > 0; wait = budget.take(advertiser)) clock.now += wait
    return clock.now - start
  })
}

function aBudget(perSecond = 10) {
  const clock = { now: 1_000_000 }
  return { clock, budget: createRateBudget({ perSecond, now: () => clock.now }) }
}

test('calls are spaced evenly', () => {
  const { clock, budget } = aBudget(10)

  assert.deepEqual(callTimes(budget, clock, 5), [0, 100, 200, 300, 400])
})

test('no second holds more calls than the budget, however they come', () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 30 }), (gaps, perSecond) => {
      const { clock, budget } = aBudget(perSecond)
      const times = gaps.map((gap, index) => {
        clock.now += gap
        return callTimes(budget, clock, 1, `advertiser ${index % 3}`).length && clock.now
      })
      for (const from of times) {
        const within = times.filter((time) => time >= from && time < from + 1000)
        assert.ok(within.length <= perSecond, `${within.length} calls in a second`)
      }
    }),
  )
})

test('throttling halves the whole app, and the calls come back to full speed by themselves', () => {
  const { clock, budget } = aBudget(10)

  budget.slowDown('7', null)
  assert.equal(budget.perSecond(), 5)
  assert.equal(budget.take('8'), 200)
  clock.now += 2_000
  budget.slowDown('7', null)
  assert.ok(Math.abs(budget.perSecond() - 2.53) < 0.01)

  clock.now += 5 * 60_000
  assert.equal(budget.perSecond(), 10)
})

test('refusals of calls that were on their way together are one sign', () => {
  const { clock, budget } = aBudget(10)

  for (let call = 0; call < 5; call += 1) {
    budget.slowDown('7', null)
    clock.now += 100
  }

  assert.ok(budget.perSecond() > 5 && budget.perSecond() < 5.1)
})

test('nobody calls while TikTok wants quiet', () => {
  const { clock, budget } = aBudget(10)

  budget.slowDown('7', 60_000)

  assert.equal(budget.take('8'), 60_000)
  assert.equal(budget.take(null), 60_000)
  clock.now += 60_000
  assert.equal(budget.take('8'), 0)
})

test('it never comes to a standstill', () => {
  const { clock, budget } = aBudget(16)

  for (let sign = 0; sign < 50; sign += 1) {
    budget.slowDown(null, null)
    clock.now += 1_000
  }

  assert.ok(budget.perSecond() >= 0.5)
})

test('runs of one app share a budget, and apps have their own', () => {
  const budgetOf = createRateBudgets({ perSecond: 10, now: () => 5_000 })

  assert.equal(budgetOf('app 1').take(null), 0)
  assert.equal(budgetOf('app 1').take(null), 100)
  assert.equal(budgetOf('app 2').take(null), 0)
})
