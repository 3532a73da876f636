import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, type Parsed } from '../testing.ts'
import { aFilter, aReport, atLevel, BERLIN, LEVEL_NAMES, NEW_YORK, REPORT, TOKYO } from './testing.ts'

const LONG_AGO = { start_date: '2015-01-01', end_date: '2015-01-30' }
const CENTER = { report_type: 'BC', advertiser_id: undefined, data_level: undefined, bc_id: '7000000000000000301' }

/** What is asked for, and what TikTok says to it. */
const REFUSED: Readonly<Record<string, readonly [changes: object, code: number, says: RegExp]>> = {
  'no report type': [{ report_type: undefined }, 40002, /^report_type: Missing/],
  'an unknown report type': [{ report_type: 'RESERVATION' }, 40002, /for report_type: must be one of BASIC/],
  'a level of old': [{ data_level: 'RESERVATION_AD' }, 40002, /for data_level: RESERVATION levels are deprecated/],
  'dimensions that are no list': [{ dimensions: '"ad_id"' }, 40002, /for dimensions: not a valid list/],
  'metrics that are no JSON': [{ metrics: 'spend,clicks' }, 40002, /for metrics: not a valid list/],
  'a page that is no number': [{ page: 'one' }, 40002, /for page: not a valid integer/],
  'a flag that is neither': [{ query_lifetime: 'yes' }, 40002, /for query_lifetime: not a valid boolean/],
  'an id that is no number': [{ advertiser_id: 'shop' }, 40002, /for advertiser_id: not a valid id/],
  'no account': [{ advertiser_id: undefined }, 40002, /^advertiser_id: Missing/],
  'an account that is not there': [
    { advertiser_id: '7999999999999999999' },
    40300,
    /doesn't exist or has been deleted/,
  ],
  'an account of somebody else': [
    { advertiser_id: '7000000000000000003' },
    40001,
    /No permission to operate advertiser/,
  ],
  'R01: no dimensions': [{ dimensions: [] }, 40002, /^dimensions: Missing/],
  'R01: an unknown dimension': [{ dimensions: ['ad_id', 'mood'] }, 40002, /mood is not a dimension of BASIC/],
  'R01: a dimension of another report': [{ dimensions: ['ad_id', 'age'] }, 40002, /age is not a dimension of BASIC/],
  'R01: a dimension twice': [{ dimensions: ['ad_id', 'ad_id'] }, 40002, /given twice/],
  'R02: two ids': [{ dimensions: ['ad_id', 'campaign_id'] }, 40002, /at most one ID dimension/],
  'R03: the id of another level': [{ dimensions: ['campaign_id'] }, 40002, /campaign_id does not match data_level/],
  'R04: two times': [{ dimensions: ['ad_id', 'stat_time_day', 'stat_time_hour'] }, 40002, /cannot be combined/],
  'R05: two breakdowns': [
    { dimensions: ['ad_id', 'country_code', 'ad_type'] },
    40002,
    /ad_type and country_code cannot/,
  ],
  'R05: match types without keywords': [atLevel('campaign', 'match_type'), 40002, /match_type requires search_keyword/],
  'R06: an audience of nobody': [{ report_type: 'AUDIENCE' }, 40002, /need an audience dimension/],
  'R06: an audience by hour': [
    { report_type: 'AUDIENCE', dimensions: ['ad_id', 'age', 'stat_time_hour'] },
    40002,
    /stat_time_hour is not a dimension of AUDIENCE/,
  ],
  'R06: an audience of a whole life': [
    { report_type: 'AUDIENCE', dimensions: ['ad_id', 'age'], query_lifetime: true },
    40002,
    /query_lifetime: not supported for AUDIENCE/,
  ],
  'R07: 31 days by day': [{ start_date: '2026-10-22' }, 40002, /max time span is 30 days when use stat_time_day/],
  'R07: two days by hour': [
    { dimensions: ['ad_id', 'stat_time_hour'], start_date: '2026-11-20' },
    40002,
    /max time span is 1 days when use stat_time_hour/,
  ],
  'R07: 366 days': [{ dimensions: ['ad_id'], start_date: '2025-11-21' }, 40002, /max time span is 365 days/],
  'R08: a life by day': [{ query_lifetime: true }, 40002, /query_lifetime: cannot be combined with a time dimension/],
  'R08: a life by country': [
    { dimensions: ['ad_id', 'country_code'], query_lifetime: true },
    40002,
    /with country_code/,
  ],
  'R09: no start': [{ start_date: undefined }, 40002, /^start_date: Missing/],
  'R09: no such day': [{ end_date: '2026-02-30' }, 40002, /end_date: must be a date/],
  'R09: an end before the start': [{ end_date: '2026-01-01' }, 40002, /start_date: must not be after/],
  'R10: no level': [{ data_level: undefined, dimensions: ['stat_time_day'] }, 40002, /^data_level: Missing/],
  'R10: a shop by ad': [{ report_type: 'TT_SHOP', dimensions: ['advertiser_id'] }, 40002, /AUCTION_ADVERTISER or/],
  'R11: a name of nobody': [
    { ...atLevel('advertiser'), dimensions: ['stat_time_day'], metrics: ['advertiser_name'] },
    40002,
    /metric fields: \['advertiser_name'\]/,
  ],
  'R12: what a country does not have': [
    { dimensions: ['ad_id', 'country_code'], metrics: ['spend', 'app_event_add_to_cart', 'engaged_view'] },
    40002,
    /\['app_event_add_to_cart', 'engaged_view'\]\. $/,
  ],
  'R12: video for an age': [
    { report_type: 'AUDIENCE', dimensions: ['ad_id', 'age'], metrics: ['video_play_actions'] },
    40002,
    /\['video_play_actions'\]/,
  ],
  'R12: video for a province': [
    { report_type: 'AUDIENCE', dimensions: ['ad_id', 'province_id'], metrics: ['video_views_p50', 'spend'] },
    40002,
    /\['video_views_p50'\]/,
  ],
  'R13: a country as a filter': [
    { filtering: [aFilter('country_code', ['US'])] },
    40002,
    /^Invalid value for filter field: country_code is not supported\. $/,
  ],
  'R14: the status of another level': [
    { filtering: [aFilter('campaign_status', ['STATUS_ALL'])] },
    40002,
    /filter field: campaign_status is not supported/,
  ],
  'R15: a filter without value': [
    { filtering: [{ field_name: 'ad_ids', filter_type: 'IN' }] },
    40002,
    /^filtering\.0\.filter_value: Missing/,
  ],
  'R15: a value that is no list': [
    { filtering: [{ field_name: 'ad_ids', filter_type: 'IN', filter_value: '1' }] },
    40002,
    /filtering\.0\.filter_value: must be the text of a JSON array/,
  ],
  'R15: half a range': [
    { filtering: [{ field_name: 'create_time', filter_type: 'BETWEEN', filter_value: '["2026-01-01 00:00:00"]' }] },
    40002,
    /must hold two elements/,
  ],
  'a filter of 101 ids': [
    {
      filtering: [
        aFilter(
          'ad_ids',
          Array.from({ length: 101 }, (_, nth) => `${nth}`),
        ),
      ],
    },
    40002,
    /must hold 1 to 100 elements/,
  ],
  'R16: first views with others': [
    { filtering: [aFilter('buying_type', ['AUCTION', 'RESERVATION_TOP_VIEW'])] },
    40002,
    /^The value 'RESERVATION_TOP_VIEW' cannot be combined with other enum values for this parameter$/,
  ],
  'R17: cash by ad': [{ metrics: ['voucher_spend', 'cash_spend'] }, 40002, /\['voucher_spend', 'cash_spend'\]\. $/],
  'R17: cash by hour': [
    { ...atLevel('advertiser', 'stat_time_hour'), start_date: '2026-11-21', metrics: ['cash_spend'] },
    40002,
    /\['cash_spend'\]/,
  ],
  'R18: images without an image': [{ metrics: ['single_image_ctr'] }, 40002, /\['single_image_ctr'\]/],
  'R18: paid views by hour': [
    { ...atLevel('ad', 'stat_time_hour'), start_date: '2026-11-21', metrics: ['paid_engaged_view'] },
    40002,
    /\['paid_engaged_view'\]/,
  ],
  'R19: interests by day': [
    { report_type: 'AUDIENCE', dimensions: ['ad_id', 'interest_category', 'stat_time_day'] },
    40002,
    /interest_category cannot be combined with a time dimension/,
  ],
  'R20: types of ads of an account': [
    atLevel('advertiser', 'ad_type'),
    40002,
    /ad_type is not supported with data_level/,
  ],
  'R20: searches by ad': [atLevel('ad', 'search_terms'), 40002, /search_terms is not supported with data_level/],
  'R23: six accounts': [
    { advertiser_ids: ['1', '2', '3', '4', '5', '6'] },
    40002,
    /advertiser_ids: must hold 1 to 5 ids/,
  ],
  'R23: accounts of a shop': [
    { report_type: 'TT_SHOP', ...atLevel('advertiser'), advertiser_ids: [NEW_YORK] },
    40002,
    /only reports of type BASIC and AUDIENCE/,
  ],
  'R24: totals by country': [
    { dimensions: ['ad_id', 'country_code'], enable_total_metrics: true },
    40002,
    /enable_total_metrics: only supported/,
  ],
  'R25: 101 metrics': [{ metrics: Array.from({ length: 101 }, (_, nth) => `m${nth}`) }, 40002, /at most 100 metrics/],
  'R25: the order of what was not asked for': [{ order_field: 'cpc' }, 40002, /order_field: must be one of/],
  'R26: page 0': [{ page: 0 }, 40002, /page: must be at least 1/],
  'R26: 1,001 rows': [{ page_size: 1001 }, 40002, /page_size: must be between 1 and 1000/],
  'R27: no center': [{ ...CENTER, bc_id: undefined }, 40002, /^bc_id: Missing/],
  'R27: a center of somebody else': [
    { ...CENTER, bc_id: '7000000000000000999', dimensions: ['advertiser_id'] },
    40001,
    /Business Center/,
  ],
  'R28: playables without one': [
    { report_type: 'PLAYABLE_MATERIAL', data_level: undefined, dimensions: ['country_code'] },
    40002,
    /need playable_id/,
  ],
  'R29: a shop campaign without country': [
    { report_type: 'TT_SHOP', ...atLevel('campaign'), metrics: ['spend'] },
    40002,
    /campaign_id requires country_code/,
  ],
  'R29: a shop with filters': [
    { report_type: 'TT_SHOP', ...atLevel('advertiser'), filtering: [aFilter('campaign_ids', ['1'])] },
    40002,
    /filtering: not supported for TT_SHOP/,
  ],
  'unknown metrics, all of them': [{ metrics: ['mood', 'spend', 'luck'] }, 40002, /fields: \['mood', 'luck'\]\. $/],
  'a result of an account': [{ ...atLevel('advertiser'), metrics: ['result'] }, 40002, /\['result'\]/],
  'the ad among ads of the new kind': [{ dimensions: ['ad_id_v2'], metrics: ['ad_id'] }, 40002, /\['ad_id'\]/],
  'ids of the old kind among the new': [
    { dimensions: ['ad_id_v2'], filtering: [aFilter('ad_ids', ['1'])] },
    40002,
    /filter field: ad_ids is not supported/,
  ],
  'an hour and a country': [
    { dimensions: ['ad_id', 'country_code', 'stat_time_hour'], start_date: '2026-11-21' },
    40002,
    /country_code and stat_time_hour/,
  ],
  'chunks of an audience': [
    { report_type: 'AUDIENCE', dimensions: ['ad_id', 'age'], query_mode: 'CHUNK' },
    40002,
    /CHUNK is only supported for BASIC/,
  ],
}

