import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { aBody, anEvent, LADEN, SHOP } from '../src/simulator/testing.ts'
import { aLocalRoad, type LocalRoad } from './local_road.ts'
import { ADVERTISERS, SMALL_WORLD } from './small_world.ts'
import { difference, LEVELS, micros, standing, truthOf } from './truth_book.ts'

/** What happens between two runs, and what the warehouse makes of it. */

const DAY_MS = 86_400_000
const AT = Date.parse('2026-11-03T12:00:00Z')
const DAYS = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-03']
const DAILY = LEVELS.map(({ table }) => table.name)

const aRoad = (t: TestContext, streams: readonly string[]) =>
  aLocalRoad(t, { at: AT, streams, world: SMALL_WORLD, sync: { history_days: DAYS.length } })

const HOURLY_SUMS = LEVELS.find(({ level }) => level === 'ad')!.sums.map(({ name }) => name)

/** Hours of an advertiser's day on the clock, oldest first. */
async function hoursOf(road: LocalRoad, advertiser: string, day: string): Promise<readonly string[]> {
  const rows = await road.rows(
    `select distinct stat_time_hour as h from tiktok_ads.ad_report_hourly
     where advertiser_id = ${advertiser} and cast(stat_time_hour as date) = date '${day}' order by 1`,
  )
  return rows.map(({ h }) => String(h).slice(11, 13))
}

/** Ads whose hours do not add up to their day. */
const unequalDays = (road: LocalRoad, day: string) => {
  const sums = HOURLY_SUMS.map((name) => `sum(${name}) as ${name}`).join(', ')
  const differs = HOURLY_SUMS.map((name) => `h.${name} is distinct from d.${name}`).join(' or ')
  return road.rows(
    `select d.ad_id, ${HOURLY_SUMS.map((name) => `h.${name} - d.${name} as ${name}`).join(', ')}
     from tiktok_ads.ad_report_daily d full join
       (select ad_id, cast(stat_time_hour as date) as day, ${sums} from tiktok_ads.ad_report_hourly group by 1, 2) h
       on h.ad_id = d.ad_id and h.day = cast(d.stat_time_day as date)
     where coalesce(h.day, cast(d.stat_time_day as date)) = date '${day}' and (${differs})`,
  )
}

