import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { streams } from '../src/catalog.ts'
import { addDays } from '../src/core/days.ts'
import type { Table } from '../src/core/table.ts'
import { FINAL_MODELS, INTEGRITY_TESTS, statementOf } from './dbt_models.ts'
import { aLocalRoad, type LocalRoad, type Named, readRows } from './local_road.ts'
import { findPostgres, makeSchema } from './postgres.ts'

/** What the public dbt package for TikTok Ads expects of tables, and its models in SQL of our own. */

const AT = Date.parse('2026-11-21T12:00:00Z')
const DAYS = 4

const HOURLY = [
  ...['stat_time_hour', 'cpc', 'cpm', 'ctr', 'impressions', 'clicks', 'spend', 'reach', 'conversion'],
  ...['cost_per_conversion', 'conversion_rate', 'likes', 'comments', 'shares', 'profile_visits', 'follows'],
  ...['video_play_actions', 'video_watched_2_s', 'video_watched_6_s'],
  ...['video_views_p_25', 'video_views_p_50', 'video_views_p_75'],
  ...['average_video_play', 'average_video_play_per_user'],
  ...['real_time_conversion', 'total_purchase_value', 'total_sales_lead_value'],
]

/** The tables that the package reads, and the columns it reads of them. */
const CONTRACT: Readonly<Record<string, readonly string[]>> = {
  advertiser: [
    ...['id', 'name', 'currency', 'timezone', 'address', 'balance', 'cellphone_number', 'company', 'contacter'],
    ...['country', 'description', 'email', 'industry', 'language', 'telephone_number'],
  ],
  campaign_history: [
    ...['campaign_id', 'updated_at', 'advertiser_id', 'campaign_name', 'campaign_type', 'split_test_variable'],
    ...['objective_type', 'status', 'budget', 'budget_mode', 'create_time', 'is_new_structure'],
  ],
  adgroup_history: [
    ...['adgroup_id', 'updated_at', 'advertiser_id', 'campaign_id', 'adgroup_name', 'action_days'],
    ...['action_categories', 'age_groups', 'audience_type', 'budget', 'category', 'display_name'],
    ...['interest_category_v_2', 'frequency', 'frequency_schedule', 'gender', 'languages', 'landing_page_url'],
  ],
  ad_history: [
    ...['ad_id', 'updated_at', 'adgroup_id', 'advertiser_id', 'campaign_id', 'ad_name', 'call_to_action'],
    ...['click_tracking_url', 'impression_tracking_url', 'landing_page_url'],
  ],
  ad_report_hourly: ['ad_id', ...HOURLY],
  adgroup_report_hourly: ['adgroup_id', ...HOURLY],
  campaign_report_hourly: ['campaign_id', ...HOURLY],
  campaign_country_report: [
    ...['campaign_id', 'stat_time_day', 'country_code', 'clicks', 'impressions', 'spend', 'conversion'],
    ...['conversion_rate', 'cost_per_conversion', 'cpc', 'cpm', 'ctr', 'real_time_conversion'],
  ],
}

const COUNTS =
  /^(impressions|clicks|reach|conversion|real_time_conversion|likes|comments|shares|follows|profile_visits|video_(play_actions|watched_._s|views_p_\d+))$/
const MONEY = /^(spend|budget|balance|total_(purchase|sales_lead)_value)$/
const RATIOS = /^(cpc|cpm|ctr|conversion_rate|cost_per_conversion|average_video_play(_per_user)?)$/
const LOCAL_TIMES = /^(stat_time_(hour|day)|updated_at|create_time)$/
const IDS = /^(id|(ad|adgroup|campaign|advertiser)_id)$/
const LISTS = /^(action_categories|age_groups|interest_category_v_2|languages)$/

type Kind = 'whole' | 'money' | 'ratio' | 'local_time' | 'instant' | 'text' | 'list' | 'any'

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [COUNTS, 'whole'],
  [IDS, 'whole'],
  [MONEY, 'money'],
  [RATIOS, 'ratio'],
  [LOCAL_TIMES, 'local_time'],
  [LISTS, 'list'],
  [/^_fivetran_synced$/, 'instant'],
  [/^(is_new_structure|action_days|frequency|frequency_schedule|category)$/, 'any'],
]

/** What kind of type a column must have; text unless it is one of the others. */
const kindOf = (column: string): Kind => KINDS.find(([names]) => names.test(column))?.[1] ?? 'text'

