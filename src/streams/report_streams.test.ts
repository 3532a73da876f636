import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fakeReports, someAds, someDays } from '../../test/fake_reports.ts'
import { addDays, daysBetween, daysOf } from '../core/days.ts'
import type { Advertiser, Page, Slice } from '../core/stream.ts'
import { checkReport } from '../tiktok/reporting/check_report.ts'
import { customStream } from './custom_report.ts'
import { entityStreams } from './entity_streams.ts'
import { reportStreams } from './report_streams.ts'

const ADVERTISER: Advertiser = {
  id: '7000000000000000001',
  name: 'Shop',
  currency: 'USD',
  timezone: 'America/New_York',
}

const streamOf = (name: string) => {
  const stream = reportStreams.find(({ table }) => table.name === name)
  assert.ok(stream, `there is no ${name}`)
  return stream
}

const columnsOf = (name: string) => streamOf(name).table.columns.map((column) => column.name)

const columnOf = (table: string, name: string) => streamOf(table).table.columns.find((column) => column.name === name)!

async function readAll(stream: ReturnType<typeof streamOf>, slice: Slice, count = 3): Promise<Page['rows']> {
  const fake = fakeReports({ ads: () => someAds(count) })
  const pages = await Array.fromAsync(stream.open(fake.reader).read(ADVERTISER, slice))
  return pages.flatMap(({ rows }) => rows)
}

// What dbt_tiktok_ads v1.2.0 reads of Fivetran's tables.
const HOURLY =
  'stat_time_hour cpc cpm ctr impressions clicks spend reach conversion cost_per_conversion conversion_rate likes comments ' +
  'shares profile_visits follows video_play_actions video_watched_2_s video_watched_6_s video_views_p_25 video_views_p_50 ' +
  'video_views_p_75 average_video_play average_video_play_per_user real_time_conversion total_purchase_value total_sales_lead_value'
const CONTRACT: Readonly<Record<string, string>> = {
  ad_report_hourly: `ad_id ${HOURLY}`,
  adgroup_report_hourly: `adgroup_id ${HOURLY}`,
  campaign_report_hourly: `campaign_id ${HOURLY}`,
  campaign_country_report:
    'campaign_id stat_time_day country_code clicks impressions spend conversion conversion_rate cost_per_conversion cpc cpm ctr real_time_conversion',
}

test("the tables hold every column that Fivetran's dbt package reads", () => {
  for (const [table, names] of Object.entries(CONTRACT)) {
    const has = columnsOf(table)
    assert.deepEqual(
      names.split(' ').filter((name) => !has.includes(name)),
      [],
      table,
    )
  }
})

test("the tables are Fivetran's, with its keys", () => {
  const keys: Record<string, readonly string[]> = {}
  for (const level of ['ad', 'adgroup', 'campaign', 'advertiser']) {
    keys[`${level}_report_hourly`] = [`${level}_id`, 'stat_time_hour']
    keys[`${level}_report_daily`] = [`${level}_id`, 'stat_time_day']
    keys[`${level}_report_lifetime`] = [`${level}_id`]
    keys[`${level}_age_gender_report`] = [`${level}_id`, 'stat_time_day', 'age', 'gender']
    keys[`${level}_country_report`] = [`${level}_id`, 'stat_time_day', 'country_code']
    keys[`${level}_language_report`] = [`${level}_id`, 'stat_time_day', 'language']
    keys[`${level}_platform_report`] = [`${level}_id`, 'stat_time_day', 'platform']
  }
  for (const level of ['ad', 'campaign']) {
    keys[`${level}_placement_report`] = [`${level}_id`, 'stat_time_day', 'placement']
    keys[`${level}_province_report`] = [`${level}_id`, 'stat_time_day', 'province_id']
    keys[`${level}_interest_report`] = [`${level}_id`, 'stat_time_day', 'interest_category_v_2']
  }

  assert.deepEqual(Object.fromEntries(reportStreams.map(({ table }) => [table.name, table.key])), keys)
})

