import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fakeClickHouse } from '../../test/fake_clickhouse.ts'
import { assertGolden } from '../../test/golden.ts'
import { loadForGolden, SCHEMA, testStandIn } from '../../test/stand_in_suite.ts'
import { tempFolder } from '../../test/temp_folder.ts'
import { ADVERTISER, DAILY, days, load, rowsOf, timeOf } from '../../test/warehouse_tables.ts'
import type { Row } from '../core/table.ts'
import { clickhouseType, clickhouseWarehouse } from './clickhouse.ts'
import { STAGE } from './clickhouse_ddl.ts'

const folder = tempFolder({ after })

async function open() {
  let names = 0
  const fake = await fakeClickHouse(mkdtempSync(join(folder, 'fake-')))
  const warehouse = clickhouseWarehouse({ connect: async () => fake, unique: () => `${STAGE}${++names}` })
  return { fake, warehouse }
}

/** What the stand-in for a server cannot judge: it is no ClickHouse, and it is slow. */
const NOT_HERE = [
  'names with quotes, blanks and other letters are names',
  'many rows come in pages, and leaving early ends the query',
  'a statement that does more than read changes nothing',
  'the statements of a change can be read before they are run',
]

testStandIn('ClickHouse', NOT_HERE, async () => {
  const { warehouse } = await open()
  return { warehouse, close: () => {} }
})

const daily = (ad: string, day: number, spend: string): Row => [ad, ADVERTISER, timeOf(day), spend, '1', null]

test('the statements of loads are those of the golden file', async () => {
  const { fake, warehouse } = await open()
  await loadForGolden(warehouse)
  await warehouse.close()

  assertGolden(join(import.meta.dirname, 'golden/clickhouse_loads.json'), [...fake.statements])
})

test('a load that breaks before its slice is noted counts as not done, and may be done again', async () => {
  const { fake, warehouse } = await open()
  await warehouse.change(SCHEMA, [{ kind: 'create_table', table: DAILY }])
  await load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2) }, [daily('1', 1, '1'), daily('1', 2, '1')])
  fake.refuse(/replace partition .* from .*_backbeat_stage_4/)

  await assert.rejects(
    load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2), run: 2 }, [daily('1', 1, '2')]),
  )
  const between = await warehouse.loaded(SCHEMA)
  fake.refuse(null)
  await load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2), run: 3 }, [daily('1', 1, '2')])

  assert.deepEqual(
    between.map(({ runId }) => runId),
    ['run-1'],
  )
  assert.deepEqual(
    (await rowsOf(warehouse, SCHEMA, DAILY)).map((row) => [row[2], row[3]]),
    [[timeOf(1), '2.000000']],
  )
  assert.deepEqual(
    (await warehouse.loaded(SCHEMA)).map(({ runId, rows }) => [runId, rows]),
    [['run-3', 1]],
  )
  await warehouse.close()
})

test('a client that is not installed is named with the command that installs it', async () => {
  const warehouse = clickhouseType.open({ type: 'clickhouse', url: 'http://localhost:8123' })

  const [step] = await warehouse.check(SCHEMA)

  assert.equal(step?.ok, false)
  assert.match(step!.message, /npm install @clickhouse\/client@/)
})
