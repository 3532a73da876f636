import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, NOW, type Parsed, type TestSimulator } from '../testing.ts'
import { DAY_MS, HOUR_MS } from '../world/calendar.ts'
import { aFilter, allRows, aReport, atLevel, BERLIN, everyRow, NEW_YORK, REPORT, sumOf } from './testing.ts'

const setTo = (tiktok: TestSimulator, ms: number) => tiktok.control('POST', 'clock', { now: ms })

const METRICS = [
  'spend',
  'impressions',
  'clicks',
  'conversion',
  'complete_payment',
  'total_complete_payment_rate',
  'cta_conversion',
  'real_time_conversion',
  'reach',
  'frequency',
  'billed_cost',
  'cash_spend',
  'voucher_spend',
]

/** What the account's report says of one day, at the time the clock shows. */
async function dayOf(
  tiktok: TestSimulator,
  date: string,
  metrics = METRICS,
): Promise<Readonly<Record<string, string>>> {
  const args = aReport({ ...atLevel('advertiser', 'stat_time_day'), metrics, start_date: date, end_date: date })
  const [row] = await allRows(tiktok, args)
  return row?.metrics ?? {}
}

test('conversions of a day grow with every day that passes, and stand still once the longest window has closed', async (t) => {
  const tiktok = await aSimulator(t)
  const read: Readonly<Record<string, string>>[] = []
  for (let days = 1; days <= 31; days++) {
    await setTo(tiktok, NOW + days * DAY_MS)
    read.push(await dayOf(tiktok, '2026-11-21'))
  }

  for (const metric of ['conversion', 'complete_payment', 'total_complete_payment_rate', 'cta_conversion']) {
    const figures = read.map((metrics) => Number(metrics[metric]))
    assert.deepEqual(
      figures,
      figures.toSorted((a, b) => a - b),
      metric,
    )
    assert.ok(new Set(figures).size > 4, `${metric} grew on few days: ${figures}`)
    assert.equal(figures.at(-1), figures.at(-2), metric)
  }
  for (const metric of ['impressions', 'clicks', 'real_time_conversion'])
    assert.equal(new Set(read.map((metrics) => metrics[metric])).size, 1, metric)
})

test('what is booked on the day of the conversion adds up to what is booked on the day of the click', async (t) => {
  const tiktok = await aSimulator(t)
  await setTo(tiktok, NOW + 300 * DAY_MS)
  const metrics = ['conversion', 'real_time_conversion', 'app_install', 'real_time_app_install']
  const args = aReport({ ...atLevel('advertiser'), metrics, query_lifetime: true })
  const year = { ...args, query_lifetime: false, start_date: '2026-10-01', end_date: '2027-09-16' }

  const [life] = await allRows(tiktok, args)
  const [most] = await allRows(tiktok, year)

  // Of a whole life both are the same but for what is still to come.
  const still = (row: Parsed, one: string, other: string) => sumOf([row], one) - sumOf([row], other)
  assert.ok(sumOf([life!], 'conversion') > 1000)
  assert.equal(still(life!, 'conversion', 'real_time_conversion'), 0)
  assert.equal(still(life!, 'app_install', 'real_time_app_install'), 0)
  assert.notEqual(still(most!, 'conversion', 'real_time_conversion'), 0)
})

test('spend is corrected a little within days, and then no more', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({ metrics: ['spend'], start_date: '2026-11-21', end_date: '2026-11-21' })
  const read: number[][] = []
  for (const days of [0.75, 1.5, 4, 5, 40]) {
    await setTo(tiktok, NOW + days * DAY_MS)
    const rows = await everyRow(tiktok, 'ad', args)
    read.push(rows.map(({ metrics }) => Number(metrics['spend'])))
  }

  const [first, repaired, settled, later, last] = read.map((ads) => ads.reduce((sum, spend) => sum + spend, 0))
  assert.ok(repaired! < first! && repaired! > 0.985 * first!)
  assert.ok(Math.abs(settled! - repaired!) < 0.01 * first!)
  assert.equal(later, settled)
  assert.equal(last, settled)
})

test('today is in part: what is told of it grows by the hour, some half an hour behind', async (t) => {
  const tiktok = await aSimulator(t)
  const impressions: number[] = []
  for (let hours = 0; hours < 12; hours++) {
    await setTo(tiktok, NOW + hours * HOUR_MS)
    impressions.push(Number((await dayOf(tiktok, '2026-11-21', ['impressions']))['impressions']))
  }
  const hourly = aReport({
    ...atLevel('advertiser', 'stat_time_hour'),
    start_date: '2026-11-21',
    metrics: ['impressions'],
  })
  await setTo(tiktok, Date.parse('2026-11-21T20:20:00Z')) // 15:20 in New York
  const rows = await allRows(tiktok, hourly)

  assert.deepEqual(
    impressions,
    impressions.toSorted((a, b) => a - b),
  )
  assert.equal(new Set(impressions).size, 12)
  assert.equal(rows.at(-1)!.dimensions['stat_time_hour'], '2026-11-21 14:00:00')
  assert.deepEqual(
    (await tiktok.read(REPORT, aReport({ start_date: '2026-11-22', end_date: '2026-11-25' }))).data.list,
    [],
  )
})

