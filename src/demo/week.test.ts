import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CURRENCIES } from '../tiktok/currencies.ts'
import { PLANTED } from './faults.ts'
import { seededRandom } from './random.ts'
import type { Call } from './visit.ts'
import { endlessVisits, sampleWeek } from './week.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000
const seeds = fc.integer({ min: 0, max: 1e9 })
// A week takes some 50 ms to make.
const FEW = { numRuns: 10 }

const bytesOf = (call: Call): number => Buffer.byteLength(JSON.stringify(call))
const inCents = (value: unknown): number => Math.round(Number(value) * 100)

/** Calls as they happened, without those that are sent a second time. */
const originals = (seed: number) => sampleWeek(seed, NOW).calls.slice(0, -PLANTED.duplicate)

test('the same seed and time give the same week, another seed another one', () => {
  assert.deepEqual(sampleWeek(7, NOW), sampleWeek(7, NOW))
  assert.notDeepEqual(sampleWeek(7, NOW), sampleWeek(8, NOW))
})

test('a week is a few thousand calls of about three hundred people', () => {
  const calls = originals(1)

  const people = new Set(calls.map(({ anonymousId }) => anonymousId))
  assert.ok(calls.length > 3000 && calls.length < 8000, `${calls.length} calls`)
  assert.ok(people.size >= 300 && people.size < 340, `${people.size} people`)
})

test('messageIds are unique but for the planted repeats', () =>
  fc.assert(
    fc.property(seeds, (seed) => {
      const { calls } = sampleWeek(seed, NOW)
      assert.equal(new Set(calls.map(({ messageId }) => messageId)).size, calls.length - PLANTED.duplicate)
      const repeats = calls.slice(-PLANTED.duplicate)
      for (const repeat of repeats)
        assert.deepEqual(
          calls.filter(({ messageId }) => messageId === repeat.messageId),
          [repeat, repeat],
        )
    }),
    FEW,
  ))

test('whatever an order says it earns is what its products cost, less the discount', () =>
  fc.assert(
    fc.property(seeds, (seed) => {
      const orders = originals(seed).filter(({ properties }) => typeof properties['revenue'] === 'number')
      for (const { properties } of orders) {
        const { products, discount, revenue, shipping, tax, total } = properties
        const lines = (products as { price: number; quantity: number }[]).map(
          ({ price, quantity }) => inCents(price) * quantity,
        )
        assert.equal(inCents(revenue), lines.reduce((sum, line) => sum + line, 0) - inCents(discount))
        assert.equal(inCents(total), inCents(revenue) + inCents(shipping) + inCents(tax))
      }
    }),
    FEW,
  ))

test('all but the planted late orders happen within the seven days before now', () =>
  fc.assert(
    fc.property(seeds, (seed) => {
      const times = originals(seed).map(({ timestamp }) => Number(timestamp))
      assert.equal(times.filter((time) => time < NOW - 7 * DAY_MS - DAY_MS / 24).length, PLANTED.old)
      assert.ok(times.every((time) => time < NOW))
    }),
    FEW,
  ))

test('the planted mistakes are there exactly as often as is said, and nowhere else', () =>
  fc.assert(
    fc.property(seeds, (seed) => {
      const calls = originals(seed).map(({ properties }) => properties)
      const count = (found: (properties: (typeof calls)[number]) => boolean) => calls.filter(found).length
      const { dead, withoutCurrency } = PLANTED
      const isUnsupported = ({ currency }: { currency?: unknown }) =>
        typeof currency === 'string' && !CURRENCIES.has(currency)
      assert.equal(count(isUnsupported), dead['tiktok.unsupported_currency'])
      assert.equal(
        count(({ revenue }) => typeof revenue === 'string'),
        dead['mapping.wrong_type'],
      )
      assert.equal(
        count(({ revenue, currency }) => revenue !== undefined && currency === undefined),
        withoutCurrency,
      )
    }),
    FEW,
  ))

test('every call that goes through the library is one that the library and the server take', () =>
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const call of originals(seed)) {
        assert.ok(call.anonymousId !== '')
        assert.ok(call.type === 'identify' || call.name !== '')
        assert.ok(bytesOf(call) < 32 * 1024)
      }
    }),
    FEW,
  ))

test('nobody who said no to advertising has a planted mistake', () => {
  const refusals = originals(1).filter(({ context }) => JSON.stringify(context).includes('"Advertising":false'))
  const planted = refusals.filter(({ properties: { order_id } }) => /^(UY|TEXT|BARE|LATE)-/.test(String(order_id)))
  assert.ok(refusals.length > 0)
  assert.deepEqual(planted, [])
})

test('nobody is reachable: addresses, e-mails and numbers are of ranges set aside for examples', () => {
  const texts = originals(1).map(({ context }) => context as { ip: string; traits?: { email: string } })
  const reachable = texts.filter(({ ip }) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\.|^2001:db8:/.test(ip))
  const emails = texts.flatMap(({ traits }) => (traits?.email.includes('@') ? [traits.email.trim().toLowerCase()] : []))
  assert.deepEqual(reachable, [])
  assert.deepEqual(
    emails.filter((email) => !/@(mail\.)?example\.(com|org|net)$/.test(email)),
    [],
  )
})

test('what the hand-written sender sends is broken in the planted ways', () => {
  const { broken } = sampleWeek(1, NOW)

  const tooLarge = broken.filter((event) => Buffer.byteLength(JSON.stringify(event)) > 32 * 1024)
  const nobodys = broken.filter(({ userId, anonymousId }) => userId === undefined && anonymousId === undefined)
  const nameless = broken.filter(({ type, event }) => type === 'track' && event === '')
  assert.equal(tooLarge.length, PLANTED.rejected['ingest.event_too_large'])
  assert.equal(nobodys.length, PLANTED.rejected['ingest.event_user_missing'])
  assert.equal(nameless.length, PLANTED.rejected['ingest.event_name_missing'])
  assert.equal(broken.length, tooLarge.length + nobodys.length + nameless.length)
})

test('visits go on without end', () => {
  const visits = endlessVisits(1, seededRandom('live')).take(50).toArray()

  assert.equal(visits.length, 50)
  assert.ok(visits.every((visit) => visit[0]?.name === 'Home'))
})
