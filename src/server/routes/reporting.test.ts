import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, NOW, SHOP, TOKEN } from '../../simulator/testing.ts'
import { aServer } from '../testing.ts'

const REPORT = {
  type: 'basic',
  data_level: 'campaign',
  aggregation: 'day',
  dimensions: ['country_code'],
  metrics: ['spend', 'impressions'],
}

interface Choice {
  readonly name: string
  readonly illegal: string | null
  readonly locked: boolean
}

const find = (choices: readonly Choice[], name: string): Choice => choices.find((one) => one.name === name)!

test('what may not stand beside the rest is offered with the reason', async (t) => {
  const { ask } = await aServer(t)

  const basic = await ask('GET', '/reporting/choices?type=basic&data_level=ad&aggregation=day')
  const audience = await ask(
    'GET',
    '/reporting/choices?type=audience&data_level=campaign&dimensions=age,gender&aggregation=day',
  )
  const nothing = await ask('GET', '/reporting/choices')
  const wrong = await ask('GET', '/reporting/choices?type=bassic')

  assert.equal(find(basic.body.dimensions, 'ad_id').locked, true)
  assert.notEqual(find(basic.body.dimensions, 'age').illegal, null)
  assert.equal(find(basic.body.metrics, 'spend').illegal, null)
  assert.notEqual(find(audience.body.aggregations, 'hour').illegal, null)
  assert.notEqual(find(audience.body.metrics, 'ad_name').illegal, null)
  assert.equal(nothing.status, 200)
  assert.deepEqual([wrong.status, wrong.body.error.problems[0].path], [400, 'type'])
})

test('a report is checked by the rules, and shows the table it would become', async (t) => {
  const { ask } = await aServer(t)
  await ask('PUT', '/resources/warehouse/main', { spec: { type: 'duckdb' } })
  const check = async (spec: object) => (await ask('POST', '/reporting/check', { name: 'by-country', spec })).body

  const good = await check(REPORT)
  const illegal = await check({ ...REPORT, type: 'audience', aggregation: 'hour', dimensions: ['age', 'gender'] })
  const shapeless = await check({ ...REPORT, metrics: [] })

  assert.deepEqual(good.problems, [])
  assert.equal(good.table.name, 'custom_by-country')
  assert.deepEqual(good.table.key, ['campaign_id', 'stat_time_day', 'country_code', 'advertiser_id'])
  assert.match(good.ddl[0], /create table.*"custom_by-country"/i)
  assert.equal(good.callsPerDay, 1)
  assert.ok(
    illegal.problems.some(
      ({ rule, path }: { rule: string | null; path: string }) => rule !== null && path === 'aggregation',
    ),
  )
  assert.deepEqual([illegal.table, illegal.ddl, illegal.callsPerDay], [null, [], null])
  assert.deepEqual(
    shapeless.problems.map(({ path }: { path: string }) => path),
    ['metrics'],
  )
})

test('a saved report is a stream of every sync, and draws its table', async (t) => {
  const { ask } = await aServer(t)

  const saved = await ask('PUT', '/resources/report/by-country', { spec: REPORT })
  const { body: list } = await ask('GET', '/streams')
  const { body: erd } = await ask('GET', '/erd')

  assert.equal(saved.status, 200, JSON.stringify(saved.body))
  const names = list.streams.map(({ table }: { table: { name: string } }) => table.name)
  assert.ok(names.includes('custom_by-country'))
  assert.deepEqual(
    erd.tables.map(({ table }: { table: { name: string } }) => table.name),
    names,
  )
  assert.equal((await ask('PUT', '/resources/report/bad', { spec: { ...REPORT, metrics: ['no_such'] } })).status, 422)
})

test('a preview shows ten rows of one day from TikTok as they are, and keeps none', async (t) => {
  const tiktok = await aSimulator(t)
  const startedAt = Date.now()
  const { ask } = await aServer(t, { fetch, now: () => NOW + Date.now() - startedAt })
  await ask('PUT', '/resources/account/main', { spec: { access_token: TOKEN, api_url: `${tiktok.url}/open_api/v1.3` } })
  const asked = {
    spec: { ...REPORT, metrics: ['campaign_name', 'spend'] },
    account: 'main',
    advertiserId: SHOP,
    day: '2026-11-20',
  }
  const preview = (changes: object = {}) => ask('POST', '/reporting/preview', { ...asked, ...changes })

  const { status, body } = await preview()
  const lost = await preview({ advertiserId: '1' })
  const illegal = await preview({ spec: { ...REPORT, metrics: ['no_such'] } })
  const nobody = await preview({ account: 'nobody' })

  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.columns, [
    { name: 'campaign_id', type: 'id' },
    { name: 'advertiser_id', type: 'id' },
    { name: 'stat_time_day', type: 'local_time' },
    { name: 'country_code', type: 'text' },
    { name: 'campaign_name', type: 'text' },
    { name: 'spend', type: 'money' },
  ])
  assert.equal(body.rows.length, 10)
  assert.ok(body.total >= 10)
  const [row] = body.rows
  const cellOf = (name: string) => row[body.columns.findIndex((column: { name: string }) => column.name === name)]
  assert.match(cellOf('campaign_id'), /^\d{16,19}$/)
  assert.equal(cellOf('stat_time_day'), '2026-11-20 00:00:00')
  assert.match(cellOf('country_code'), /^[A-Z]{2}$/)
  assert.match(cellOf('spend'), /^\d+\.\d+$/)
  assert.doesNotMatch(cellOf('campaign_name'), /\*/)
  assert.deepEqual([lost.status, lost.body.error.code], [502, 'tiktok.no_permission'])
  assert.deepEqual([illegal.status, illegal.body.error.problems[0].path], [422, 'metrics[0]'])
  assert.equal(nobody.status, 404)
})