/** The types by their names in information_schema. */
const TYPES: Readonly<Record<'duckdb' | 'postgres', Readonly<Record<Exclude<Kind, 'any'>, string>>>> = {
  duckdb: {
    whole: 'BIGINT',
    money: 'DECIMAL(20,6)',
    ratio: 'DOUBLE',
    local_time: 'TIMESTAMP',
    instant: 'TIMESTAMP WITH TIME ZONE',
    text: 'VARCHAR',
    list: 'JSON',
  },
  postgres: {
    whole: 'bigint',
    money: 'numeric',
    ratio: 'double precision',
    local_time: 'timestamp without time zone',
    instant: 'timestamp with time zone',
    text: 'text',
    list: 'jsonb',
  },
}

const GRAINS: Readonly<Record<string, readonly string[]>> = {
  advertiser: ['id'],
  campaign_history: ['campaign_id', 'updated_at'],
  adgroup_history: ['adgroup_id', 'updated_at'],
  ad_history: ['ad_id', 'updated_at'],
  ad_report_hourly: ['ad_id', 'stat_time_hour'],
  adgroup_report_hourly: ['adgroup_id', 'stat_time_hour'],
  campaign_report_hourly: ['campaign_id', 'stat_time_hour'],
  campaign_country_report: ['campaign_id', 'stat_time_day', 'country_code'],
}

const { url, skip } = await findPostgres()

test('in DuckDB the tables are as the dbt package expects them, and its models hold', (t) =>
  testContract(t, 'duckdb', { type: 'duckdb' }, 'tiktok_ads'))

test('in PostgreSQL the tables are as the dbt package expects them, and its models hold', { skip }, async (t) => {
  const { schema, drop } = await makeSchema(url!)
  t.after(drop)
  await testContract(t, 'postgres', { type: 'postgres', url }, schema)
})

async function testContract(
  t: TestContext,
  type: keyof typeof TYPES,
  warehouse: object,
  schema: string,
): Promise<void> {
  const road = await aLocalRoad(t, {
    at: AT,
    streams: Object.keys(CONTRACT),
    warehouse,
    schema,
    sync: { history_days: DAYS },
  })
  const source = (table: string) => road.warehouse.quote(schema, table)

  const { run } = await road.run()

  assert.equal(run.state, 'succeeded', run.reason?.message)
  await t.test('tables, columns and types', () => checkTypes(road, TYPES[type], schema))
  await t.test('a row for each grain', async () => {
    for (const [table, grain] of Object.entries(GRAINS)) await assertUnique(road, source(table), grain)
  })
  await t.test('the models, each with its grain', async () => {
    for (const [model, grain] of Object.entries(FINAL_MODELS)) {
      await assertUnique(road, `(${statementOf(model, source)})`, grain)
      const holes = grain.map((column) => `${column} is null`).join(' or ')
      assert.deepEqual(await road.rows(`select * from (${statementOf(model, source)}) m where ${holes}`), [], model)
    }
  })
  await t.test('integrity tests', async () => {
    for (const name of INTEGRITY_TESTS) assert.deepEqual(await road.rows(statementOf(name, source)), [], name)
  })
  await t.test('figures are those of the local TikTok, on its days', () => checkFigures(road, source))
  await t.test('pages are those of the ads that lead to one', () => checkPages(road, source))
  await t.test('two clicks on 22 impressions are 9.09 percent', () => checkRatio(road, schema))
}

async function checkTypes({ rows }: LocalRoad, types: (typeof TYPES)['duckdb'], schema: string): Promise<void> {
  const stored = await rows(
    `select table_name, column_name, data_type from information_schema.columns where table_schema = '${schema}'`,
  )
  const typeOf = new Map(stored.map((one) => [`${one['table_name']}.${one['column_name']}`, one['data_type']]))
  for (const [table, columns] of Object.entries(CONTRACT)) {
    for (const column of [...columns, '_fivetran_synced']) {
      const kind = kindOf(column)
      const actual = typeOf.get(`${table}.${column}`)
      assert.ok(actual !== undefined, `${table}.${column} is missing`)
      if (kind !== 'any') assert.equal(actual, types[kind], `${table}.${column}`)
    }
  }
}

async function assertUnique({ rows }: LocalRoad, from: string, grain: readonly string[]): Promise<void> {
  const columns = grain.join(', ')
  const [counted] = await rows(`select count(*) as n from ${from} m`)
  assert.ok(Number(counted!['n']) > 0, from)
  const twice = await rows(`select ${columns}, count(*) as n from ${from} m group by ${columns} having count(*) > 1`)
  assert.deepEqual(twice, [], from)
}

const MODELS_BY_LEVEL = {
  advertiser: ['advertiser_report', 'advertiser_id'],
  campaign: ['campaign_report', 'campaign_id'],
  adgroup: ['ad_group_report', 'ad_group_id'],
  ad: ['ad_report', 'ad_id'],
} as const

