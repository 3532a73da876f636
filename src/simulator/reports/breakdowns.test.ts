import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, type Parsed } from '../testing.ts'
import { allRows, aReport, atLevel, BERLIN, REPORT, sumOf } from './testing.ts'

const RANGE = { start_date: '2026-10-25', end_date: '2026-11-18' }
const METRICS = ['spend', 'impressions', 'clicks', 'conversion']

const audience = (...others: readonly string[]) =>
  aReport({ report_type: 'AUDIENCE', ...atLevel('campaign', ...others), metrics: METRICS, ...RANGE })

test('ages and genders are parts of the whole: small ones are withheld, so the sum is a little less', async (t) => {
  const tiktok = await aSimulator(t)
  const whole = await allRows(tiktok, aReport({ ...atLevel('campaign', 'stat_time_day'), metrics: METRICS, ...RANGE }))

  const rows = await allRows(tiktok, audience('age', 'gender', 'stat_time_day'))

  assert.deepEqual(Object.keys(rows[0]!.dimensions), ['campaign_id', 'age', 'gender', 'stat_time_day'])
  const values = (name: string) => [...new Set(rows.map(({ dimensions }) => dimensions[name]))].sort()
  assert.deepEqual(values('gender'), ['FEMALE', 'MALE', 'NONE'])
  assert.ok(values('age').every((age) => /^AGE_\d\d_\d+$|^NONE$/.test(age!)))
  for (const metric of METRICS) {
    const share = sumOf(rows, metric) / sumOf(whole, metric)
    assert.ok(share > 0.97 && share <= 1, `${metric}: ${share}`)
  }
  assert.ok(rows.every(({ metrics }) => Number(metrics['impressions']) >= 10))
  assert.ok(rows.every(({ metrics }) => Number(metrics['clicks']) <= Number(metrics['impressions'])))
})

test('without a threshold the parts are the whole, to the last cent', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_audience_impressions_min: 1 } })
  const whole = await allRows(tiktok, aReport({ ...atLevel('campaign', 'stat_time_day'), metrics: METRICS, ...RANGE }))

  for (const breakdown of ['age', 'gender', 'platform', 'ac', 'placement', 'language']) {
    const rows = await allRows(tiktok, audience(breakdown, 'stat_time_day'))
    for (const metric of ['impressions', 'spend', 'clicks', 'conversion'])
      assert.equal(sumOf(rows, metric), sumOf(whole, metric), `${metric} by ${breakdown}`)
  }
})

test('countries come close to the whole, provinces fall short, interests overlap', async (t) => {
  const tiktok = await aSimulator(t)
  const whole = await allRows(tiktok, aReport({ ...atLevel('campaign'), metrics: METRICS, ...RANGE }))
  const shareOf = async (breakdown: string) =>
    sumOf(await allRows(tiktok, audience(breakdown)), 'impressions') / sumOf(whole, 'impressions')

  const [countries, provinces, interests] = [
    await shareOf('country_code'),
    await shareOf('province_id'),
    await shareOf('interest_category'),
  ]

  assert.ok(countries > 0.99 && countries < 1, `${countries}`)
  assert.ok(provinces > 0.85 && provinces < 0.95, `${provinces}`)
  assert.ok(interests > 1.5, `${interests}`)
  const [interest] = await allRows(tiktok, audience('interest_category'))
  assert.equal(interest!.dimensions['interest_category_v2'], interest!.dimensions['interest_category'])
})

test('an account is broken down without naming it', async (t) => {
  const tiktok = await aSimulator(t)
  const args = { ...audience(), ...RANGE, data_level: 'AUCTION_ADVERTISER', dimensions: ['age'], advertiser_id: BERLIN }

  const rows = await allRows(tiktok, args)

  assert.deepEqual(
    rows.map(({ dimensions }) => Object.keys(dimensions)),
    rows.map(() => ['age']),
  )
  assert.ok(rows.length >= 5)
})

test('an audience is told sixteen hours after the day, a country at once', async (t) => {
  const tiktok = await aSimulator(t) // 7 o'clock in New York
  const args = (breakdown: string) => ({
    ...audience(breakdown, 'stat_time_day'),
    start_date: '2026-11-19',
    end_date: '2026-11-21',
  })
  const days = async (breakdown: string) =>
    [...new Set((await allRows(tiktok, args(breakdown))).map(({ dimensions }) => dimensions['stat_time_day']))].sort()

  assert.deepEqual(await days('age'), ['2026-11-19 00:00:00'])
  assert.deepEqual(
    await days('placement'),
    ['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => `${day} 00:00:00`),
  )
})

test('few impressions of a search term are not told', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({ ...atLevel('adgroup', 'search_terms', 'stat_time_day'), metrics: METRICS, ...RANGE })

  const rows = await allRows(tiktok, args)

  const told = rows.map(({ metrics }) => metrics['impressions']!)
  assert.ok(told.includes('<5'))
  assert.ok(told.every((impressions) => impressions === '<5' || Number(impressions) >= 5))
})

test('upgraded Smart+ ads hold the figures of their creatives', async (t) => {
  const tiktok = await aSimulator(t)
  const metrics = ['impressions', 'campaign_automation_type', 'campaign_id']
  const creatives = await allRows(tiktok, aReport({ metrics, ...RANGE }))
  const ads = await allRows(tiktok, aReport({ dimensions: ['ad_id_v2', 'stat_time_day'], metrics, ...RANGE }))

  const upgraded = (rows: typeof ads, type: string) =>
    rows.filter((row) => row.metrics['campaign_automation_type'] === type)
  assert.ok(sumOf(upgraded(creatives, 'UPGRADED_SMART_PLUS_CREATIVE'), 'impressions') > 0)
  assert.ok(upgraded(ads, 'UPGRADED_SMART_PLUS').length < upgraded(creatives, 'UPGRADED_SMART_PLUS_CREATIVE').length)
  assert.deepEqual(
    upgraded(ads, 'MANUAL').map((row) => row.dimensions['ad_id_v2']),
    upgraded(creatives, 'MANUAL').map((row) => row.dimensions['ad_id']),
  )
})