const given = (args: object) => Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined))

for (const [what, [changes, code, says]] of Object.entries(REFUSED)) {
  test(`a report is refused for ${what}`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer: Parsed = await tiktok.read(REPORT, given(aReport(changes)))

    assert.equal(answer.code, code, answer.message)
    assert.match(answer.message, says)
    assert.deepEqual(answer.data, {})
  })
}

const AUDIENCES = ['age', 'gender', 'country_code', 'province_id', 'dma_id', 'language', 'platform', 'ac', 'placement']
const TIMELESS = ['interest_category', 'interest_category_v2', 'device_brand_id']

test('every documented grouping is accepted at every level, and is an empty list where there is no data', async (t) => {
  const tiktok = await aSimulator(t)
  const groupings = LEVEL_NAMES.flatMap((level) => [
    ...[[], ['stat_time_day'], ['country_code'], ['country_code', 'stat_time_day']].map((others) => ({
      report_type: 'BASIC',
      ...atLevel(level, ...others),
    })),
    ...[...AUDIENCES, 'contextual_tag'].flatMap((one) => [
      { report_type: 'AUDIENCE', ...atLevel(level, one) },
      { report_type: 'AUDIENCE', ...atLevel(level, one, 'stat_time_day') },
    ]),
    { report_type: 'AUDIENCE', ...atLevel(level, 'age', 'gender', 'stat_time_day') },
    ...TIMELESS.map((one) => ({ report_type: 'AUDIENCE', ...atLevel(level, one) })),
    { report_type: 'BASIC', ...atLevel(level, 'stat_time_hour'), start_date: '2015-01-30' },
  ])
  const more = [
    { ...atLevel('advertiser'), dimensions: ['stat_time_day'] },
    { dimensions: ['ad_id_v2', 'stat_time_day'] },
    { ...atLevel('advertiser', 'search_terms', 'stat_time_day') },
    { ...atLevel('campaign', 'search_keyword', 'match_type'), metrics: ['spend'] },
    { dimensions: ['ad_id', 'video_material_id'] },
    { report_type: 'TT_SHOP', ...atLevel('advertiser', 'country_code', 'stat_time_day'), metrics: ['spend'] },
    { report_type: 'TT_SHOP', ...atLevel('campaign', 'country_code'), metrics: undefined },
    { report_type: 'PLAYABLE_MATERIAL', data_level: undefined, dimensions: ['playable_id'], metrics: undefined },
    { report_type: 'CATALOG', dimensions: ['product_id'], metrics: undefined },
    { ...CENTER, dimensions: ['stat_time_day', 'advertiser_id'] },
  ]
  const isById = ({ dimensions, report_type }: { dimensions: readonly string[]; report_type?: string }) =>
    dimensions.length === 1 && report_type === 'BASIC'

  for (const grouping of [...groupings, ...more]) {
    const args = given(aReport({ metrics: ['spend', 'impressions'], ...LONG_AGO, ...grouping }))
    const { code, message, data }: Parsed = await tiktok.read(REPORT, args)
    assert.equal(code, 0, `${JSON.stringify(grouping)}: ${message}`)
    if (!isById(grouping as never)) assert.deepEqual(data.list, [], JSON.stringify(grouping))
  }
})