test('types are those that the package counts on', () => {
  assert.equal(columnOf('ad_report_hourly', 'stat_time_hour').type, 'local_time')
  assert.equal(columnOf('ad_report_hourly', 'ad_id').type, 'id')
  assert.equal(columnOf('ad_report_hourly', 'clicks').type, 'integer')
  assert.equal(columnOf('ad_report_hourly', 'spend').type, 'money')
  assert.equal(columnOf('ad_report_hourly', 'ctr').type, 'ratio')
  assert.equal(columnOf('ad_report_hourly', 'total_sales_lead_value').type, 'money')
})

test('every row says whose it is and what it belongs to', () => {
  assert.deepEqual(columnsOf('ad_report_daily').slice(0, 5), [
    'ad_id',
    'advertiser_id',
    'stat_time_day',
    'adgroup_id',
    'campaign_id',
  ])
  assert.deepEqual(columnsOf('ad_age_gender_report').slice(0, 7), [
    ...['ad_id', 'advertiser_id', 'stat_time_day', 'age', 'gender', 'adgroup_id', 'campaign_id'],
  ])
  assert.ok(columnsOf('adgroup_report_daily').includes('campaign_id'))
  for (const { table } of reportStreams) {
    assert.equal(table.columns.find(({ name }) => name === table.advertiserColumn)?.type, 'id', table.name)
  }
})

test('what a row belongs to is a row of a table there is', () => {
  const entities = new Map(entityStreams.map(({ table }) => [table.name, table]))
  for (const { table } of reportStreams) {
    for (const reference of table.references) {
      const target = entities.get(reference.table)
      for (const name of reference.to)
        assert.ok(
          target?.columns.some((column) => column.name === name),
          `${table.name} → ${reference.table}.${name}`,
        )
      for (const name of reference.columns) assert.ok(table.columns.some((column) => column.name === name))
    }
  }
})

test('advertisers tell how they paid, by day only', () => {
  assert.ok(['cash_spend', 'voucher_spend'].every((name) => columnsOf('advertiser_report_daily').includes(name)))
  assert.ok(!columnsOf('advertiser_report_hourly').includes('cash_spend'))
  assert.ok(!columnsOf('advertiser_report_daily').includes('result'))
})

test('hourly tables and rare breakdowns are off until somebody asks for them', () => {
  assert.deepEqual(
    reportStreams.filter(({ isDefault }) => isDefault).map(({ table }) => table.name),
    [
      ...['ad', 'adgroup', 'campaign'].flatMap((level) => [`${level}_report_daily`, `${level}_report_lifetime`]),
      ...['advertiser_report_daily', 'advertiser_report_lifetime'],
      ...['country', 'age_gender', 'language', 'platform'].flatMap((word) => [
        `ad_${word}_report`,
        `campaign_${word}_report`,
      ]),
    ],
  )
})

test('no stream asks for anything that TikTok refuses', async () => {
  for (const stream of reportStreams) {
    const asked: unknown[] = []
    const { reader } = fakeReports({ ads: () => [] })
    const spy = {
      ...reader,
      call: (endpoint: never, params: never) => {
        asked.push(params)
        return reader.call(endpoint, params)
      },
    }
    await Array.fromAsync(stream.open(spy as typeof reader).read(ADVERTISER, stream.slices(someDays(40))[0]!))
    const { report_type, data_level, dimensions, metrics, query_lifetime } = asked[0] as {
      report_type: string
      data_level: string
      dimensions: string[]
      metrics: string[]
      query_lifetime?: true
    }
    const problems = checkReport({
      type: report_type.toLowerCase() as 'basic',
      data_level: data_level.replace('AUCTION_', '').toLowerCase() as 'ad',
      dimensions: dimensions.filter((name) => !name.startsWith('stat_time')),
      aggregation: query_lifetime ? 'lifetime' : dimensions.includes('stat_time_hour') ? 'hour' : 'day',
      metrics,
    })
    assert.deepEqual(problems, [], stream.table.name)
    assert.ok(metrics.length <= 100)
  }
})

const aDay = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2020-01-01', days))

