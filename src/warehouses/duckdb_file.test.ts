import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { tempFolder } from '../../test/temp_folder.ts'
import { ADVERTISER, ask, DAILY, dayOf, days, LIFETIME, load, rowsOf, timeOf } from '../../test/warehouse_tables.ts'
import { TerminalError } from '../core/errors.ts'
import { duckdbWarehouse } from './duckdb.ts'

const LOADS = 8

/** Loads a day of its own advertiser each time; the thread or process that runs it has nothing else in common with us. */
const loader = (path: string, advertiserId: string): string => `
  const { duckdbWarehouse } = await import(${JSON.stringify(import.meta.resolve('./duckdb.ts'))})
  const { DAILY, days, load, timeOf } = await import(${JSON.stringify(import.meta.resolve('../../test/warehouse_tables.ts'))})
  const warehouse = duckdbWarehouse(${JSON.stringify(path)})
  for (let day = 1; day <= ${LOADS}; day++)
    await load(warehouse, { schema: 'tiktok_ads', table: DAILY, advertiserId: '${advertiserId}', days: days(day, day) },
      [['${advertiserId}', '${advertiserId}', timeOf(day), '1', '1', null]])
  await warehouse.close()`

const asModule = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`)

const program = (code: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })

test('threads and processes that load into one file take turns, and nothing is lost', async (t) => {
  const path = join(tempFolder(t), 'warehouse.duckdb')
  const warehouse = duckdbWarehouse(path)
  await warehouse.change('tiktok_ads', [{ kind: 'create_table', table: DAILY }])

  const [threadExit, processExit] = await Promise.all([
    once(new Worker(asModule(loader(path, '2'))), 'exit'),
    once(program(loader(path, '3')), 'exit'),
    ...Array.from({ length: LOADS }, (_, i) =>
      load(warehouse, { schema: 'tiktok_ads', table: DAILY, advertiserId: '1', days: days(i + 1, i + 1) }, [
        ['1', '1', timeOf(i + 1), '1', '1', null],
      ]),
    ),
  ])

  assert.deepEqual([threadExit[0], processExit[0]], [0, 0])
  const counts = await ask(
    warehouse,
    'select advertiser_id, count(*) from tiktok_ads.ad_report_daily group by 1 order by 1',
  )
  assert.deepEqual(counts, [
    ['1', String(LOADS)],
    ['2', String(LOADS)],
    ['3', String(LOADS)],
  ])
  await warehouse.close()
})

test('a process that is killed leaves the tables of one load, whole', async (t) => {
  const path = join(tempFolder(t), 'warehouse.duckdb')
  const writer = program(`
    const { duckdbWarehouse } = await import(${JSON.stringify(import.meta.resolve('./duckdb.ts'))})
    const { inPages, LIFETIME, load } = await import(${JSON.stringify(import.meta.resolve('../../test/warehouse_tables.ts'))})
    const warehouse = duckdbWarehouse(${JSON.stringify(path)})
    await warehouse.change('tiktok_ads', [{ kind: 'create_table', table: LIFETIME }])
    for (let run = 1; ; run++) {
      const rows = Array.from({ length: 5000 + run }, (_, i) => [String(i + 1), '${ADVERTISER}', String(run), '1', null])
      await load(warehouse, { schema: 'tiktok_ads', table: LIFETIME, run, pages: inPages(rows, 1000) })
      process.stdout.write('.')
    }`)
  let loads = 0
  writer.stdout.on('data', () => {
    if (++loads >= 4) writer.kill('SIGKILL')
  })
  await once(writer, 'exit')
  const warehouse = duckdbWarehouse(path)

  const [slice] = await warehouse.loaded('tiktok_ads')

  const run = Number(slice!.runId.replace('run-', ''))
  assert.ok(run >= 4)
  assert.equal(slice!.rows, 5000 + run)
  const standing = await ask(warehouse, 'select count(*), min(spend), max(spend) from tiktok_ads.ad_report_lifetime')
  assert.deepEqual(standing, [[String(5000 + run), `${run}.000000`, `${run}.000000`]])
  await warehouse.close()
})

test('while rows are still coming, others read the file', async (t) => {
  const path = join(tempFolder(t), 'warehouse.duckdb')
  const warehouse = duckdbWarehouse(path)
  await warehouse.change('tiktok_ads', [{ kind: 'create_table', table: LIFETIME }])
  const rows = [['1', ADVERTISER, '1', '1', null]]

  await load(warehouse, { schema: 'tiktok_ads', table: LIFETIME, pages: readingElsewhere() })

  async function* readingElsewhere() {
    yield rows
    const count = 'select count(*) from tiktok_ads.ad_report_lifetime'
    const code = `
      const { duckdbWarehouse } = await import(${JSON.stringify(import.meta.resolve('./duckdb.ts'))})
      const warehouse = duckdbWarehouse(${JSON.stringify(path)})
      for await (const page of (await warehouse.query('${count}')).pages) process.stdout.write(page.join())
      await warehouse.close()`
    const reader = program(code)
    const [answer] = await once(reader.stdout, 'data')
    assert.equal(String(answer), '0')
    yield []
  }
  assert.equal((await rowsOf(warehouse, 'tiktok_ads', LIFETIME)).length, 1)
  await warehouse.close()
})

test('a file that another program has open is waited for', async (t) => {
  const path = join(tempFolder(t), 'warehouse.duckdb')
  const other = program(`
    const { DuckDBInstance } = await import(${JSON.stringify(import.meta.resolve('@duckdb/node-api'))})
    const instance = await DuckDBInstance.create(${JSON.stringify(path)})
    process.stdout.write('open')
    process.stdin.once('data', () => { instance.closeSync(); process.exit() })`)
  await once(other.stdout, 'data')
  const warehouse = duckdbWarehouse(path)

  const waiting = warehouse.describe('tiktok_ads')
  other.stdin.write('go')

  assert.deepEqual(await waiting, [])
  await warehouse.close()
})

test('two warehouses of one path are one, and the first to close leaves the other open', async (t) => {
  const path = join(tempFolder(t), 'warehouse.duckdb')
  const [one, other] = [duckdbWarehouse(path), duckdbWarehouse(path)]
  await one.change('tiktok_ads', [{ kind: 'create_table', table: LIFETIME }])
  await load(other, { schema: 'tiktok_ads', table: LIFETIME }, [['1', ADVERTISER, '1', '1', null]])

  await one.close()

  assert.equal((await rowsOf(other, 'tiktok_ads', LIFETIME)).length, 1)
  await other.close()
})

test('a query reads tables, and no other file of this machine', async (t) => {
  const folder = tempFolder(t)
  writeFileSync(join(folder, 'key'), 'secret')
  const warehouse = duckdbWarehouse(join(folder, 'warehouse.duckdb'))

  for (const sql of [
    `select * from read_text('${folder}/key')`,
    `select * from '${folder}/key.csv'`,
    'set threads = 1',
  ])
    await assert.rejects(
      ask(warehouse, sql),
      (error) => error instanceof TerminalError && !/secret/.test(error.message),
    )

  await warehouse.close()
})

test('a place where no file can be says so in every step of a check', async (t) => {
  const folder = tempFolder(t)
  writeFileSync(join(folder, 'file'), dayOf(1))
  const warehouse = duckdbWarehouse(join(folder, 'file', 'warehouse.duckdb'))

  const steps = await warehouse.check('tiktok_ads')

  assert.deepEqual(
    steps.map(({ step, ok }) => [step, ok]),
    [['connect', false]],
  )
  assert.match(steps[0]!.message, /^Cannot open .*warehouse\.duckdb: /)
  await warehouse.close()
})