test('the edge of thirty days, and hours of countries, can be opened', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_thirtieth_day: 'accept', report_hourly_country: 'accept' } })
  const code = async (changes: object) => ((await tiktok.read(REPORT, aReport(changes))) as Parsed).code

  assert.equal(await code({ start_date: '2026-10-22' }), 0)
  assert.equal(await code({ start_date: '2026-10-21' }), 40002)
  assert.equal(await code({ ...atLevel('campaign', 'country_code', 'stat_time_hour'), start_date: '2026-11-21' }), 0)
})

test('what is wrong is told in this order: token, arguments, account, grouping, metrics, filters, dates', async (t) => {
  const tiktok = await aSimulator(t)
  const wrong = {
    start_date: '2027-01-01',
    filtering: [aFilter('country_code', ['US'])],
    metrics: ['mood'],
    dimensions: ['ad_id', 'age'],
    advertiser_id: '7999999999999999999',
    report_type: 'NONE',
  }
  const right = { ...aReport(), filtering: [] }
  const says = async (args: object, token?: string) =>
    ((await tiktok.read(REPORT, given(args), token)) as Parsed).message

  const order = [await says({ ...right, ...wrong }, 'nobody')]
  let args: object = { ...right, ...wrong }
  for (const fixed of ['report_type', 'advertiser_id', 'dimensions', 'metrics', 'filtering', 'start_date'] as const) {
    order.push(await says(args))
    args = { ...args, [fixed]: (right as Parsed)[fixed] }
  }

  assert.deepEqual(
    order.map((message) => message.split(' ').slice(0, 5).join(' ')),
    [
      'Access token is incorrect or',
      'Invalid value for report_type: must',
      "Advertiser 7999999999999999999 doesn't exist or",
      'Invalid value for dimensions: age',
      'Please correct the information in',
      'Invalid value for filter field:',
      'Invalid value for start_date: must',
    ],
  )
  assert.equal(await says(args), 'OK')
})