const FIGURES = ['spend', 'impressions', 'clicks', 'conversion']

async function checkFigures({ rows, tiktok }: LocalRoad, source: (table: string) => string): Promise<void> {
  const advertisers = await rows(`select id, currency, timezone from ${source('advertiser')} order by id`)
  assert.deepEqual(
    advertisers.map(({ currency }) => currency),
    ['USD', 'EUR', 'JPY'],
  )
  // Those days of which every hour was read, and which have ended everywhere.
  const [from, to] = [addDays('2026-11-21', 1 - DAYS), '2026-11-20']
  for (const [level, [model, id]] of Object.entries(MODELS_BY_LEVEL)) {
    const modelled = await rows(
      `select ${id} as id, date_day, ${FIGURES.join(', ')} from (${statementOf(model, source)}) m
       where date_day between date '${from}' and date '${to}' and impressions > 0`,
    )
    const truth: string[] = []
    for (const { id: advertiser } of advertisers) {
      const path = `truth?advertiser_id=${advertiser}&from=${from}&to=${to}&level=${level}&by=id,day&metrics=${FIGURES}`
      const { groups } = await tiktok.control('GET', path)
      truth.push(...groups.map((one: Named & { metrics: Named }) => lineOf(one['id'], one['day'], one.metrics)))
    }
    assert.ok(truth.length > DAYS)
    assert.deepEqual(modelled.map((row) => lineOf(row['id'], row['date_day'], row)).toSorted(), truth.toSorted(), model)
  }
}

const lineOf = (id: unknown, day: unknown, figures: Named): string =>
  [id, day, ...FIGURES.map((name) => decimalOf(figures[name]))].join(' ')

const decimalOf = (figure: unknown): string => (figure === null || figure === '-' ? 'none' : Number(figure).toFixed(2))

async function checkPages({ rows }: LocalRoad, source: (table: string) => string): Promise<void> {
  const pages = await rows(
    `select distinct ad_id, base_url, url_host, url_path from (${statementOf('url_report', source)}) m order by 1`,
  )
  const ads = await rows(
    `select distinct h.ad_id, a.landing_page_url as url from ${source('ad_report_hourly')} h
     join (${statementOf('newest_ad', source)}) a on a.ad_id = h.ad_id order by 1`,
  )
  const linked = ads.filter(({ url }) => url !== null).map(({ ad_id, url }) => ({ ad_id, url: new URL(String(url)) }))
  assert.ok(linked.length > 0 && linked.length < ads.length)
  assert.deepEqual(
    pages.map((page) => [page['ad_id'], page['base_url'], page['url_host'], page['url_path']]),
    linked.map(({ ad_id, url }) => [ad_id, url.origin + url.pathname, url.host, url.pathname]),
  )
}

const tableOf = (name: string): Table => streams.find(({ table }) => table.name === name)!.table

/** One campaign, one row of it, in tables made and filled as ours are. */
async function checkRatio({ warehouse }: LocalRoad, schema: string): Promise<void> {
  const advertiserId = '7300000000000000001'
  const campaign = { campaign_id: '7300000000000000002', advertiser_id: advertiserId }
  const rows: Readonly<Record<string, Named>> = {
    advertiser: { id: advertiserId, name: 'Seed', currency: 'USD' },
    campaign_history: { ...campaign, updated_at: '2026-03-01 00:00:00', campaign_name: 'Seed' },
    campaign_report_hourly: {
      ...campaign,
      stat_time_hour: '2026-03-01 23:00:00',
      clicks: 2,
      impressions: 22,
      spend: '1.1',
    },
  }
  const seeded = `${schema}_seed`
  const tables = Object.keys(rows).map(tableOf)
  await warehouse.change(
    seeded,
    tables.map((table) => ({ kind: 'create_table', table })),
  )
  for (const table of tables) {
    const row = table.columns.map(({ name }) => rows[table.name]![name] ?? null)
    const days = table.mode === 'window' ? { from: '2026-03-01', to: '2026-03-01' } : null
    const run = { id: 'seed', at: AT }
    const pages = (async function* () {
      yield [row]
    })()
    await warehouse.load({ schema: seeded, table, advertiserId, days, pages, run, isFinal: false, acceptsEmpty: false })
  }

  const statement = statementOf('campaign_report', (table) => warehouse.quote(seeded, table))
  const [report, ...others] = await readRows(warehouse, statement)

  assert.deepEqual(others, [])
  assert.equal(String(report!['date_day']), '2026-03-01')
  assert.match(String(report!['daily_ctr']), /^9\.09090909/)
  assert.equal(Number(report!['daily_cpc']), 0.55)
  assert.equal(Number(report!['daily_cpm']), 50)
}
