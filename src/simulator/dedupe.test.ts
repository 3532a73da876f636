import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Channel, DedupeWindow, MERGE_MS, type Sighting, WINDOW_MS } from './dedupe.ts'
import { aBody, anEvent, appBody, aSimulator, PIXEL, type TestSimulator } from './testing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const firePixel = (tiktok: TestSimulator, event: object) =>
  tiktok.control('POST', 'pixel', { event_source_id: PIXEL, data: [event] })

const advance = (tiktok: TestSimulator, ms: number) => tiktok.control('POST', 'clock', { advance_ms: ms })

const totalsOf = async (tiktok: TestSimulator) => {
  const { by_event, ...totals } = (await tiktok.control('GET', 'events')).totals
  return totals
}

test('a second copy is dropped until 48 hours after the first, then counted again', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(aBody([anEvent()]))
  await advance(tiktok, WINDOW_MS - 1)
  await tiktok.track(aBody([anEvent()]))
  const before = await totalsOf(tiktok)
  await advance(tiktok, 1)
  await tiktok.track(aBody([anEvent()]))
  const after = await totalsOf(tiktok)

  assert.deepEqual(before, { received: 2, counted: 1, duplicates: 1, merged: 0, test: 0 })
  assert.deepEqual(after, { received: 3, counted: 2, duplicates: 1, merged: 0, test: 0 })
})

test('the window runs from the first copy, not from the last', async (t) => {
  const tiktok = await aSimulator(t)

  for (const _ of [1, 2, 3]) {
    await tiktok.track(aBody([anEvent()]))
    await advance(tiktok, 30 * HOUR)
  }

  assert.equal((await totalsOf(tiktok)).counted, 2)
})

test('copies inside one request are dropped too', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(aBody([anEvent(), anEvent({ properties: {} }), anEvent({ event_id: 'order-2' })]))

  assert.deepEqual(await totalsOf(tiktok), { received: 3, counted: 2, duplicates: 1, merged: 0, test: 0 })
})

const APART: readonly (readonly [what: string, first: object, second: object])[] = [
  ['another event_id', {}, { event_id: 'ORDER-1' }],
  ['another event name', {}, { event: 'AddToCart' }],
  ['no event_id on either', { event_id: undefined }, { event_id: undefined }],
  ['an empty event_id on either', { event_id: '' }, { event_id: '' }],
]

for (const [what, first, second] of APART) {
  test(`${what} makes two events`, async (t) => {
    const tiktok = await aSimulator(t)

    await tiktok.track(aBody([anEvent(first), anEvent(second)]))

    assert.equal((await totalsOf(tiktok)).counted, 2)
  })
}

const ALIKE: readonly (readonly [first: string, second: string, countedAs: string])[] = [
  ['CompletePayment', 'Purchase', 'Purchase'],
  ['SubmitForm', 'Lead', 'Lead'],
  ['StartCheckout', 'InitiateCheckout', 'InitiateCheckout'],
  ['Pageview', 'PageView', 'PageView'],
]

for (const [first, second, countedAs] of ALIKE) {
  test(`${first} and ${second} with one event_id are one ${countedAs}`, async (t) => {
    const tiktok = await aSimulator(t)

    await tiktok.track(aBody([anEvent({ event: first }), anEvent({ event: second })]))

    const { totals } = await tiktok.control('GET', 'events')
    const tally = { received: 2, counted: 1, duplicates: 1, merged: 0, test: 0 }
    assert.deepEqual(totals, { ...tally, by_event: { [countedAs]: tally } })
  })
}

test('one event_id at two event sources is two events', async (t) => {
  const tiktok = await aSimulator(t, { world: { pixels: { CSIMULATOR0000000002: {} } } })

  await tiktok.track(aBody([anEvent()]))
  await tiktok.track(aBody([anEvent()], { event_source_id: 'CSIMULATOR0000000002' }))

  assert.equal((await totalsOf(tiktok)).counted, 2)
})

test("the server's copy is merged into the pixel's within five minutes and fills what it lacks", async (t) => {
  const tiktok = await aSimulator(t)
  await firePixel(tiktok, anEvent({ user: { ttp: 'cookie' }, properties: { value: 1 } }))
  await advance(tiktok, MERGE_MS)

  await tiktok.track(aBody([anEvent({ properties: { value: 2, currency: 'EUR' } })]))

  const { totals, events } = await tiktok.control('GET', 'events')
  assert.equal(totals.merged, 1)
  assert.equal(events.length, 1)
  assert.equal(events[0].merged_copies, 1)
  assert.deepEqual(events[0].payload.properties, { value: 1, currency: 'EUR' })
  assert.deepEqual(events[0].match_keys, ['email', 'ttp', 'ip', 'user_agent'])
})

