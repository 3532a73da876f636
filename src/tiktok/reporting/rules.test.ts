import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { addDays } from '../../core/days.ts'
import { QUERY_DEFAULTS, type ReportQuery, type ReportType } from './query.ts'
import { checkQuery } from './rules.ts'

const DAY = '2026-03-01'

/** A report by day of ads that TikTok answers, changed as a test needs it. */
const aQuery = (changes: Partial<ReportQuery> = {}): ReportQuery => ({
  ...QUERY_DEFAULTS,
  data_level: 'AUCTION_AD',
  dimensions: ['ad_id', 'stat_time_day'],
  metrics: ['spend', 'impressions'],
  start_date: DAY,
  end_date: addDays(DAY, 29),
  ...changes,
})

const anAudienceQuery = (changes: Partial<ReportQuery> = {}): ReportQuery =>
  aQuery({ report_type: 'AUDIENCE', dimensions: ['ad_id', 'age', 'gender', 'stat_time_day'], ...changes })

const aFilter = (field_name: string, filter_value = '["1"]', filter_type = 'IN') => ({
  field_name,
  filter_type,
  filter_value,
})

const rulesOf = (query: ReportQuery) => [...new Set(checkQuery(query).map(({ rule }) => rule))]

test('a report by day of ads, and one by age and gender, are answered', () => {
  assert.deepEqual(checkQuery(aQuery()), [])
  assert.deepEqual(checkQuery(anAudienceQuery()), [])
})

const LIFETIME = { query_lifetime: true, start_date: null, end_date: null }

