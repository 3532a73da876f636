import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aBody, anEvent, aSimulator, crmBody, NOW, offlineBody, type Parsed, type TestSimulator } from '../testing.ts'
import { DAY_MS } from '../world/calendar.ts'
import { aFilter, allRows, aReport, type ReportRow, sumOf } from './testing.ts'
import { readTtclid, ttclidOf } from './ttclid.ts'

const METRICS = [
  'complete_payment',
  'total_complete_payment_rate',
  'conversion',
  'real_time_conversion',
  'cta_conversion',
  'offline_shopping_events',
  'offline_shopping_events_value',
  'offline_total_crm_events',
]

/** A click on an ad that sells on a website, two days before the tests' time. */
async function aClick(tiktok: TestSimulator, at = NOW - 2 * DAY_MS): Promise<Parsed> {
  return tiktok.control('GET', `ttclid?advertiser_id=7000000000000000001&at=${at}`)
}

const rowsOf = (tiktok: TestSimulator, { ad_id }: Parsed, metrics = METRICS): Promise<readonly ReportRow[]> =>
  allRows(tiktok, aReport({ metrics, filtering: [aFilter('ad_ids', [ad_id]), aFilter('ad_status', ['STATUS_ALL'])] }))

/** What a report holds more than before, by day; what did not change is left out. */
function gained(before: readonly ReportRow[], after: readonly ReportRow[]) {
  const seen = new Map(before.map((row) => [row.dimensions['stat_time_day'], row]))
  return after.flatMap((row) => {
    const old = seen.get(row.dimensions['stat_time_day'])
    const changes = Object.keys(row.metrics).flatMap((name) => {
      const more = sumOf([row], name) - (old === undefined ? 0 : sumOf([old], name))
      return more === 0 ? [] : [[name, Math.round(more * 100) / 100] as const]
    })
    return changes.length === 0
      ? []
      : [[row.dimensions['stat_time_day']!.slice(0, 10), Object.fromEntries(changes)] as const]
  })
}

const purchase = (ttclid: string, changes: object = {}) =>
  anEvent({ user: { ttclid }, properties: { value: 25.5, currency: 'USD' }, ...changes })

test('an event with a click id is in the report of its ad: on the day of the click, and on its own day in real time', async (t) => {
  const tiktok = await aSimulator(t)
  const click = await aClick(tiktok)
  const before = await rowsOf(tiktok, click)

  await tiktok.track(aBody([purchase(click.ttclid)]))

  const isGoal = before.some(({ metrics }) => Number(metrics['conversion']) !== Number(metrics['complete_payment']))
  const expected = { complete_payment: 1, total_complete_payment_rate: 25.5 }
  assert.deepEqual(gained(before, await rowsOf(tiktok, click)), [
    ['2026-11-19', { ...expected, ...(!isGoal && { conversion: 1, cta_conversion: 1 }) }],
    ...(isGoal ? [] : [['2026-11-21', { real_time_conversion: 1 }]]),
  ])
})

test('copies, test events and events out of the window give nobody credit', async (t) => {
  const tiktok = await aSimulator(t)
  const click = await aClick(tiktok)
  const early = await aClick(tiktok, NOW - 33 * DAY_MS)
  await tiktok.track(aBody([purchase(click.ttclid, { event_id: 'once' })]))
  const before = [await rowsOf(tiktok, click), await rowsOf(tiktok, early)]

  await tiktok.track(aBody([purchase(click.ttclid, { event_id: 'once' })]))
  await tiktok.track(aBody([purchase(click.ttclid, { event_id: 'tried' })], { test_event_code: 'TEST1' }))
  await tiktok.track(aBody([purchase(early.ttclid, { event_id: 'late' })]))
  await tiktok.track(aBody([purchase(`${click.ttclid}x`, { event_id: 'forged' })]))
  await tiktok.track(aBody([purchase(click.ttclid, { event_id: 'before', event_time: NOW / 1000 - 3 * 86_400 })]))

  assert.deepEqual([await rowsOf(tiktok, click), await rowsOf(tiktok, early)], before)
})

test('offline and CRM events are told in a leg of their own', async (t) => {
  const tiktok = await aSimulator(t)
  const click = await aClick(tiktok)
  const before = await rowsOf(tiktok, click)

  await tiktok.track(offlineBody(purchase(click.ttclid)))
  await tiktok.track(crmBody(purchase(click.ttclid, { event: 'Qualified lead' })))

  assert.deepEqual(gained(before, await rowsOf(tiktok, click)), [
    ['2026-11-19', { offline_shopping_events: 1, offline_shopping_events_value: 25.5, offline_total_crm_events: 1 }],
  ])
})

test('of people without a click id a part is known, always the same, and with all they do', async (t) => {
  const tiktok = await aSimulator(t)
  const total = async () => {
    const range = 'from=2026-11-10&to=2026-11-21&metrics=complete_payment,page_content_view_events'
    const { totals }: Parsed = await tiktok.control('GET', `truth?advertiser_id=7000000000000000001&${range}`)
    return [Number(totals.complete_payment), Number(totals.page_content_view_events)] as const
  }
  const events = (event: string, key: string) =>
    Array.from({ length: 400 }, (_, nth) =>
      anEvent({ event, event_id: `${event}-${nth}`, user: { external_id: `${key}${nth}`.padEnd(64, 'a') } }),
    )
  const nobody = anEvent({ user: { user_agent: 'Mozilla/5.0' }, event_id: 'nobody' })
  const before = await total()

  await tiktok.track(aBody([...events('Purchase', 'b'), nobody]))
  await tiktok.track(aBody(events('ViewContent', 'b')))

  const [payments, views] = await total()
  const credited = payments - before[0]
  assert.ok(credited > 70 && credited < 170, `${credited}`)
  assert.equal(views - before[1], credited)
})

test('a click id says which click it was, and cannot be made up', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 19n }), fc.nat(), fc.nat(), (id, clickedAt, nth) => {
      const click = { adId: `${id}`, clickedAt }
      const ttclid = ttclidOf(click, nth)
      assert.match(ttclid, /^E\.C\.P\.[\w-]+$/)
      assert.deepEqual(readTtclid(ttclid), click)
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readTtclid(`E.C.P.${text}`), null)))
})

test('a click id is made for an ad by its id, for running ones in turn, and not for others', async (t) => {
  const tiktok = await aSimulator(t)
  const [first, second] = [await tiktok.control('GET', 'ttclid'), await tiktok.control('GET', 'ttclid?nth=1')]

  const own = await tiktok.control('GET', `ttclid?ad_id=${second.ad_id}`)
  const none = await tiktok.control('GET', 'ttclid?ad_id=1')

  assert.notEqual(first.ad_id, second.ad_id)
  assert.equal(own.ad_id, second.ad_id)
  assert.deepEqual(none, { error: 'Cannot make a ttclid: there is no such ad' })
})