const hours = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`.padStart(2, '0'))

test('a day on which clocks are changed keeps all of its hours, and they add up to it', async (t) => {
  const road = await aRoad(t, ['ad_report_daily', 'ad_report_hourly'])

  const first = await road.run()
  const spring = await road.run({ kind: 'backfill', days: { from: '2026-03-08', to: '2026-03-08' } })

  assert.deepEqual([first.run.state, spring.run.state], ['succeeded', 'succeeded'])
  // Local times do not tell the hour that comes twice apart, so its row holds both.
  assert.deepEqual(await hoursOf(road, SHOP, '2026-11-01'), hours(0, 23))
  assert.deepEqual(await hoursOf(road, SHOP, '2026-03-08'), hours(0, 23).toSpliced(2, 1))
  assert.deepEqual(await hoursOf(road, LADEN, '2026-03-08'), hours(0, 23))
  for (const day of ['2026-11-01', '2026-03-08']) {
    assert.deepEqual(await unequalDays(road, day), [])
    const { book } = await standing(road, ['ad_report_daily'])
    const level = LEVELS.find((one) => one.level === 'ad')!
    for (const { id } of ADVERTISERS) {
      const truth = await truthOf(road, level, id, [day])
      assert.ok(truth.size > 0, `${id} ${day}`)
      for (const [key, figures] of truth) assert.deepEqual(book.get('ad_report_daily')!.get(key), figures, key)
    }
  }
})

test('an event sent with a click id is in the row of its ad, on the day of the click and in its hour', async (t) => {
  const road = await aRoad(t, [...DAILY, 'ad_report_hourly'])
  await road.run()
  const before = await standing(road)
  const hoursBefore = await paymentsByHour(road)
  // Half past eleven in the evening in New York: in UTC it is the next day.
  const clickedAt = Date.parse('2026-11-01T03:30:00Z')
  const click = await road.tiktok.control('GET', `ttclid?advertiser_id=${SHOP}&at=${clickedAt}`)
  const event = anEvent({
    user: { ttclid: click.ttclid },
    properties: { value: 25.5, currency: 'USD' },
    event_time: AT / 1000 - 3600,
  })

  assert.equal((await road.tiktok.track(aBody([event]))).code, 0)
  const { run } = await road.run()

  const changes = difference(before.book, (await standing(road)).book, 'all')
  const of = (table: string, column: string) => changes.get(`${table} ${SHOP} 2026-10-31 ${column}`)
  for (const table of DAILY) {
    assert.equal(of(table, 'complete_payment'), 1_000_000n, table)
    assert.equal(of(table, 'total_complete_payment_rate'), 25_500_000n, table)
  }
  const elsewhere = [...changes.keys()].filter((place) => !place.includes('2026-10-31'))
  assert.deepEqual(
    elsewhere.filter((place) => !/ 2026-11-03 real_time_/.test(place)),
    [],
  )
  const hoursAfter = await paymentsByHour(road)
  const changed = [...hoursAfter].filter(([key, count]) => count !== hoursBefore.get(key))
  assert.deepEqual(
    changed.map(([key]) => key),
    [`${click.ad_id} 2026-10-31 23:00:00`],
  )
  const [told] = await road.store.restatements.list({
    run: run.id,
    table: 'ad_report_daily',
    column: 'complete_payment',
    limit: 10,
  })
  assert.deepEqual([told!.day, told!.rows, micros(told!.after)! - micros(told!.before)!], ['2026-10-31', 1, 1_000_000n])
})

async function paymentsByHour(road: LocalRoad): Promise<ReadonlyMap<string, string>> {
  const rows = await road.rows(
    'select ad_id, stat_time_hour as h, complete_payment as n from tiktok_ads.ad_report_hourly',
  )
  return new Map(rows.map(({ ad_id, h, n }) => [`${ad_id} ${h}`, String(n)]))
}

test('the figures of an ad that is deleted stay, and its history says that it was', async (t) => {
  const road = await aRoad(t, ['ad_history', ...DAILY])
  await road.run()
  const before = await standing(road)
  const [ad] = await road.rows(
    `select ad_id, sum(spend) as spend from tiktok_ads.ad_report_daily where advertiser_id = ${LADEN} group by 1 order by 2 desc`,
  )

  await road.tiktok.control('POST', 'world', { do: { do: 'delete', id: ad!['ad_id'] } })
  const { run } = await road.run()

  assert.equal(run.state, 'succeeded')
  assert.ok(Number(ad!['spend']) > 0)
  assert.deepEqual((await standing(road)).book, before.book)
  assert.deepEqual(await road.rows('select * from tiktok_ads._removed_rows'), [])
  assert.deepEqual(
    (await road.rows(`select secondary_status, _deleted from tiktok_ads.ad where ad_id = ${ad!['ad_id']}`)).map(
      Object.values,
    ),
    [['AD_STATUS_DELETE', false]],
  )
})

test('an advertiser that may not be read for a while keeps its rows, and gets what it missed; others go on', async (t) => {
  const road = await aRoad(t, DAILY)
  await road.run()
  const before = await standing(road)
  const permit = (permission: string) =>
    road.tiktok.control('POST', 'world', { advertisers: { [LADEN]: { permission } } })
  const ofLaden = ({ book }: typeof before) =>
    DAILY.map((table) => [...book.get(table)!].filter(([key]) => key.startsWith(LADEN)))
  const hasDay = ({ book }: typeof before, advertiser: string, day: string) =>
    [...book.get('advertiser_report_daily')!.keys()].includes(`${advertiser} ${advertiser} ${day}`)

  await permit('denied')
  road.time.now += 2 * DAY_MS
  const without = await road.run()
  const between = await standing(road)
  await permit('granted')
  road.time.now += DAY_MS
  const again = await road.run()
  const after = await standing(road)

  assert.equal(without.run.state, 'partial')
  const skipped = without.slices.filter(({ state }) => state !== 'done')
  assert.ok(skipped.length > 0)
  for (const { advertiserId, state, reason } of skipped)
    assert.deepEqual([advertiserId, state, reason!.code], [LADEN, 'skipped', 'run.advertiser_lost'])
  assert.deepEqual(ofLaden(between), ofLaden(before))
  assert.deepEqual([hasDay(between, SHOP, '2026-11-05'), hasDay(between, LADEN, '2026-11-05')], [true, false])
  assert.deepEqual([again.run.state, hasDay(after, LADEN, '2026-11-05')], ['succeeded', true])
  for (const level of LEVELS) {
    const truth = await truthOf(road, level, LADEN, [...DAYS, '2026-11-04', '2026-11-05', '2026-11-06'])
    for (const [key, figures] of truth) assert.deepEqual(after.book.get(level.table.name)!.get(key), figures, key)
  }
})