test('every grouping that is known to work is legal, over as many days as are known to work and not one more', () => {
  const [, ...lines] = readFileSync(new URL('golden/known_good.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  assert.equal(lines.length, 151)
  for (const line of lines) {
    const [report_type, level, dimensions, days, lifetime] = line.split('\t')
    const query = aQuery({
      report_type: report_type as ReportType,
      data_level: level || null,
      dimensions: dimensions!.split(','),
      metrics: ['spend'],
      end_date: addDays(DAY, Number(days) - 1),
      bc_id: report_type === 'BC' ? '1' : null,
    })

    assert.deepEqual(checkQuery(query), [], line)
    assert.deepEqual(rulesOf({ ...query, end_date: addDays(DAY, Number(days)) }), ['R07'], line)
    if (lifetime === 'yes') assert.deepEqual(checkQuery({ ...query, ...LIFETIME }), [], line)
  }
})

const CLASHES: readonly (readonly [rule: string, why: string, query: ReportQuery, message: RegExp])[] = [
  ['R01', 'no dimension', aQuery({ dimensions: [] }), /^at least one dimension is needed$/],
  ['R01', 'a name nobody knows', aQuery({ dimensions: ['ad_id', 'contry_code'] }), /did you mean "country_code"\?/],
  [
    'R01',
    'a name of other reports',
    aQuery({ dimensions: ['ad_id', 'item_id'] }),
    /a dimension of GMV_MAX reports only/,
  ],
  ['R01', 'a name twice', aQuery({ dimensions: ['ad_id', 'ad_id'] }), /given twice/],
  ['R02', 'two objects', aQuery({ dimensions: ['ad_id', 'ad_id_v2'] }), /ad_id and ad_id_v2 exclude one another/],
  ['R02', 'a filter of the other id', aQuery({ filtering: [aFilter('ad_ids_v2')] }), /ad_ids_v2 only goes with/],
  ['R03', 'a parent as dimension', aQuery({ dimensions: ['campaign_id'] }), /report about ads; ask for it as a metric/],
  ['R04', 'two times', aQuery({ dimensions: ['ad_id', 'stat_time_day', 'stat_time_hour'] }), /choose days or hours/],
  [
    'R05',
    'two breakdowns',
    aQuery({ dimensions: ['ad_id', 'country_code', 'custom_event_type'] }),
    /custom_event_type does not go with country_code/,
  ],
  [
    'R05',
    'half a pair',
    aQuery({ data_level: 'AUCTION_CAMPAIGN', dimensions: ['campaign_id', 'match_type'] }),
    /needs search_keyword/,
  ],
  ['R05', 'a picture without its ad', aQuery({ dimensions: ['image_id'] }), /image_id needs ad_id beside it/],
  ['R05', 'an audience in a basic report', aQuery({ dimensions: ['ad_id', 'age'] }), /choose type audience/],
  [
    'R05',
    'country and hour',
    aQuery({ dimensions: ['ad_id', 'country_code', 'stat_time_hour'], end_date: DAY }),
    /choose days/,
  ],
  ['R06', 'no audience', anAudienceQuery({ dimensions: ['ad_id'] }), /needs a breakdown, such as age/],
  ['R06', 'a basic breakdown', anAudienceQuery({ dimensions: ['ad_id', 'page_id'] }), /choose type basic/],
  [
    'R06',
    'hours',
    anAudienceQuery({ dimensions: ['ad_id', 'age', 'stat_time_hour'], end_date: DAY }),
    /cannot be cut by hours/,
  ],
  ['R07', '31 days', aQuery({ end_date: addDays(DAY, 30) }), /^31 days are more than the 30/],
  [
    'R07',
    'two days of hours',
    aQuery({ dimensions: ['ad_id', 'stat_time_hour'], end_date: addDays(DAY, 1) }),
    /than the 1 that/,
  ],
  [
    'R07',
    '366 days',
    aQuery({ dimensions: ['ad_id'], end_date: addDays(DAY, 365) }),
    /^366 days are more than the 365/,
  ],
  ['R08', 'a life by day', aQuery(LIFETIME), /stat_time_day does not go with a report over the whole life/],
  [
    'R08',
    'a life by country',
    aQuery({ ...LIFETIME, dimensions: ['ad_id', 'country_code'] }),
    /country_code does not go/,
  ],
  ['R08', 'a life by audience', anAudienceQuery({ ...LIFETIME, dimensions: ['ad_id', 'age'] }), /only basic reports/],
  ['R09', 'no first day', aQuery({ start_date: null }), /^a first day is needed/],
  ['R09', 'no last day', aQuery({ end_date: '2026-02-30' }), /^a last day is needed/],
  ['R09', 'an end before the start', aQuery({ end_date: addDays(DAY, -1) }), /lies before the first day/],
  ['R10', 'no level', aQuery({ data_level: null }), /a data level is needed/],
  ['R10', 'an old level', aQuery({ data_level: 'RESERVATION_AD' }), /a data level is needed/],
  [
    'R11',
    'attributes of nothing',
    aQuery({ dimensions: ['stat_time_day'], metrics: ['ad_name'] }),
    /the rows are about none/,
  ],
  [
    'R11',
    'attributes from below',
    aQuery({ data_level: 'AUCTION_CAMPAIGN', dimensions: ['campaign_id'], metrics: ['ad_name'] }),
    /ad_name does not go with a report about campaigns; choose ads/,
  ],
  [
    'R11',
    'the other id of an ad',
    aQuery({ dimensions: ['ad_id_v2'], metrics: ['ad_id'] }),
    /ad_id does not go with ad_id_v2/,
  ],
  [
    'R11',
    'an id that is the dimension',
    aQuery({ data_level: 'AUCTION_CAMPAIGN', dimensions: ['campaign_id'], metrics: ['campaign_id'] }),
    /the dimension of this level already/,
  ],
  ['R12', 'a metric nobody knows', aQuery({ metrics: ['spent'] }), /did you mean "spend"\?/],
  ['R12', 'a metric of other reports', aQuery({ metrics: ['gross_revenue'] }), /a metric of GMV_MAX reports only/],
  ['R12', 'page events by age', anAudienceQuery({ metrics: ['complete_payment'] }), /choose type basic/],
  ['R12', 'video by age', anAudienceQuery({ metrics: ['likes'] }), /likes does not go with age/],
  [
    'R12',
    'app events by country',
    aQuery({ dimensions: ['ad_id', 'country_code'], metrics: ['checkout'] }),
    /does not go with country_code/,
  ],
  [
    'R12',
    'results of an advertiser',
    aQuery({ data_level: 'AUCTION_ADVERTISER', dimensions: ['advertiser_id'], metrics: ['result'] }),
    /result does not go with a report about advertisers; choose campaigns/,
  ],
  [
    'R12',
    'names by search',
    aQuery({ data_level: 'AUCTION_CAMPAIGN', dimensions: ['campaign_id', 'search_terms'], metrics: ['campaign_name'] }),
    /does not go with search_terms/,
  ],
  ['R13', 'country as filter', aQuery({ filtering: [aFilter('country_code')] }), /is a dimension and no filter/],
  ['R13', 'a filter nobody knows', aQuery({ filtering: [aFilter('colour')] }), /colour is no filter/],
  ['R13', 'a basic filter by age', anAudienceQuery({ filtering: [aFilter('objective_type')] }), /no filter of such/],
  [
    'R14',
    'the status of another level',
    aQuery({ filtering: [aFilter('campaign_status')] }),
    /only goes with data_level campaign/,
  ],
  ['R15', 'no list', aQuery({ filtering: [aFilter('ad_ids', '1')] }), /IN takes a list/],
  ['R15', 'no type', aQuery({ filtering: [aFilter('objective_type', '["X"]', 'LIKE')] }), /LIKE is no type of filter/],
  ['R15', 'no value', aQuery({ filtering: [aFilter('objective_type', '')] }), /needs a field, a type and a value/],
  [
    'R15',
    'three bounds',
    aQuery({ filtering: [aFilter('create_time', '["a","b","c"]', 'BETWEEN')] }),
    /takes two values/,
  ],
  ['R15', '101 ids', aQuery({ filtering: [aFilter('ad_ids', JSON.stringify(Array(101).fill('1')))] }), /^101 ids/],
  [
    'R16',
    'TopView among others',
    aQuery({ filtering: [aFilter('buying_type', '["AUCTION","RESERVATION_TOP_VIEW"]')] }),
    /stands alone/,
  ],
  ['R17', 'cash of ads', aQuery({ metrics: ['cash_spend'] }), /known of advertisers only/],
  [
    'R17',
    'cash by hour',
    aQuery({
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id', 'stat_time_hour'],
      metrics: ['voucher_spend'],
      end_date: DAY,
    }),
    /known by day only/,
  ],
  ['R18', 'pictures of whole ads', aQuery({ metrics: ['single_image_ctr'] }), /add image_id/],
  [
    'R18',
    'views that were bid for, by event',
    aQuery({ dimensions: ['ad_id', 'custom_event_type'], metrics: ['paid_engaged_view'] }),
    /paid_engaged_view does not go with custom_event_type/,
  ],
  [
    'R19',
    'interests by day',
    anAudienceQuery({ dimensions: ['ad_id', 'interest_category_v2', 'stat_time_day'] }),
    /each day by itself/,
  ],
  [
    'R20',
    'kinds of ads of advertisers',
    aQuery({ data_level: 'AUCTION_ADVERTISER', dimensions: ['advertiser_id', 'ad_type'] }),
    /choose campaigns, ad groups or ads/,
  ],
  ['R20', 'searches of ads', aQuery({ dimensions: ['ad_id', 'search_terms'] }), /does not go with a report about ads/],
  ['R21', 'people in a task', anAudienceQuery({ isTask: true, metrics: ['result'] }), /result counts people/],
  ['R21', 'bills in a task', aQuery({ isTask: true, metrics: ['billed_cost'] }), /not given by tasks/],
  [
    'R22',
    'a shop in a task',
    aQuery({
      isTask: true,
      report_type: 'TT_SHOP',
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id'],
      metrics: ['spend'],
    }),
    /TT_SHOP reports are not given by tasks/,
  ],
  ['R22', 'a status in a task', aQuery({ isTask: true, filtering: [aFilter('ad_status')] }), /no filter of tasks/],
  [
    'R23',
    'six advertisers',
    aQuery({ advertiser_ids: ['1', '2', '3', '4', '5', '6'] }),
    /^6 advertisers are more than 5/,
  ],
  [
    'R24',
    'totals by country',
    aQuery({ dimensions: ['ad_id', 'country_code'], enable_total_metrics: true }),
    /totals do not go with country_code/,
  ],
  ['R24', 'totals by age', anAudienceQuery({ enable_total_metrics: true }), /has no totals/],
  ['R25', '101 metrics', aQuery({ metrics: Array(101).fill('spend') }), /^101 metrics are more than the 100/],
  ['R25', 'an order that is not asked for', aQuery({ order_field: 'clicks' }), /clicks is none/],
  ['R26', 'page 0', aQuery({ page: 0 }), /the first is 1/],
  ['R26', '1,001 rows', aQuery({ page_size: 1001 }), /not 1001/],
  [
    'R27',
    'no Business Center',
    aQuery({ report_type: 'BC', data_level: null, dimensions: ['stat_time_day'] }),
    /Business Center is needed/,
  ],
  [
    'R28',
    'no playable',
    aQuery({ report_type: 'PLAYABLE_MATERIAL', data_level: null, dimensions: ['country_code'] }),
    /playable_id is needed/,
  ],
  [
    'R29',
    'campaigns without country',
    aQuery({ report_type: 'TT_SHOP', data_level: 'AUCTION_CAMPAIGN', dimensions: ['campaign_id'], metrics: ['spend'] }),
    /needs country_code too/,
  ],
  [
    'R29',
    'clicks in the shop',
    aQuery({
      report_type: 'TT_SHOP',
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id'],
      metrics: ['clicks'],
    }),
    /spend and billed_cost only/,
  ],
  [
    'R30',
    'two shops',
    aQuery({ report_type: 'GMV_MAX', data_level: null, dimensions: ['campaign_id'], store_ids: ['1', '2'] }),
    /exactly one shop/,
  ],
  [
    'R31',
    'two materials',
    aQuery({
      report_type: 'SMART_PLUS_MATERIAL',
      data_level: null,
      dimensions: ['campaign_id', 'main_material_id', 'ad_text_entity_id'],
    }),
    /has two dimensions/,
  ],
  [
    'R31',
    'an unknown material',
    aQuery({ report_type: 'SMART_PLUS_MATERIAL', data_level: null, dimensions: ['main_material_id', 'age'] }),
    /age is not in such reports/,
  ],
]

for (const [rule, why, query, message] of CLASHES) {
  test(`${rule} refuses ${why}`, () => {
    const problems = checkQuery(query).filter((problem) => problem.rule === rule)

    assert.ok(problems.length > 0, `nothing by ${rule}, but ${JSON.stringify(checkQuery(query))}`)
    assert.match(problems[0]!.message, message)
  })
}

test('there is a case against every rule', () => {
  const all = Array.from({ length: 31 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`)

  assert.deepEqual([...new Set(CLASHES.map(([rule]) => rule))].sort(), all)
})

test('one figure under two names is refused, whichever rule TikTok has for it', () => {
  const [problem, ...others] = checkQuery(
    aQuery({ metrics: ['product_details_page_browse', 'page_content_view_events'] }),
  )

  assert.deepEqual(others, [])
  assert.deepEqual([problem?.rule, problem?.place], [null, { kind: 'metric', name: 'product_details_page_browse' }])
  assert.match(problem!.message, /old name of page_content_view_events/)
})

test('a task may name an advertiser beside another object when it is about several', () => {
  const query = aQuery({ isTask: true, advertiser_ids: ['1', '2'], dimensions: ['advertiser_id', 'ad_id'] })

  assert.deepEqual(checkQuery(query), [])
  assert.deepEqual(rulesOf({ ...query, isTask: false }), ['R02', 'R03'])
})