test('slices hold every day exactly once, newest first, none longer than TikTok allows', () => {
  const cut = reportStreams.filter(({ table }) => table.mode === 'window')
  fc.assert(
    fc.property(fc.constantFrom(...cut), aDay, fc.integer({ min: 0, max: 400 }), (stream, from, length) => {
      const days = { from, to: addDays(from, length) }
      const slices = stream.slices(days).map((slice) => slice.days!)

      const oldestFirst = slices.toReversed().flatMap(daysOf)
      assert.deepEqual(oldestFirst, daysOf(days))
      const isHourly = stream.table.windowColumn === 'stat_time_hour' || stream.table.name.includes('interest')
      for (const slice of slices) assert.ok(daysBetween(slice.from, slice.to) <= (isHourly ? 0 : 29))
    }),
  )
})

test('what covers the whole life is one slice without days', () => {
  for (const stream of reportStreams.filter(({ table }) => table.mode === 'snapshot')) {
    assert.deepEqual(stream.slices(someDays(90)), [{ days: null }])
    assert.equal(stream.table.windowColumn, null)
  }
})

test('a row has a value for each column, ids as text, counts as numbers, amounts as decimal text', async () => {
  const stream = streamOf('ad_report_daily')
  const [row] = await readAll(stream, { days: someDays(1) })
  const names = columnsOf('ad_report_daily')
  const value = (name: string) => row![names.indexOf(name)]

  assert.equal(row!.length, names.length)
  assert.deepEqual(['ad_id', 'advertiser_id', 'stat_time_day', 'campaign_id'].map(value), [
    '1830000000000000003',
    ADVERTISER.id,
    '2026-03-30 00:00:00',
    '1810000000000000000',
  ])
  assert.match(String(value('spend')), /^\d+\.25$/)
  assert.ok(Number.isInteger(value('impressions')))
  assert.equal(typeof value('ctr'), 'number')
  assert.equal(value('result'), null)
})

test('interests are asked for day by day, and each row gets its day', async () => {
  const stream = streamOf('ad_interest_report')

  const rows = await readAll(stream, { days: { from: '2026-03-29', to: '2026-03-29' } })

  assert.equal(rows.length, 9)
  assert.deepEqual(rows[0]!.slice(0, 4), ['1830000000000000003', ADVERTISER.id, '2026-03-29 00:00:00', '10'])
})

test('a report of one’s own is a table whose key is all its dimensions and the advertiser', async () => {
  const stream = customStream('by_age', {
    type: 'audience',
    data_level: 'campaign',
    dimensions: ['age', 'gender'],
    aggregation: 'day',
    metrics: ['campaign_name', 'spend', 'campaign_id'],
  })

  assert.equal(stream.table.name, 'custom_by_age')
  assert.deepEqual(stream.table.key, ['campaign_id', 'stat_time_day', 'age', 'gender', 'advertiser_id'])
  assert.deepEqual(
    stream.table.columns.map(({ name }) => name),
    ['campaign_id', 'advertiser_id', 'stat_time_day', 'age', 'gender', 'campaign_name', 'spend'],
  )
  const rows = await readAll(stream, { days: someDays(1) }, 2)
  assert.deepEqual(rows[0]!.slice(0, 5), [
    '1810000000000000000',
    ADVERTISER.id,
    '2026-03-30 00:00:00',
    'AGE_18_24',
    'FEMALE',
  ])
})

test('a report of one’s own takes as many calls as it has hundreds of metrics', () => {
  const metrics = Array.from({ length: 205 }, () => 'spend')
  const spec = { type: 'basic', data_level: 'ad', dimensions: [], aggregation: 'lifetime', metrics } as const

  assert.equal(customStream('wide', spec as never).callsPerSlice, 3)
  assert.deepEqual(customStream('wide', spec as never).slices(someDays(3)), [{ days: null }])
})

test('a report of one’s own is filtered as its person says', async () => {
  const fake = fakeReports({ ads: () => someAds(12) })
  const stream = customStream('few', {
    type: 'basic',
    data_level: 'ad',
    dimensions: [],
    aggregation: 'day',
    metrics: ['spend'],
    filters: [{ field: 'campaign_ids', type: 'IN', values: ['1810000000000000002'] }],
  })

  const pages = await Array.fromAsync(stream.open(fake.reader).read(ADVERTISER, { days: someDays(1) }))

  assert.equal(pages.flatMap(({ rows }) => rows).length, 4)
})
