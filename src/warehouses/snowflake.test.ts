import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeSnowflake } from '../../test/fake_snowflake.ts'
import { assertGolden } from '../../test/golden.ts'
import { checkAgainstModel } from '../../test/warehouse_property.ts'
import type { Use } from '../../test/warehouse_suite.ts'
import { breakTests } from '../../test/warehouse_suite_breaks.ts'
import { loadTests } from '../../test/warehouse_suite_loads.ts'
import { markTests } from '../../test/warehouse_suite_marks.ts'
import { queryTests } from '../../test/warehouse_suite_queries.ts'
import { schemaTests } from '../../test/warehouse_suite_schema.ts'
import { ADVERTISER, DAILY, days, HISTORY, load, timeOf } from '../../test/warehouse_tables.ts'
import type { Row } from '../core/table.ts'
import { snowflakeType, snowflakeWarehouse } from './snowflake.ts'

const SCHEMA = 'tiktok_ads'

async function open() {
  let names = 0
  const fake = await fakeSnowflake()
  const warehouse = snowflakeWarehouse({ connection: fake.connection, unique: () => `_backbeat_stage_${++names}` })
  return { fake, warehouse }
}

/** What the stand-in for a server cannot judge: it is no Snowflake, and it is slow. */
const NOT_HERE = [
  'names with quotes, blanks and other letters are names',
  'many rows come in pages, and leaving early ends the query',
  'a statement that does more than read changes nothing',
  'the statements of a change can be read before they are run',
]

const use: Use = (title, run) => {
  if (NOT_HERE.includes(title)) return
  test(`Snowflake: ${title}`, async () => {
    const { fake, warehouse } = await open()
    try {
      await run({ warehouse, schema: SCHEMA, breakConnections: null, close: async () => {} })
    } finally {
      await warehouse.close()
      fake.close()
    }
  })
}

schemaTests(use)
loadTests(use)
markTests(use)
breakTests(use)
queryTests(use)
use(
  'any loads end in the same tables as a plain model, and doing them twice is doing them once',
  ({ warehouse, schema }) => checkAgainstModel(warehouse, schema, 5),
)

const daily = (ad: string, day: number, spend: string): Row => [ad, ADVERTISER, timeOf(day), spend, '1', null]

test('the statements of loads into Snowflake are those of the golden file', async () => {
  const { fake, warehouse } = await open()
  await warehouse.change(SCHEMA, [
    { kind: 'create_table', table: DAILY },
    { kind: 'create_table', table: HISTORY },
  ])
  await load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2) }, [daily('1', 1, '1.5'), daily('1', 2, '1')])
  await load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2), run: 2 }, [daily('1', 1, '2')])
  await load(warehouse, { schema: SCHEMA, table: HISTORY, run: 3 }, [['1', timeOf(1), ADVERTISER, 'Spring']])
  fake.close()

  assertGolden(join(import.meta.dirname, 'golden/snowflake_loads.json'), [...fake.statements])
})

test('the client of Snowflake that is not installed is named with the command that installs it', async () => {
  const warehouse = snowflakeType.open({
    type: 'snowflake',
    account: 'a',
    user: 'u',
    private_key: 'k',
    database: 'd',
    warehouse: 'w',
  })

  const [step] = await warehouse.check(SCHEMA)

  assert.equal(step?.ok, false)
  assert.match(step!.message, /npm install snowflake-sdk@/)
})