test("the server's copy is dropped when it comes later than five minutes after the pixel's", async (t) => {
  const tiktok = await aSimulator(t)
  await firePixel(tiktok, anEvent())
  await advance(tiktok, MERGE_MS + 1)

  await tiktok.track(aBody([anEvent()]))

  assert.deepEqual(await totalsOf(tiktok), { received: 2, counted: 1, duplicates: 1, merged: 0, test: 0 })
})

test('a second copy from the same channel is dropped, not merged', async (t) => {
  const tiktok = await aSimulator(t)
  await firePixel(tiktok, anEvent())

  await tiktok.track(aBody([anEvent(), anEvent()]))

  assert.deepEqual(await totalsOf(tiktok), { received: 3, counted: 1, duplicates: 1, merged: 1, test: 0 })
})

test('app events keep no event_id, unless the world says so', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(appBody(anEvent()))
  await tiktok.track(appBody(anEvent()))
  const usual = await totalsOf(tiktok)
  await tiktok.control('POST', 'world', { settings: { app_deduplication: 'on' } })
  await tiktok.track(appBody(anEvent()))
  const strict = await totalsOf(tiktok)

  assert.equal(usual.counted, 2)
  assert.equal(strict.duplicates, 1)
})

test('test events are kept apart and do not use up an event_id', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(aBody([anEvent(), anEvent()], { test_event_code: 'TEST12345' }))
  await tiktok.track(aBody([anEvent()]))

  assert.deepEqual(await totalsOf(tiktok), { received: 3, counted: 1, duplicates: 0, merged: 0, test: 2 })
})

test('a refused request uses up no event_id', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(aBody([anEvent(), anEvent({ event: '' })]))
  await tiktok.track(aBody([anEvent()]))

  assert.deepEqual(await totalsOf(tiktok), { received: 1, counted: 1, duplicates: 0, merged: 0, test: 0 })
})

/** The rules as plainly as they can be said, keeping everything for ever. */
function plainRules() {
  const firsts: { key: string; at: number; channels: Channel[] }[] = []
  return (key: string, channel: Channel, at: number): Sighting => {
    const first = firsts.findLast((one) => one.key === key && at - one.at < WINDOW_MS)
    if (first === undefined) {
      firsts.push({ key, at, channels: [channel] })
      return 'first'
    }
    if (first.channels.includes(channel) || at - first.at > MERGE_MS) return 'duplicate'
    first.channels.push(channel)
    return 'merged'
  }
}

test('the window agrees with the plain rules over weeks of events', () => {
  const step = fc.record({
    source: fc.constantFrom('A', 'B'),
    event: fc.constantFrom('Purchase', 'Lead'),
    id: fc.constantFrom('1', '2', '3'),
    channel: fc.constantFrom<Channel>('pixel', 'server'),
    waitMs: fc.oneof(
      fc.nat(2 * MERGE_MS),
      fc.nat(60 * HOUR),
      fc.constantFrom(0, 1, MERGE_MS, WINDOW_MS - 1, WINDOW_MS),
    ),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const window = new DedupeWindow()
      const plain = plainRules()
      let at = 1_700_000_000_000
      for (const { source, event, id, channel, waitMs } of steps) {
        at += waitMs
        assert.equal(window.see(source, event, id, channel, at), plain(`${source} ${event} ${id}`, channel, at))
      }
    }),
  )
})

test('an event is remembered for 48 hours and forgotten after 96', () => {
  const window = new DedupeWindow()
  const idsAt = (at: number) => {
    window.see('A', 'Lead', `at ${at}`, 'server', at)
    return [...window.remembered()].map(({ eventId }) => eventId)
  }

  assert.deepEqual(idsAt(0), ['at 0'])
  assert.deepEqual(idsAt(WINDOW_MS - 1), ['at 0', `at ${WINDOW_MS - 1}`])
  assert.deepEqual(idsAt(2 * WINDOW_MS), [`at ${2 * WINDOW_MS}`])
})
