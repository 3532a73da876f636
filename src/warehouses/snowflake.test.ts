import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeSnowflake } from '../../test/fake_snowflake.ts'
import { assertGolden } from '../../test/golden.ts'
import { loadForGolden, SCHEMA, testStandIn } from '../../test/stand_in_suite.ts'
import { snowflakeType, snowflakeWarehouse } from './snowflake.ts'

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

testStandIn('Snowflake', NOT_HERE, async () => {
  const { fake, warehouse } = await open()
  return { warehouse, close: () => fake.close() }
})

test('the statements of loads into Snowflake are those of the golden file', async () => {
  const { fake, warehouse } = await open()
  await loadForGolden(warehouse)
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
