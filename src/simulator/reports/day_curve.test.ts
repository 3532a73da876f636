import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf, HOUR_MS } from '../world/calendar.ts'
import { curveOf, momentOf, shareAt } from './day_curve.ts'

const zone = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe')
const day = fc.integer({ min: 18_000, max: 22_000 })

test('the hours of a day follow each other from midnight to midnight, and their shares make one', () => {
  fc.assert(
    fc.property(zone, day, (zone, day) => {
      const { start, end, slots } = curveOf(day, zone)
      assert.equal(dayOf(start, zone), day)
      assert.equal(dayOf(start - 1, zone), day - 1)
      assert.equal(dayOf(end, zone), day + 1)
      assert.deepEqual(
        slots.map(({ start }) => start),
        [start, ...slots.slice(0, -1).map(({ end }) => end)],
      )
      const hours = slots.map(({ hour }) => hour)
      assert.deepEqual(
        hours,
        [...new Set(hours)].toSorted((a, b) => a - b),
      )
      assert.ok(Math.abs(slots.at(-1)!.after - 1) < 1e-9)
      const length = (end - start) / HOUR_MS
      assert.ok([23, 23.5, 24, 24.5, 25].includes(length), `${length}`)
    }),
  )
})

test('figures only come in, and a share of them has its moment', () => {
  fc.assert(
    fc.property(
      zone,
      day,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 1 }),
      (zone, day, share, ms) => {
        const curve = curveOf(day, zone)
        const moment = momentOf(curve, share)
        assert.ok(moment >= curve.start && moment <= curve.end)
        assert.ok(Math.abs(shareAt(curve, moment) - share) < 1e-6)
        assert.ok(shareAt(curve, moment + ms) >= shareAt(curve, moment))
      },
    ),
  )
  const curve = curveOf(20_000, 'UTC')
  assert.deepEqual([shareAt(curve, curve.start), shareAt(curve, curve.end), shareAt(curve, Infinity)], [0, 1, 1])
})
