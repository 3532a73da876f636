import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysIn, dayText, isDay, rangeText } from './days.ts'

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('a range says the year once, unless its ends lie in two', () => {
  assert.equal(rangeText({ from: '2026-02-10', to: '2026-03-11' }), '10 Feb – 11 Mar 2026')
  assert.equal(rangeText({ from: '2025-12-30', to: '2026-01-02' }), '30 Dec 2025 – 2 Jan 2026')
  assert.equal(rangeText({ from: '2026-03-11', to: '2026-03-11' }), '11 Mar 2026')
})

test('going some days on and back again ends on the same day, whatever the clocks did between', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -4000, max: 4000 }), (start, days) => {
      assert.equal(addDays(addDays(start, days), -days), start)
    }),
  )
})

test('a range of n days ends n − 1 days after it began', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 4000 }), (from, days) => {
      assert.equal(daysIn({ from, to: addDays(from, days - 1) }), days)
    }),
  )
  assert.equal(daysIn({ from: '2026-03-11', to: '2026-03-10' }), 0)
})

test('only days that exist are days', () => {
  assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-3', '', 'today'].map(isDay), [true, false, false, false, false])
  assert.equal(dayText('soon'), 'soon')
})
