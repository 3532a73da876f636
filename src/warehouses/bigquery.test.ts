import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fakeBigQuery } from '../../test/fake_bigquery.ts'
import { assertGolden } from '../../test/golden.ts'
import { loadForGolden, SCHEMA, testStandIn } from '../../test/stand_in_suite.ts'
import { bigqueryType, bigqueryWarehouse } from './bigquery.ts'
import { STAGE } from './bigquery_dialect.ts'

async function open() {
  let names = 0
  const fake = await fakeBigQuery()
  const warehouse = bigqueryWarehouse({ connect: async () => fake, location: 'EU', unique: () => `${STAGE}${++names}` })
  return { fake, warehouse }
}

/** What the stand-in for a server cannot judge: it is no BigQuery, and it is slow. */
const NOT_HERE = [
  'names with quotes, blanks and other letters are names',
  'many rows come in pages, and leaving early ends the query',
  'a statement that does more than read changes nothing',
]

testStandIn('BigQuery', NOT_HERE, async () => {
  const { fake, warehouse } = await open()
  return { warehouse, close: () => fake.close() }
})

test('the statements of loads into BigQuery are those of the golden file', async () => {
  const { fake, warehouse } = await open()
  await loadForGolden(warehouse)
  fake.close()

  assertGolden(join(import.meta.dirname, 'golden/bigquery_loads.json'), [...fake.statements])
})

test('the client of BigQuery that is not installed is named with the command that installs it', async () => {
  const warehouse = bigqueryType.open({ type: 'bigquery', project: 'p', location: 'EU' })

  const [step] = await warehouse.check(SCHEMA)

  assert.equal(step?.ok, false)
  assert.match(step!.message, /npm install @google-cloud\/bigquery@/)
})
