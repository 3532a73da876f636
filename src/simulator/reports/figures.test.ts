import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aSimulator, type Parsed } from '../testing.ts'
import { dayText, readDay } from '../world/calendar.ts'
import {
  allRows,
  aReport,
  atLevel,
  BERLIN,
  everyRow,
  LEVEL_NAMES,
  NEW_YORK,
  REPORT,
  type ReportRow,
  sumOf,
  TOKYO,
} from './testing.ts'

const ADDITIVE = [
  'spend',
  'impressions',
  'gross_impressions',
  'clicks',
  'engagements',
  'video_play_actions',
  'video_watched_2s',
  'video_views_p100',
  'likes',
  'total_landing_page_view',
  'page_content_view_events',
  'web_event_add_to_cart',
  'complete_payment',
  'total_complete_payment_rate',
  'app_install',
  'total_purchase_value',
  'onsite_shopping',
  'onsite_form',
  'cta_conversion',
  'vta_conversion',
]
const BOOKED_LATER = ['real_time_conversion', 'real_time_app_install']

const day = fc.integer({ min: readDay('2026-06-01')!, max: readDay('2026-11-21')! }).map(dayText)
const account = fc.constantFrom(NEW_YORK, BERLIN, TOKYO)

const onDay = (advertiser_id: string, date: string) => ({ advertiser_id, start_date: date, end_date: date })

const sums = (rows: readonly ReportRow[], metrics: readonly string[]) =>
  Object.fromEntries(metrics.map((metric) => [metric, sumOf(rows, metric)]))

test('hours add up to their day, and ads, ad groups and campaigns to their account, and all of them to the truth', async (t) => {
  const tiktok = await aSimulator(t)
  const metrics = [...ADDITIVE, ...BOOKED_LATER]

  await fc.assert(
    fc.asyncProperty(account, day, async (id, date) => {
      const truth: Parsed = await tiktok.control(
        'GET',
        `truth?advertiser_id=${id}&from=${date}&to=${date}&metrics=${metrics.join()}`,
      )
      const expected = sums([{ dimensions: {}, metrics: truth.totals }], metrics)
      for (const level of LEVEL_NAMES) {
        const args = aReport({ ...onDay(id, date), metrics })
        const days = await everyRow(tiktok, level, { ...args, ...atLevel(level, 'stat_time_day') })
        const hours = await everyRow(tiktok, level, { ...args, ...atLevel(level, 'stat_time_hour') })
        assert.deepEqual(sums(days, metrics), expected, `${level} by day`)
        assert.deepEqual(sums(hours, metrics), expected, `${level} by hour`)
      }
    }),
    { numRuns: 12 },
  )
})

test('in every hour of every ad the funnels narrow', async (t) => {
  const tiktok = await aSimulator(t)
  const funnels = [
    ['impressions', 'video_play_actions', 'video_views_p25', 'video_views_p50', 'video_views_p75', 'video_views_p100'],
    ['video_play_actions', 'video_watched_2s', 'video_watched_6s', 'engaged_view', 'engaged_view_15s'],
    ['gross_impressions', 'impressions', 'clicks', 'total_landing_page_view', 'page_content_view_events'],
    ['page_content_view_events', 'web_event_add_to_cart', 'initiate_checkout', 'complete_payment'],
    ['clicks', 'app_install', 'registration', 'purchase'],
    ['engagements', 'likes', 'comments'],
  ]

  await fc.assert(
    fc.asyncProperty(account, day, async (id, date) => {
      const metrics = [...new Set(funnels.flat())]
      const args = aReport({ ...onDay(id, date), ...atLevel('ad', 'stat_time_hour'), metrics })
      for (const row of await everyRow(tiktok, 'ad', args)) {
        for (const funnel of funnels) {
          const counts = funnel.map((metric) => Number(row.metrics[metric]))
          assert.deepEqual(
            counts,
            counts.toSorted((a, b) => b - a),
            `${funnel} of ${JSON.stringify(row)}`,
          )
        }
      }
    }),
    { numRuns: 12 },
  )
})

test('people are counted once: a week has fewer than its days together, and no fewer than any of them', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({
    metrics: ['reach', 'impressions', 'frequency'],
    start_date: '2026-11-01',
    end_date: '2026-11-07',
  })
  const days = await allRows(tiktok, { ...args, ...atLevel('campaign', 'stat_time_day') })
  const weeks = await allRows(tiktok, { ...args, ...atLevel('campaign') })

  for (const { dimensions, metrics } of weeks) {
    const own = days.filter((row) => row.dimensions['campaign_id'] === dimensions['campaign_id'])
    const reach = Number(metrics['reach'])
    if (own.length === 0) continue
    assert.ok(reach <= sumOf(own, 'reach'))
    assert.ok(reach >= Math.max(...own.map((row) => Number(row.metrics['reach']))))
    assert.equal(metrics['frequency'], (Number(metrics['impressions']) / reach).toFixed(2))
  }
})