test('people, bills and cash are counted only hours after the day has ended', async (t) => {
  const tiktok = await aSimulator(t)
  const midnight = Date.parse('2026-11-21T05:00:00Z') // in New York
  const read = async (hours: number) => {
    await setTo(tiktok, midnight + hours * HOUR_MS)
    const { reach, frequency, billed_cost, cash_spend, voucher_spend, spend } = await dayOf(tiktok, '2026-11-20')
    const isWhole = Number(cash_spend) + Number(voucher_spend)
    return { reach: reach !== '0', frequency, billed: billed_cost === spend, cash: isWhole.toFixed(2) === spend }
  }

  const [before, billed, counted, paid] = [await read(10), await read(12), await read(17), await read(25)]

  assert.deepEqual(before, { reach: false, frequency: '-', billed: false, cash: false })
  assert.deepEqual(billed, { reach: false, frequency: '-', billed: true, cash: false })
  assert.deepEqual(counted, { reach: true, frequency: counted.frequency, billed: true, cash: false })
  assert.match(counted.frequency!, /^1\.\d\d$/)
  assert.deepEqual(paid, { ...counted, cash: true })
})

test('what is deleted is left out below the account, unless the status of its own level asks for it', async (t) => {
  const tiktok = await aSimulator(t)
  const impressions = async (level: 'campaign' | 'adgroup' | 'ad', filtering: readonly object[]) => {
    const args = aReport({ ...atLevel(level), query_lifetime: true, metrics: ['impressions'], filtering })
    return sumOf(await allRows(tiktok, args), 'impressions')
  }

  for (const [level, status] of [
    ['campaign', 'campaign_status'],
    ['adgroup', 'adgroup_status'],
    ['ad', 'ad_status'],
  ] as const) {
    const shown = await impressions(level, [])
    const all = await impressions(level, [aFilter(status, ['STATUS_ALL'])])
    const deleted = await impressions(level, [aFilter(status, ['STATUS_DELETE'])])
    assert.ok(deleted > 0, level)
    assert.equal(shown + deleted, all, level)
  }
  assert.ok((await impressions('ad', [])) < (await impressions('campaign', [])), 'a campaign holds its deleted ads')
})

test('an ad that is deleted takes its figures out of the report by ad, and leaves them in the campaign', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({ advertiser_id: BERLIN, metrics: ['spend', 'campaign_id'], end_date: '2026-11-19' })
  const campaigns = { ...args, ...atLevel('campaign', 'stat_time_day'), metrics: ['spend'] }
  const [before, campaignsBefore] = [await allRows(tiktok, args), await allRows(tiktok, campaigns)]
  const id = before[0]!.dimensions['ad_id']

  await tiktok.control('POST', 'world', { do: { do: 'delete', id } })

  const after = await allRows(tiktok, args)
  assert.deepEqual(
    after,
    before.filter(({ dimensions }) => dimensions['ad_id'] !== id),
  )
  assert.deepEqual(await allRows(tiktok, campaigns), campaignsBefore)
})

test('reports without a time have rows of zeros for some of what did not run, and none by day', async (t) => {
  const tiktok = await aSimulator(t)
  const range = { start_date: '2026-06-01', end_date: '2026-06-03', metrics: ['spend', 'impressions', 'ctr'] }

  const whole = await allRows(tiktok, aReport({ ...atLevel('ad'), ...range }))
  const byDay = await allRows(tiktok, aReport(range))

  const idle = whole.filter(({ metrics }) => metrics['impressions'] === '0')
  assert.ok(idle.length > 5 && idle.length < whole.length)
  assert.deepEqual(idle[0]!.metrics, { spend: '0.00', impressions: '0', ctr: '0.00' })
  assert.ok(byDay.every(({ metrics }) => metrics['impressions'] !== '0'))
})

test('a whole life is the sum of its years', async (t) => {
  const tiktok = await aSimulator(t)
  const metrics = ['spend', 'impressions', 'clicks']
  const years = [
    ['2023-11-25', '2024-11-23'],
    ['2024-11-24', '2025-11-23'],
    ['2025-11-24', '2026-11-21'],
  ]
  const life = await allRows(tiktok, aReport({ ...atLevel('campaign'), metrics, query_lifetime: true }))
  const parts = []
  for (const [start_date, end_date] of years)
    parts.push(...(await allRows(tiktok, aReport({ ...atLevel('campaign'), metrics, start_date, end_date }))))

  for (const metric of metrics) assert.equal(sumOf(life, metric), sumOf(parts, metric))
})

test('the truth tells objects and days apart, and does not see what a report hides', async (t) => {
  const tiktok = await aSimulator(t)
  const range = `advertiser_id=${NEW_YORK}&from=2026-11-01&to=2026-11-10&metrics=spend,impressions`

  const truth: Parsed = await tiktok.control('GET', `truth?${range}&level=ad&by=id,day`)
  const wrong: Parsed = await tiktok.control('GET', `truth?${range},mood`)
  const rows = await everyRow(
    tiktok,
    'ad',
    aReport({ metrics: ['spend', 'impressions'], start_date: '2026-11-01', end_date: '2026-11-10' }),
  )

  const keyed = (id: string, day: string, metrics: unknown) => [`${id} ${day}`, metrics]
  assert.deepEqual(
    Object.fromEntries(truth.groups.map(({ id, day, metrics }: Parsed) => keyed(id, day, metrics))),
    Object.fromEntries(
      rows.map(({ dimensions: { ad_id, stat_time_day }, metrics }) =>
        keyed(ad_id!, stat_time_day!.slice(0, 10), metrics),
      ),
    ),
  )
  assert.equal(truth.rows, rows.length)
  assert.equal(Number(truth.totals.spend), sumOf(rows, 'spend'))
  assert.match(wrong.error, /^Cannot tell the truth: "metrics" is "mood"; expected names of metrics/)
})
