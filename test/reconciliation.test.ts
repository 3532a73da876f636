import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LADEN, SHOP, SHOTEN } from '../src/simulator/testing.ts'
import { aLocalRoad, type LocalRoad, type Named } from './local_road.ts'
import { SMALL_WORLD } from './small_world.ts'
import { type Figure, LEVELS, micros } from './truth_book.ts'

/** Whether reports of several levels and cuts tell the same, and that what they do not tell is known. */

const AT = Date.parse('2026-11-21T12:00:00Z')
const DAILY = LEVELS.map(({ table }) => table.name)

const SUMS = LEVELS.map(({ sums }) => sums.map(({ name }) => name)).reduce((some, others) =>
  some.filter((name) => others.includes(name)),
)

/** Sums of a table by advertiser and day, or by what else is given. */
async function sumsOf(
  road: LocalRoad,
  table: string,
  time: string,
  { by = 'advertiser_id', names = SUMS, where = 'true' } = {},
): Promise<ReadonlyMap<string, readonly Figure[]>> {
  const sums = names.map((name) => `sum(${name}) as ${name}`).join(', ')
  const rows = await road.rows(
    `select ${by} as id, cast(${time} as date) as day, ${sums} from tiktok_ads.${table} where ${where} group by 1, 2`,
  )
  const figures = (row: Named) => names.map((name) => micros(row[name]) ?? 0n)
  return new Map(rows.map((row) => [`${row['id']} ${row['day']}`, figures(row)]))
}

test('ads, ad groups and campaigns add up to their advertiser on every day, hours to their day, countries nearly', async (t) => {
  const streams = ['campaign_history', ...DAILY, 'campaign_report_hourly', 'campaign_country_report']
  const road = await aLocalRoad(t, { at: AT, streams, world: SMALL_WORLD, sync: { history_days: 4 } })

  const { run, slices } = await road.run()
  // Days on which somebody had reserved the first view, which reports give only when they are asked for it.
  const reserved = await road.run({ kind: 'backfill', days: { from: '2026-05-01', to: '2026-05-02' } })

  assert.deepEqual([run.state, reserved.run.state], ['succeeded', 'succeeded'])
  const topView = await road.rows(
    `select count(*) as n from tiktok_ads.campaign_report_daily r
     join tiktok_ads.campaign c on c.campaign_id = r.campaign_id where c.objective_type = 'TOPVIEW_REACH'`,
  )
  assert.deepEqual(topView.map(Object.values), [['2']])
  const whole = await sumsOf(road, 'advertiser_report_daily', 'stat_time_day')
  assert.ok(whole.size >= 6 * 3)
  for (const table of DAILY) assert.deepEqual(await sumsOf(road, table, 'stat_time_day'), whole, table)
  const byCampaign = { by: 'campaign_id' }
  const campaigns = await sumsOf(road, 'campaign_report_daily', 'stat_time_day', byCampaign)
  assert.deepEqual(await sumsOf(road, 'campaign_report_hourly', 'stat_time_hour', byCampaign), campaigns)
  const told = { by: 'campaign_id', names: ['impressions', 'clicks', 'conversion'] }
  const known = await sumsOf(road, 'campaign_country_report', 'stat_time_day', told)
  for (const [key, [impressions, ...others]] of await sumsOf(road, 'campaign_report_daily', 'stat_time_day', told)) {
    const [seen, ...figures] = known.get(key) ?? [0n, 0n, 0n]
    // Of a few people TikTok does not know the country.
    assert.ok(seen! <= impressions! && seen! * 100n >= impressions! * 99n, `${key}: ${seen} of ${impressions}`)
    assert.ok(
      figures.every((figure, i) => figure! <= others[i]!),
      key,
    )
  }
  // Of an advertiser without reserved first views that is asked once in a run, however many slices there are.
  for (const id of [LADEN, SHOTEN]) {
    const own = slices.filter(({ advertiserId, days }) => advertiserId === id && days !== null)
    assert.equal(
      own.reduce((sum, { calls }) => sum + calls, 0),
      own.length + 1,
    )
  }
})

const REPORT = {
  type: 'basic',
  data_level: 'ad',
  aggregation: 'day',
  metrics: ['spend', 'impressions', 'clicks'],
}

test('what a report by ad lacks when it hides deleted ads is what those have delivered', async (t) => {
  const road = await aLocalRoad(t, {
    at: AT,
    streams: ['ad_history', 'advertiser_report_daily', 'custom_all', 'custom_shown'],
    reports: {
      all: REPORT,
      shown: { ...REPORT, filters: [{ field: 'ad_status', type: 'IN', values: ['STATUS_NOT_DELETE'] }] },
    },
    world: SMALL_WORLD,
    advertisers: [SHOP],
    sync: { history_days: 30 },
  })
  const [{ id }] = (
    await road.tiktok.control('GET', `truth?advertiser_id=${SHOP}&from=2026-11-20&to=2026-11-20&level=ad&by=id`)
  ).groups
  await road.tiktok.control('POST', 'world', { do: { do: 'delete', id } })

  const { run } = await road.run()

  assert.equal(run.state, 'succeeded', run.reason?.message)
  const names = { names: REPORT.metrics }
  const [whole, all, shown] = [
    await sumsOf(road, 'advertiser_report_daily', 'stat_time_day', names),
    await sumsOf(road, 'custom_all', 'stat_time_day', names),
    await sumsOf(road, 'custom_shown', 'stat_time_day', names),
  ]
  const deleted = await sumsOf(road, 'custom_all', 'stat_time_day', {
    ...names,
    where: `ad_id in (select ad_id from tiktok_ads.ad where secondary_status = 'AD_STATUS_DELETE')`,
  })
  assert.deepEqual(all, whole)
  assert.notDeepEqual(shown, whole)
  const lacking = [...whole].map(([key, figures]) => [key, figures.map((one, i) => one! - (shown.get(key)?.[i] ?? 0n))])
  const nothing = names.names.map(() => 0n)
  assert.deepEqual(
    lacking,
    [...whole.keys()].map((key) => [key, deleted.get(key) ?? nothing]),
  )
})
