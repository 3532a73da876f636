import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addBooks, type Books, closeBooks, type Standing, standingOf, standingOfDelivery } from './books.ts'

const STANDINGS: readonly Standing[] = ['pending', 'dead', 'delivered', 'suppressed', 'filtered']
const standings = fc.array(fc.constantFrom(...STANDINGS), { minLength: 1 })
const counts = fc.record({
  accepted: fc.nat(1000),
  duplicate: fc.nat(1000),
  filtered: fc.nat(1000),
  suppressed: fc.nat(1000),
  delivered: fc.nat(1000),
  dead: fc.nat(1000),
})

const sumOf = ({ accepted: _, ...lines }: Books): number => Object.values(lines).reduce((sum, line) => sum + line, 0)

test('a whole is pending while a part is, then dead when one is, and delivered when any is', () => {
  assert.equal(standingOf(['delivered', 'dead', 'pending']), 'pending')
  assert.equal(standingOf(['delivered', 'dead', 'filtered']), 'dead')
  assert.equal(standingOf(['filtered', 'delivered', 'suppressed']), 'delivered')
  assert.equal(standingOf(['filtered', 'suppressed']), 'suppressed')
  assert.equal(standingOf(['filtered']), 'filtered')
  assert.equal(standingOf([]), 'pending')
})

test('the order of the parts, and how they are grouped, changes nothing', () => {
  fc.assert(
    fc.property(standings, standings, (some, others) => {
      const whole = standingOf([...some, ...others])
      assert.equal(standingOf([...others, ...some].reverse()), whole)
      assert.equal(standingOf([standingOf(some), standingOf(others)]), whole)
    }),
  )
})

test('only a delivery that is tried again is pending', () => {
  assert.equal(standingOfDelivery('retry'), 'pending')
  for (const state of ['delivered', 'dead', 'filtered', 'suppressed'] as const) {
    assert.equal(standingOfDelivery(state), state)
  }
})

test('closed books add up, and so does their sum', () => {
  fc.assert(
    fc.property(fc.array(counts), (all) => {
      const closed = all.map(closeBooks)
      for (const books of [...closed, addBooks(closed)]) assert.equal(sumOf(books), books.accepted)
    }),
  )
})
