import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Row, Table } from '../../core/table.ts'
import { knownStreams } from '../../known_streams.ts'
import { openWarehouse } from '../../open_warehouse.ts'
import { aServer, type TestServer } from '../testing.ts'

const ADVERTISER = '7000000000000000001'
const DAILY = knownStreams([]).find(({ table }) => table.name === 'ad_report_daily')!.table

test('a warehouse is tried before it is saved, and says how each step went', async (t) => {
  const { ask } = await aServer(t)

  const good = await ask('POST', '/warehouses/check', { spec: { type: 'duckdb', path: 'w.duckdb' } })
  const wrong = await ask('POST', '/warehouses/check', { spec: { type: 'duckdb', path: 7 } })
  const nobody = await ask('POST', '/warehouses/check', {
    spec: { type: 'postgres', url: 'postgres://u:secret-pw@127.0.0.1:1/d' },
  })

  assert.equal(good.status, 200)
  assert.equal(good.body.ok, true)
  assert.deepEqual(
    good.body.steps.map(({ step }: { step: string }) => step),
    ['connect', 'create schema', 'create table', 'write', 'read', 'drop'],
  )
  assert.deepEqual([wrong.status, wrong.body.error.problems[0].path], [422, 'spec.path'])
  assert.deepEqual([nobody.status, nobody.body.ok, nobody.body.steps.length], [200, false, 1])
  assert.doesNotMatch(JSON.stringify(nobody.body), /secret-pw/)
})

test('a stored warehouse keeps its address to itself, and is tried with it', async (t) => {
  const { ask } = await aServer(t)
  const url = 'postgres://u:secret-pw@127.0.0.1:1/database'

  const saved = await ask('PUT', '/resources/warehouse/pg', { spec: { type: 'postgres', url } })
  const checked = await ask('GET', '/warehouses/pg/check')
  const unsaved = await ask('POST', '/warehouses/check', { name: 'pg', spec: saved.body.spec })

  assert.deepEqual(saved.body.spec, { type: 'postgres', url: { secret: true, hint: '…base', ref: null } })
  assert.match(checked.body.steps[0].message, /ECONNREFUSED/)
  assert.deepEqual(unsaved.body, checked.body)
  assert.equal((await ask('GET', '/warehouses/nowhere/check')).status, 404)
})

test('the tables of a warehouse are listed as they stand', async (t) => {
  const { ask } = await aFilledWarehouse(t)

  const { status, body } = await ask('GET', '/warehouses/main/tables?schema=tiktok_ads')

  assert.equal(status, 200)
  const daily = body.tables.find(({ name }: { name: string }) => name === 'ad_report_daily')
  assert.deepEqual(daily.key, DAILY.key)
  assert.deepEqual(
    daily.columns.find(({ name }: { name: string }) => name === 'ad_id'),
    { name: 'ad_id', type: 'integer', nativeType: 'BIGINT' },
  )
  assert.deepEqual((await ask('GET', '/warehouses/main/tables?schema=empty')).body, { tables: [] })
})

test('a query gives its first rows, whole ids among them, and says when there are no more', async (t) => {
  const { ask, store } = await aFilledWarehouse(t)
  const sql = 'select ad_id, spend, clicks from tiktok_ads.ad_report_daily order by stat_time_day, ad_id'

  const some = await ask('POST', '/warehouses/main/query', { sql, limit: 2 })
  const all = await ask('POST', '/warehouses/main/query', { sql: `${sql};` })

  assert.deepEqual(some.body, {
    columns: [
      { name: 'ad_id', type: 'integer' },
      { name: 'spend', type: 'money' },
      { name: 'clicks', type: 'integer' },
    ],
    rows: [
      ['1800000000000000001', '10.100000', '1'],
      ['1800000000000000002', '20.200000', '2'],
    ],
    total: null,
  })
  assert.deepEqual([all.body.rows.length, all.body.total], [4, 4])
  assert.equal((await store.audit.list({ limit: 1 }))[0]!.what, 'warehouse.query')
})

