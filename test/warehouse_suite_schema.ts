import assert from 'node:assert/strict'
import { compareSchema } from '../src/core/compare_schema.ts'
import { TerminalError } from '../src/core/errors.ts'
import type { Column, Table } from '../src/core/table.ts'
import type { SchemaChange, Warehouse } from '../src/core/warehouse.ts'
import type { Use } from './warehouse_suite.ts'
import {
  ADVERTISER,
  aColumn,
  ask,
  create,
  DAILY,
  EVERYTHING,
  HISTORY,
  LIFETIME,
  load,
  PIXELS,
  rowsOf,
  timeOf,
} from './warehouse_tables.ts'

/** Brings what stands to what is wanted, and says which changes that took. */
async function bringTo(warehouse: Warehouse, schema: string, wanted: Table): Promise<readonly SchemaChange['kind'][]> {
  const changes = compareSchema(await warehouse.describe(schema), [wanted])
  await warehouse.change(schema, changes)
  return changes.map(({ kind }) => kind)
}

const withColumn = (table: Table, column: Column): Table => ({
  ...table,
  columns: [...table.columns.filter(({ name }) => name !== column.name), column],
})

/** How tables come to stand, and change. */
export function schemaTests(use: Use): void {
  use('a check goes through every step, and leaves no table', async ({ warehouse, schema }) => {
    const steps = await warehouse.check(schema)

    assert.deepEqual(
      steps.map(({ step, ok }) => [step, ok]),
      ['connect', 'create schema', 'create table', 'write', 'read', 'drop'].map((step) => [step, true]),
    )
    assert.deepEqual(await warehouse.describe(schema), [])
  })

  use('a table stands as its contract says, and is created only once', async ({ warehouse, schema }) => {
    const tables = [DAILY, LIFETIME, HISTORY, PIXELS, EVERYTHING]
    await create(warehouse, schema, ...tables)
    await create(warehouse, schema, ...tables)

    const stored = await warehouse.describe(schema)

    assert.deepEqual(compareSchema(stored, tables), [])
    for (const { name, key } of tables) assert.deepEqual(stored.find((one) => one.name === name)?.key, key, name)
  })

  use('two that create the same tables at the same time both find them', async ({ warehouse, schema }) => {
    await Promise.all([1, 2, 3].map(() => create(warehouse, schema, DAILY, HISTORY)))

    assert.deepEqual(compareSchema(await warehouse.describe(schema), [DAILY, HISTORY]), [])
  })

  use('a schema that is not there has no tables', async ({ warehouse, schema }) => {
    assert.deepEqual(await warehouse.describe(`${schema}_none`), [])
    assert.deepEqual(await warehouse.loaded(`${schema}_none`), [])
  })

  use('loading into a table that is not there says what to do', async ({ warehouse, schema }) => {
    await create(warehouse, schema, LIFETIME)

    await assert.rejects(
      load(warehouse, { schema, table: DAILY }),
      (error) => error instanceof TerminalError && error.code === 'warehouse.missing',
    )
  })

  use(
    'a new column is empty in old rows, and rows are not restated by it until they have a value',
    async ({ warehouse, schema }) => {
      await create(warehouse, schema, LIFETIME)
      await load(warehouse, { schema, table: LIFETIME }, [
        ['1', ADVERTISER, '1', '1', null],
        ['2', ADVERTISER, '1', '1', null],
      ])
      const wanted = withColumn(LIFETIME, aColumn('reach', 'integer', 'none'))

      const kinds = await bringTo(warehouse, schema, wanted)

      assert.deepEqual(kinds, ['add_column'])
      const said = await load(warehouse, { schema, table: wanted, run: 2 }, [
        ['1', ADVERTISER, '1', '1', null, null],
        ['2', ADVERTISER, '1', '1', null, 7],
      ])
      assert.deepEqual([said.changed, said.same], [1, 1])
      assert.deepEqual(
        (await rowsOf(warehouse, schema, wanted)).map((row) => row.at(-1)),
        [null, '7'],
      )
    },
  )

  use('what no stored column takes is left out, and comes when there is one', async ({ warehouse, schema }) => {
    await create(warehouse, schema, LIFETIME)
    const wanted = withColumn(LIFETIME, aColumn('reach', 'integer', 'none'))
    const rows = [['1', ADVERTISER, '1', '1', null, 7]]

    await load(warehouse, { schema, table: wanted }, rows)
    await bringTo(warehouse, schema, wanted)
    const { changed } = await load(warehouse, { schema, table: wanted, run: 2 }, rows)

    assert.equal(changed, 1)
    assert.equal((await rowsOf(warehouse, schema, wanted))[0]?.at(-1), '7')
  })

  use('a wider type keeps what is stored, in a history too', async ({ warehouse, schema }) => {
    await create(warehouse, schema, LIFETIME, withColumn(HISTORY, aColumn('day', 'date')))
    await load(warehouse, { schema, table: LIFETIME }, [['1', ADVERTISER, '1', '12', null]])
    const wanted = withColumn(LIFETIME, aColumn('clicks', 'money', 'sum'))

    const kinds = await bringTo(warehouse, schema, wanted)
    const kindsOfHistory = await bringTo(warehouse, schema, withColumn(HISTORY, aColumn('day', 'local_time')))

    assert.deepEqual([kinds, kindsOfHistory], [['widen_column'], ['widen_column']])
    assert.deepEqual(compareSchema(await warehouse.describe(schema), [wanted]), [])
    const { changed } = await load(warehouse, { schema, table: wanted, run: 2 }, [['1', ADVERTISER, '1', null, '12.5']])
    assert.equal(changed, 1)
    assert.equal((await rowsOf(warehouse, schema, wanted))[0]?.at(-1), '12.500000')
    assert.deepEqual(await ask(warehouse, `select * from ${warehouse.quote(schema, 'campaign')}`), [])
  })

  use('another type gets a column of its own beside the old one', async ({ warehouse, schema }) => {
    await create(warehouse, schema, HISTORY)
    await load(warehouse, { schema, table: HISTORY }, [['1', timeOf(1), ADVERTISER, 'Spring']])
    const wanted = withColumn(HISTORY, aColumn('campaign_name', 'integer'))

    const kinds = await bringTo(warehouse, schema, wanted)

    assert.deepEqual(kinds, ['retype_column'])
    assert.deepEqual(compareSchema(await warehouse.describe(schema), [wanted]), [])
    await load(warehouse, { schema, table: wanted, run: 2 }, [['1', timeOf(2), ADVERTISER, 42]])
    const names = ['campaign_name', 'campaign_name__v2'].map((name) => warehouse.quote(name)).join(', ')
    const view = await ask(warehouse, `select ${names} from ${warehouse.quote(schema, 'campaign')}`)
    assert.deepEqual(view, [[null, '42']])
  })

  use('a column that the contract no longer has stays', async ({ warehouse, schema }) => {
    await create(warehouse, schema, LIFETIME)
    await load(warehouse, { schema, table: LIFETIME }, [['1', ADVERTISER, '1', '12', null]])
    const wanted = { ...LIFETIME, columns: LIFETIME.columns.filter(({ name }) => name !== 'clicks') }

    const kinds = await bringTo(warehouse, schema, wanted)

    assert.deepEqual(kinds, ['retire_column'])
    assert.equal((await rowsOf(warehouse, schema, LIFETIME))[0]?.[3], '12')
    await load(warehouse, { schema, table: wanted, run: 2 }, [['2', ADVERTISER, '1', null]])
  })

  use('another key gives a new table, the old one stays beside it', async ({ warehouse, schema }) => {
    await create(warehouse, schema, LIFETIME)
    await load(warehouse, { schema, table: LIFETIME }, [['1', ADVERTISER, '1', '12', null]])
    const country = { ...aColumn('country_code', 'text') }
    const wanted = { ...withColumn(LIFETIME, country), key: ['ad_id', 'country_code'] }

    const kinds = await bringTo(warehouse, schema, wanted)

    assert.deepEqual(kinds.includes('change_key'), true)
    assert.deepEqual(await rowsOf(warehouse, schema, wanted), [])
    assert.deepEqual(await warehouse.loaded(schema), [])
    const old = await ask(warehouse, `select clicks from ${warehouse.quote(schema, 'ad_report_lifetime__by_ad_id')}`)
    assert.deepEqual(old, [['12']])
    await load(warehouse, { schema, table: wanted }, [
      ['1', ADVERTISER, '1', '12', null, 'US'],
      ['1', ADVERTISER, '1', '12', null, 'DE'],
    ])
  })

  use('the statements of a change can be read before they are run', async ({ warehouse, schema }) => {
    const [created] = warehouse.ddl(schema, { kind: 'create_table', table: LIFETIME })
    const [added] = warehouse.ddl(schema, { kind: 'add_column', table: LIFETIME, column: aColumn('reach', 'integer') })

    assert.match(created!, /^create table .*ad_report_lifetime/)
    assert.match(created!, /primary key/)
    assert.match(added!, /^alter table .*ad_report_lifetime.* add column .*reach/)
  })

  use('names with quotes, blanks and other letters are names', async ({ warehouse, schema }) => {
    const odd = 'a "b" `c` \'d\'; drop Größe🎵'.replace('🎵', warehouse.type === 'mysql' ? '' : '🎵')
    const table: Table = { ...withColumn(LIFETIME, aColumn(odd, 'money', 'sum')), name: `t ${odd}` }
    await create(warehouse, schema, table)

    await load(warehouse, { schema, table }, [
      ['1', ADVERTISER, '1', '1', null, '1'],
      ['2', ADVERTISER, '1', '1', null, '1'],
    ])
    const { restated } = await load(warehouse, { schema, table, run: 2 }, [['1', ADVERTISER, '1', '1', null, '2']])

    assert.equal(restated.find(({ column }) => column === odd)?.after, '2')
    assert.equal((await rowsOf(warehouse, schema, table))[0]?.at(-1), '2.000000')
    assert.equal((await warehouse.loaded(schema))[0]?.table, `t ${odd}`)
  })
}
