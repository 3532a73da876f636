import assert from 'node:assert/strict'
import { TerminalError } from '../src/core/errors.ts'
import type { Row } from '../src/core/table.ts'
import type { Use } from './warehouse_suite.ts'
import { ADVERTISER, ask, LIFETIME, load, rowsOf } from './warehouse_tables.ts'

const ROWS = Array.from({ length: 1000 }, (_, i): Row => [String(i + 1), ADVERTISER, '1.5', String(i), 0.5])

/** How people and our own screens read. */
export function queryTests(use: Use): void {
  use('an answer says its columns, and keeps long numbers and decimals as text', async ({ warehouse, schema }) => {
    await warehouse.change(schema, [{ kind: 'create_table', table: LIFETIME }])
    await load(warehouse, { schema, table: LIFETIME }, ROWS.slice(0, 1))

    const { columns, pages } = await warehouse.query(`select * from ${warehouse.quote(schema, LIFETIME.name)}`)

    assert.deepEqual(
      columns.slice(0, 6).map(({ name, type }) => [name, type]),
      [
        ['ad_id', 'integer'],
        ['advertiser_id', 'integer'],
        ['spend', 'money'],
        ['clicks', 'integer'],
        ['ctr', 'ratio'],
        ['_synced_at', 'instant'],
      ],
    )
    const rows = await Array.fromAsync(pages)
    assert.deepEqual(rows.flat()[0]?.slice(0, 6), ['1', ADVERTISER, '1.500000', '0', 0.5, '1970-01-01T00:00:01.000Z'])
  })

  use('values stand for question marks, but not for those in texts', async ({ warehouse, schema }) => {
    await warehouse.change(schema, [{ kind: 'create_table', table: LIFETIME }])
    await load(warehouse, { schema, table: LIFETIME }, ROWS.slice(0, 5))

    const sql = `select ad_id, 'why?' from ${warehouse.quote(schema, LIFETIME.name)} where ad_id > ? and clicks < ? order by ad_id`

    assert.deepEqual(await ask(warehouse, sql, ['2', 4]), [
      ['3', 'why?'],
      ['4', 'why?'],
    ])
    assert.deepEqual(
      await ask(
        warehouse,
        `select ad_id from ${warehouse.quote(schema, LIFETIME.name)} where 'it''s' = ? and ad_id = 1`,
        ["it's"],
      ),
      [['1']],
    )
  })

  use('many rows come in pages, and leaving early ends the query', async ({ warehouse, schema }) => {
    await warehouse.change(schema, [{ kind: 'create_table', table: LIFETIME }])
    await load(warehouse, { schema, table: LIFETIME }, ROWS)
    const name = warehouse.quote(schema, LIFETIME.name)
    const many = `select a.ad_id, b.clicks from ${name} a cross join ${name} b where b.ad_id <= 300`

    let rows = 0
    let longest = 0
    for await (const page of (await warehouse.query(many)).pages) {
      rows += page.length
      longest = Math.max(longest, page.length)
    }
    assert.equal(rows, 300_000)
    assert.ok(longest <= 10_000)
    for (let i = 0; i < 20; i++)
      for await (const page of (await warehouse.query(many)).pages) if (page.length > 0) break
    assert.equal((await ask(warehouse, `select 1`)).length, 1)
  })

  use('a statement that does more than read changes nothing', async ({ warehouse, schema }) => {
    await warehouse.change(schema, [{ kind: 'create_table', table: LIFETIME }])
    await load(warehouse, { schema, table: LIFETIME }, ROWS.slice(0, 2))
    const name = warehouse.quote(schema, LIFETIME.name)

    for (const sql of [
      `delete from ${name}`,
      `drop table ${name}`,
      `insert into ${name} (ad_id) values (3)`,
      `update ${name} set clicks = 0`,
      `select 1; delete from ${name}`,
      `with gone as (delete from ${name} returning *) select * from gone`,
      `commit; delete from ${name}`,
      `create table ${warehouse.quote(schema, 'mine')} (a int)`,
      'selec 1',
      'select nothing_here',
    ])
      await assert.rejects(
        ask(warehouse, sql),
        (error) => error instanceof TerminalError && error.code === 'warehouse.bad_query',
        sql,
      )

    assert.deepEqual((await rowsOf(warehouse, schema, LIFETIME)).length, 2)
    assert.ok(!(await warehouse.describe(schema)).some((table) => table.name === 'mine'))
  })
}