test('a query that writes, reads files, or means nothing is refused with a reason', async (t) => {
  const { ask, folder } = await aFilledWarehouse(t)
  const secret = join(folder, 'secret.txt')
  writeFileSync(secret, 'key')
  const ask422 = async (sql: string) => {
    const { status, body } = await ask('POST', '/warehouses/main/query', { sql })
    assert.equal(status, 422, `${sql}: ${JSON.stringify(body)}`)
    assert.equal(body.error.code, 'api.bad_query')
    return body.error.message
  }

  assert.match(await ask422('delete from tiktok_ads.ad_report_daily'), /begins with "delete"/)
  assert.match(await ask422('select 1; drop table tiktok_ads.ad_report_daily'), /more than one statement/)
  assert.match(await ask422('create table t as select 1'), /begins with "create"/)
  assert.match(await ask422(`copy tiktok_ads.ad_report_daily to '${folder}/out.csv'`), /begins with "copy"/)
  assert.match(await ask422(`select * from read_text('${secret}')`), /Cannot run the query/)
  assert.match(await ask422(`select * from '${secret}'`), /Cannot run the query/)
  assert.match(await ask422('select nothing from nowhere'), /nowhere/)
  const left = await ask('POST', '/warehouses/main/query', {
    sql: 'select count(*) as n from tiktok_ads.ad_report_daily',
  })
  assert.deepEqual(left.body.rows, [['4']])
})

test('figures are added up by day, of one advertiser or all, and only those that may be', async (t) => {
  const { ask } = await aFilledWarehouse(t)
  const asked = { schema: 'tiktok_ads', table: 'ad_report_daily', columns: ['spend', 'clicks'] }
  const series = (more: object) => ask('POST', '/warehouses/main/series', { ...asked, ...more })

  const all = await series({})
  const some = await series({ advertiserId: ADVERTISER, from: '2026-11-20', to: '2026-11-20' })
  const nobody = await series({ advertiserId: '1' })

  assert.deepEqual(all.body.days, [
    { day: '2026-11-19', values: { spend: '30.300000', clicks: '3' } },
    { day: '2026-11-20', values: { spend: '70.700000', clicks: '7' } },
  ])
  assert.deepEqual(
    some.body.days.map(({ day }: { day: string }) => day),
    ['2026-11-20'],
  )
  assert.deepEqual(nobody.body.days, [])
  assert.match((await series({ columns: ['reach'] })).body.error.message, /cannot be added up/)
  assert.match((await series({ columns: ['ad_id'] })).body.error.message, /is no figure/)
  assert.match((await series({ columns: ['spend") --'] })).body.error.message, /is no column/)
  assert.match((await series({ table: 'ad_history' })).body.error.message, /no days/)
  assert.equal((await series({ table: 'users' })).status, 404)
  assert.equal((await series({ from: "2026-11-20' or '1'='1" })).status, 400)
})

/** A server with a DuckDB of two ads over two days. */
async function aFilledWarehouse(t: TestContext): Promise<TestServer> {
  const server = await aServer(t)
  await server.ask('PUT', '/resources/warehouse/main', { spec: { type: 'duckdb', path: 'main.duckdb' } })
  const stored = (await server.store.resources.get('warehouse', 'main'))!
  const warehouse = await openWarehouse(server.store, stored, server.folder)
  const history = knownStreams([]).find(({ table }) => table.name === 'ad_history')!.table
  await warehouse.change('tiktok_ads', [
    { kind: 'create_table', table: DAILY },
    { kind: 'create_table', table: history },
  ])
  await warehouse.load({
    schema: 'tiktok_ads',
    table: DAILY,
    advertiserId: ADVERTISER,
    days: { from: '2026-11-19', to: '2026-11-20' },
    pages: pagesOf([
      aRow(DAILY, '2026-11-19', 1),
      aRow(DAILY, '2026-11-19', 2),
      aRow(DAILY, '2026-11-20', 3),
      aRow(DAILY, '2026-11-20', 4),
    ]),
    run: { id: 'run-1', at: Date.UTC(2026, 10, 21) },
    isFinal: false,
    acceptsEmpty: false,
  })
  await warehouse.close()
  return server
}

async function* pagesOf(rows: readonly Row[]) {
  yield rows
}

function aRow({ columns }: Table, day: string, n: number): Row {
  const known: Record<string, string> = {
    ad_id: `180000000000000000${n}`,
    advertiser_id: ADVERTISER,
    stat_time_day: `${day} 00:00:00`,
    spend: `${n}0.${n}`,
    clicks: String(n),
  }
  return columns.map(({ name }) => known[name] ?? null)
}