test('arguments of older versions are not seen, and empty ones count as left out', async (t) => {
  const tiktok = await aSimulator(t)

  const old: Parsed = await tiktok.read(REPORT, aReport({ filters: '{}', lifetime: 'true', order_field: '' }))

  assert.equal(old.code, 0)
})

test('several accounts come in one report, without decimals, and with what tells them apart', async (t) => {
  const tiktok = await aSimulator(t)
  const args = aReport({ ...atLevel('advertiser', 'stat_time_day'), advertiser_ids: [NEW_YORK, BERLIN, TOKYO] })
  const day = { start_date: '2026-11-19', end_date: '2026-11-19' }

  const { data }: Parsed = await tiktok.read(REPORT, { ...args, ...day })
  const nameless: Parsed = await tiktok.read(REPORT, { ...args, ...day, dimensions: ['stat_time_day'] })
  const single: Parsed = await tiktok.read(REPORT, { ...args, ...day, advertiser_ids: [NEW_YORK] })

  assert.deepEqual(
    data.list.map(({ metrics }: Parsed) => [metrics.advertiser_id, metrics.currency, metrics.timezone]),
    [
      [NEW_YORK, 'USD', 'America/New_York'],
      [BERLIN, 'EUR', 'Europe/Berlin'],
      [TOKYO, 'JPY', 'Asia/Tokyo'],
    ],
  )
  for (const { metrics } of data.list) assert.match(metrics.spend, /^\d+$/)
  assert.match(single.data.list[0].metrics.spend, /^\d+\.\d\d$/)
  const sum = data.list.reduce((total: number, { metrics }: Parsed) => total + Number(metrics.impressions), 0)
  assert.deepEqual(nameless.data.list, [
    {
      dimensions: { stat_time_day: '2026-11-19 00:00:00' },
      metrics: {
        spend: '-',
        impressions: `${sum}`,
        clicks: nameless.data.list[0].metrics.clicks,
        conversion: nameless.data.list[0].metrics.conversion,
        currency: '0',
        timezone: '0',
        advertiser_id: '0',
      },
    },
  ])
})