test('rows are ordered by a metric, paged, and summed up on request', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({ ...atLevel('ad'), metrics: ['spend', 'impressions', 'ctr', 'reach', 'ad_name'], ...RANGE })
  const ordered = await allRows(tiktok, { ...args, order_field: 'spend', page_size: 7 })
  const rising = await allRows(tiktok, { ...args, order_field: 'spend', order_type: 'ASC' })
  const first: Parsed = await tiktok.read(REPORT, { ...args, enable_total_metrics: true, page_size: 1 })
  const beyond: Parsed = await tiktok.read(REPORT, { ...args, page: 9999 })
  const chunk: Parsed = await tiktok.read(REPORT, { ...args, query_mode: 'CHUNK', page_size: 1 })

  const spends = ordered.map(({ metrics }) => Number(metrics['spend']))
  assert.deepEqual(
    spends,
    spends.toSorted((a, b) => b - a),
  )
  assert.deepEqual(
    rising.map(({ metrics }) => Number(metrics['spend'])),
    spends.toSorted((a, b) => a - b),
  )
  const clicks = sumOf(await allRows(tiktok, { ...args, metrics: ['clicks'] }), 'clicks')
  const impressions = sumOf(ordered, 'impressions')
  assert.deepEqual(first.data.total_metrics, {
    spend: sumOf(ordered, 'spend').toFixed(2),
    impressions: `${impressions}`,
    ctr: ((clicks / impressions) * 100).toFixed(2),
    reach: '-',
    ad_name: '-',
  })
  const total = ordered.length
  assert.deepEqual(first.data.page_info, { page: 1, page_size: 1, total_number: total, total_page: total })
  assert.deepEqual(beyond.data.list, [])
  assert.equal(chunk.data.list.length, total)
})

test('of more ads than a report holds the newest are told, and a header says so', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_ads_max: 30 } })
  const get = async (changes: object) => {
    const args = new URLSearchParams(
      Object.entries(aReport(changes)).map(([name, value]): [string, string] => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : `${value}`,
      ]),
    )
    const response = await fetch(`${tiktok.url}/open_api/v1.3${REPORT}?${args}`, {
      headers: { 'access-token': 'simulator-token' },
    })
    return { notice: response.headers.get('x-tt-ads-throttle'), body: (await response.json()) as Parsed }
  }

  const [ads, campaigns] = [await get({}), await get(atLevel('campaign', 'stat_time_day'))]

  assert.equal(
    ads.notice,
    "Number of ad ids is equal or more than 20k, only return the top 20k id's results, sorting by create time desc order.",
  )
  assert.equal(campaigns.notice, null)
  assert.equal(ads.body.code, 0)
  const told = [...new Set(ads.body.data.list.map(({ dimensions }: Parsed) => dimensions.ad_id))].sort()
  assert.ok(told.length <= 30)
  const listed: Parsed = await tiktok.read('/ad/get/', { advertiser_id: aReport().advertiser_id, page_size: 1000 })
  const newest = listed.data.list.slice(0, 200).map(({ ad_id }: Parsed) => ad_id)
  assert.ok(told.every((id) => newest.includes(id)))
})

test('a report of too many rows is refused', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_rows_max: 50 } })

  const { code, message }: Parsed = await tiktok.read(REPORT, aReport())

  assert.deepEqual([code, message], [40067, 'The query is too big. Please narrow the date range or the filters.'])
})

test('pages move when a campaign comes in between, and the total tells', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({ ...RANGE, page_size: 200 })
  const keys = ({ data }: Parsed) => data.list.map(({ dimensions }: Parsed) => Object.values(dimensions).join())
  const before: Parsed = await tiktok.read(REPORT, args)
  await tiktok.control('POST', 'faults', { fault: 'shift', times: 1, match: { path: REPORT, page: 2 } })

  const after: Parsed = await tiktok.read(REPORT, { ...args, page: 2 })

  assert.ok(after.data.page_info.total_number > before.data.page_info.total_number)
  assert.ok(keys(after).some((key: string) => keys(before).includes(key)))
})

test('a Business Center reports its accounts, and never adds up their currencies', async (t) => {
  const tiktok = await aSimulator(t)
  const center = {
    report_type: 'BC',
    bc_id: '7000000000000000301',
    page_size: 100,
    start_date: '2026-11-01',
    end_date: '2026-11-18',
  }
  const read = async (dimensions: readonly string[], metrics: readonly string[]) =>
    ((await tiktok.read(REPORT, { ...center, dimensions, metrics })) as Parsed).data.list

  const accounts = await read(['advertiser_id'], ['spend', 'impressions'])
  const days = await read(['stat_time_day'], ['spend', 'impressions'])

  assert.deepEqual(
    accounts.map(({ dimensions }: Parsed) => dimensions.advertiser_id),
    ['7000000000000000001', '7000000000000000002', '7000000000000000004'],
  )
  assert.equal(new Set(days.map(({ dimensions }: Parsed) => dimensions.stat_time_day)).size, days.length)
  assert.equal(sumOf(days, 'impressions'), sumOf(accounts, 'impressions'))
  assert.ok(days.every(({ metrics }: Parsed) => metrics.spend === '-'))
})