test('rates are made from the row they stand in', async (t) => {
  const tiktok = await aSimulator(t)
  const metrics = ['spend', 'impressions', 'clicks', 'complete_payment', 'total_complete_payment_rate']
  const rates = ['ctr', 'cpc', 'cpm', 'cost_per_complete_payment', 'complete_payment_rate', 'complete_payment_roas']
  const rows = await allRows(
    tiktok,
    aReport({ ...atLevel('adgroup', 'stat_time_day'), metrics: [...metrics, ...rates] }),
  )

  assert.ok(rows.length > 100)
  for (const { metrics } of rows) {
    const [spend, impressions, clicks, payments, value] = [
      'spend',
      'impressions',
      'clicks',
      'complete_payment',
      'total_complete_payment_rate',
    ].map((name) => Number(metrics[name])) as [number, number, number, number, number]
    const ratio = (above: number, below: number) => (below === 0 ? '0.00' : (above / below).toFixed(2))
    assert.deepEqual(
      rates.map((name) => metrics[name]),
      [
        ratio(clicks * 100, impressions),
        ratio(spend, clicks),
        ((spend / impressions) * 1000).toFixed(2),
        ratio(spend, payments),
        ratio(payments * 100, clicks),
        ratio(value, spend),
      ],
    )
  }
})

test('everything is text: counts whole, money with the digits of its currency, "-" where a goal has no conversions', async (t) => {
  const tiktok = await aSimulator(t)
  const metrics = ['spend', 'cpc', 'impressions', 'ctr', 'conversion', 'cost_per_conversion', 'result', 'currency']
  const dollars = await allRows(tiktok, aReport({ metrics, dimensions: ['ad_id', 'stat_time_day'] }))
  const yen = await allRows(tiktok, aReport({ advertiser_id: TOKYO, metrics }))

  for (const { dimensions, metrics } of [...dollars, ...yen]) {
    assert.match(dimensions['ad_id']!, /^\d{19}$/)
    assert.match(dimensions['stat_time_day']!, /^2026-1[01]-\d\d 00:00:00$/)
    assert.match(metrics['spend']!, metrics['currency'] === 'JPY' ? /^\d+$/ : /^\d+\.\d\d$/)
    assert.match(metrics['impressions']!, /^\d+$/)
    assert.match(metrics['ctr']!, /^\d+\.\d\d$/)
    assert.equal(metrics['conversion'] === '-', metrics['cost_per_conversion'] === '-')
  }
  assert.ok(dollars.some(({ metrics }) => metrics['conversion'] === '-' && metrics['result'] !== '-'))
  assert.ok(dollars.some(({ metrics }) => metrics['conversion'] !== '-'))
})

const zoned = (display_timezone: string) => ({
  world: { advertisers: { [NEW_YORK]: { display_timezone } } },
})

for (const [zone, date, hours, long] of [
  ['America/New_York', '2026-03-08', 23, null],
  ['America/New_York', '2026-11-01', 24, '01'],
  ['Australia/Lord_Howe', '2026-04-05', 24, '01'],
  ['Asia/Kathmandu', '2026-11-01', 24, null],
] as const) {
  test(`${date} in ${zone} has ${hours} hours on its clock, which add up to the day`, async (t) => {
    const tiktok = await aSimulator(t, zoned(zone))
    const args = aReport({ ...onDay(NEW_YORK, date), metrics: ['impressions', 'spend', 'clicks'] })

    const [whole] = await allRows(tiktok, { ...args, ...atLevel('advertiser', 'stat_time_day') })
    const rows = await allRows(tiktok, { ...args, ...atLevel('advertiser', 'stat_time_hour') })

    const clock = rows.map(({ dimensions }) => dimensions['stat_time_hour']!)
    assert.equal(new Set(clock).size, hours)
    assert.equal(rows.length, hours)
    for (const metric of ['impressions', 'spend', 'clicks']) assert.equal(sumOf(rows, metric), sumOf([whole!], metric))
    if (hours === 23) assert.ok(!clock.includes(`${date} 02:00:00`))
    if (long === null) return
    const at = (hour: string) => Number(rows[clock.indexOf(`${date} ${hour}:00:00`)]!.metrics['impressions'])
    assert.ok(at(long) > 1.2 * at('02'), 'the hour that comes again holds more')
  })
}

test('the same seed tells the same figures, another seed others', async (t) => {
  const figures = async (advertising: object) => {
    const tiktok = await aSimulator(t, { world: { advertising } })
    return ((await tiktok.read(REPORT, aReport({ ...atLevel('advertiser', 'stat_time_day') }))) as Parsed).data.list
  }

  const [first, again, other] = [await figures({ seed: 5 }), await figures({ seed: 5 }), await figures({ seed: 6 })]

  assert.deepEqual(again, first)
  assert.notDeepEqual(other, first)
})

test('every metric of every level can be asked for', async (t) => {
  const tiktok = await aSimulator(t)
  const { METRICS } = await import('./catalog.ts')
  const special = /^(single_image_|cash_spend|voucher_spend)/
  for (const level of LEVEL_NAMES) {
    const names = [...METRICS.values()]
      .filter(({ name, reports, levels }) => reports.includes('BASIC') && levels.includes(level) && !special.test(name))
      .map(({ name }) => name)
    for (let from = 0; from < names.length; from += 100) {
      const metrics = names.slice(from, from + 100)
      const { code, message, data }: Parsed = await tiktok.read(
        REPORT,
        aReport({ ...atLevel(level, 'stat_time_day'), metrics, page_size: 20 }),
      )
      assert.equal(code, 0, message)
      for (const row of data.list) {
        assert.deepEqual(Object.keys(row.metrics), metrics)
        for (const [name, value] of Object.entries(row.metrics)) {
          assert.equal(typeof value, 'string', name)
          assert.doesNotMatch(String(value), /NaN|undefined|null|Infinity/, name)
        }
      }
    }
  }
})
