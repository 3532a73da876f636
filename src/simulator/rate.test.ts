import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RateLimit } from './rate.ts'
import { aBody, anEvent, aSimulator, TRACK } from './testing.ts'

test("the bucket gives a second's worth at once and fills with time", async (t) => {
  const tiktok = await aSimulator(t, { settings: { requests_per_second: 2 }, world: { tokens: { other: {} } } })
  const codes = async (count: number) => {
    const answers = Array.from({ length: count }, () => tiktok.track(aBody([anEvent()])))
    return (await Promise.all(answers)).map(({ code }) => code).toSorted((a, b) => a - b)
  }

  const atOnce = await codes(3)
  const otherToken = await tiktok.post(TRACK, aBody([anEvent()]), { 'access-token': 'other' })
  await tiktok.control('POST', 'clock', { advance_ms: 500 })
  const halfASecondLater = await codes(2)

  assert.deepEqual(atOnce, [0, 0, 40100])
  assert.equal(otherToken.code, 0)
  assert.deepEqual(halfASecondLater, [0, 40100])
})

test('a world without a limit throttles nobody', async (t) => {
  const tiktok = await aSimulator(t, { settings: { requests_per_second: 'none' } })

  const { code } = await tiktok.track(aBody([anEvent()]))

  assert.equal(code, 0)
})

test('no span of time lets more through than the rate and one full bucket', () => {
  const waits = fc.array(fc.nat(700), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), waits, (perSecond, waitsMs) => {
      const rate = new RateLimit()
      let at = 0
      let allowed = 0
      for (const waitMs of waitsMs) {
        at += waitMs
        if (rate.take('token', perSecond, at)) allowed += 1
      }
      assert.ok(allowed <= perSecond + (at * perSecond) / 1000 + 1e-6)
    }),
  )
})
