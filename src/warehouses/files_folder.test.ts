import assert from 'node:assert/strict'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { anyKill, runAndKill, seededRandom } from '../../test/crash.ts'
import { tempFolder } from '../../test/temp_folder.ts'
import {
  ADVERTISER,
  aColumn,
  ask,
  DAILY,
  days,
  EVERYTHING,
  HISTORY,
  inPages,
  LIFETIME,
  load,
  OTHER_ADVERTISER,
  PIXELS,
  rowsOf,
  timeOf,
} from '../../test/warehouse_tables.ts'
import { TerminalError } from '../core/errors.ts'
import type { Row, Table } from '../core/table.ts'
import { filesType, filesWarehouse } from './files.ts'
import { FILE_FORMATS, type FileFormat } from './files_format.ts'
import { parseManifest, pathsOf } from './files_manifest.ts'

const SCHEMA = 'tiktok_ads'
const MINUTE = 60_000

interface Stage {
  readonly folder: string
  readonly warehouse: ReturnType<typeof filesWarehouse>
  readonly clock: { now: number }
}

function aFolder(
  t: TestContext,
  { format = 'parquet', folder = tempFolder(t) }: Partial<Stage & { format: FileFormat }> = {},
): Stage {
  const clock = { now: 0 }
  const warehouse = filesWarehouse({ folder, format, now: () => clock.now })
  t.after(() => warehouse.close())
  return { folder, warehouse, clock }
}

const create = ({ warehouse }: Stage, ...tables: readonly Table[]) =>
  warehouse.change(
    SCHEMA,
    tables.map((table) => ({ kind: 'create_table', table })),
  )

const manifestOf = ({ folder }: Pick<Stage, 'folder'>) =>
  parseManifest(readFileSync(join(folder, SCHEMA, 'manifest.json'), 'utf8'))

const dataFilesOf = ({ folder }: Pick<Stage, 'folder'>): readonly string[] =>
  globSync('*/*.*.*', { cwd: join(folder, SCHEMA) }).toSorted()

const daily = (ad: string, time: string, spend: string, of = ADVERTISER): Row => [ad, of, time, spend, '1', null]

test('every advertiser and month has a file, and a load writes only those that it changes', async (t) => {
  const stage = aFolder(t)
  await create(stage, DAILY, HISTORY)
  const february = daily('1', '2026-02-28 00:00:00', '1')
  await load(stage.warehouse, { schema: SCHEMA, table: DAILY }, [february, daily('1', timeOf(1), '1')])
  await load(stage.warehouse, { schema: SCHEMA, table: DAILY, advertiserId: OTHER_ADVERTISER, run: 2 }, [
    daily('2', timeOf(1), '1', OTHER_ADVERTISER),
  ])
  await load(stage.warehouse, { schema: SCHEMA, table: HISTORY, run: 3 }, [['1', timeOf(1), ADVERTISER, 'Spring']])

  const range = { from: '2026-02-01', to: '2026-03-31' }
  await load(stage.warehouse, { schema: SCHEMA, table: DAILY, days: range, run: 4 }, [
    february,
    daily('1', timeOf(1), '2'),
  ])

  const { tables } = manifestOf(stage)
  assert.deepEqual(tables[DAILY.name]?.files.map(({ path, rows }) => [path, rows]).toSorted(), [
    [`ad_report_daily/${ADVERTISER}_2026-02.2.parquet`, 1],
    [`ad_report_daily/${ADVERTISER}_2026-03.5.parquet`, 1],
    [`ad_report_daily/${OTHER_ADVERTISER}_2026-03.3.parquet`, 1],
  ])
  assert.deepEqual(
    tables[HISTORY.name]?.files.map(({ path }) => path),
    [`campaign_history/${ADVERTISER}.4.parquet`],
  )
})

test('files of text hold long ids and money in full, in a form of their own for each type', async (t) => {
  const row = ['9223372036854775807', 'a,"b"', '2026-03-08', ADVERTISER, '', '12', '12345678901234.5', 0.5, true]
  const times = ['2024-02-29', '2026-03-08 02:30:00', '2026-03-08T02:30:00.123Z', '{"id":"9223372036854775807"}']
  const texts: Record<string, readonly string[]> = {}
  for (const format of ['csv', 'jsonl'] as const) {
    const stage = aFolder(t, { format })
    await create(stage, EVERYTHING)
    await load(stage.warehouse, { schema: SCHEMA, table: EVERYTHING }, [
      [...row, ...times],
      ['1', 'x', '2026-03-08', ADVERTISER, ...Array<null>(9).fill(null)],
    ])
    const [file] = manifestOf(stage).tables[EVERYTHING.name]!.files
    texts[format] = readFileSync(join(stage.folder, SCHEMA, file!.path), 'utf8')
      .trimEnd()
      .split('\n')
  }

  const csv = texts['csv']!.map((line) => line.split(',').slice(0, 15).join(','))
  assert.equal(csv[1], `"1","x",2026-03-08,"${ADVERTISER}",,,,,,,,,,1970-01-01T00:00:01.000Z,1970-01-01T00:00:01.000Z`)
  assert.ok(
    texts['csv']![2]!.startsWith(
      `"9223372036854775807","a,""b""",2026-03-08,"${ADVERTISER}","",12,12345678901234.500000,0.5,true,2024-02-29,2026-03-08 02:30:00,2026-03-08T02:30:00.123Z,"{""id"":""9223372036854775807""}",`,
    ),
    texts['csv']![2],
  )
  const [, json] = texts['jsonl']!.map((line) => JSON.parse(line) as Record<string, unknown>)
  assert.deepEqual(Object.values(json!).slice(0, 13), [
    '9223372036854775807',
    'a,"b"',
    '2026-03-08',
    ADVERTISER,
    '',
    12,
    '12345678901234.500000',
    0.5,
    true,
    '2024-02-29',
    '2026-03-08 02:30:00',
    '2026-03-08T02:30:00.123Z',
    { id: '9223372036854775807' },
  ])
})

for (const format of FILE_FORMATS)
  test(`any text comes back out of ${format} files as it was`, async (t) => {
    const stage = aFolder(t, { format })
    await create(stage, PIXELS)
    const odd = fc.constantFrom(
      '',
      'null',
      'NULL',
      '""',
      '"',
      "'",
      ',',
      '\\',
      '\n',
      '\r\n',
      '\r',
      '\t',
      ' x ',

      '#',
    )
    const text = fc.oneof(
      odd,
      fc.string({ unit: 'binary' }),
      fc.array(odd).map((parts) => parts.join('')),
    )
    const texts = [...fc.sample(text, { numRuns: 2000, seed: 7 }), 'x'.repeat(9_000_000), '"\n'.repeat(1_000_000)]

    const rows = texts.map((one, i): Row => [`C${i}`, ADVERTISER, one])
    await load(stage.warehouse, { schema: SCHEMA, table: PIXELS, pages: inPages(rows, 2000) })

    const stored = new Map((await rowsOf(stage.warehouse, SCHEMA, PIXELS)).map(([code, , name]) => [code, name]))
    const other = texts.filter((one, i) => stored.get(`C${i}`) !== one.replaceAll('\0', '').toWellFormed())
    assert.deepEqual([stored.size, other], [texts.length, []])
  })

test('who is reading keeps what was there, and replaced files go once nobody can need them', async (t) => {
  const stage = aFolder(t)
  await create(stage, LIFETIME)
  const rows = (spend: string) =>
    Array.from({ length: 5000 }, (_, i): Row => [String(i + 1), ADVERTISER, spend, '1', null])
  await load(stage.warehouse, { schema: SCHEMA, table: LIFETIME }, rows('1'))
  const first = manifestOf(stage).tables[LIFETIME.name]!.files[0]!.path
  const name = stage.warehouse.quote(SCHEMA, LIFETIME.name)
  const { pages } = await stage.warehouse.query(`select spend from ${name}`)
  const reading = pages[Symbol.asyncIterator]()
  const seen = [...(await reading.next()).value]

  stage.clock.now += MINUTE
  const other = aFolder(t, { folder: stage.folder })
  other.clock.now = stage.clock.now
  await load(other.warehouse, { schema: SCHEMA, table: LIFETIME, run: 2 }, rows('2'))
  for (let next = await reading.next(); !next.done; next = await reading.next()) seen.push(...next.value)

  assert.deepEqual([seen.length, new Set(seen.flat())], [5000, new Set(['1.000000'])])
  assert.deepEqual(await ask(stage.warehouse, `select distinct spend from ${name}`), [['2.000000']])
  assert.ok(existsSync(join(stage.folder, SCHEMA, first)))
  other.clock.now += 16 * MINUTE
  await load(other.warehouse, { schema: SCHEMA, table: LIFETIME, run: 3 }, rows('3'))
  assert.ok(!existsSync(join(stage.folder, SCHEMA, first)))
})

test('what a killed load has left is removed, and files of others stay', async (t) => {
  const stage = aFolder(t)
  await create(stage, LIFETIME)
  await load(stage.warehouse, { schema: SCHEMA, table: LIFETIME }, [['1', ADVERTISER, '1', '1', null]])
  const place = join(stage.folder, SCHEMA, LIFETIME.name)
  for (const name of [`${ADVERTISER}.9.parquet`, `${ADVERTISER}_2026-03.9.csv`, 'notes.txt', 'mine.1.parquet'])
    writeFileSync(join(place, name), '')
  const spills = [`.spill-${process.pid}-a`, '.spill-999999999-b'].map((name) => join(stage.folder, name))
  for (const spill of spills) mkdirSync(spill, { recursive: true })

  const later = aFolder(t, { folder: stage.folder })
  later.clock.now = Date.now() + 25 * 60 * MINUTE
  await load(later.warehouse, { schema: SCHEMA, table: LIFETIME, run: 2 }, [['1', ADVERTISER, '1', '1', null]])

  const left = globSync('*', { cwd: place }).toSorted()
  assert.deepEqual(left, [`${ADVERTISER}.2.parquet`, 'mine.1.parquet', 'notes.txt'])
  assert.deepEqual(spills.map(existsSync), [true, false])
})

test('a load that cannot be written leaves everything as it was', async (t) => {
  const stage = aFolder(t)
  await create(stage, LIFETIME)
  await load(stage.warehouse, { schema: SCHEMA, table: LIFETIME }, [['1', ADVERTISER, '1', '1', null]])
  // A folder stands where the next file of slices would be written.
  mkdirSync(join(stage.folder, SCHEMA, '_loaded_slices', `${ADVERTISER}.3.parquet`), { recursive: true })
  const before = await rowsOf(stage.warehouse, SCHEMA, LIFETIME)

  await assert.rejects(
    load(stage.warehouse, { schema: SCHEMA, table: LIFETIME, run: 2 }, [['1', ADVERTISER, '2', '1', null]]),
  )

  assert.deepEqual(await rowsOf(stage.warehouse, SCHEMA, LIFETIME), before)
  assert.deepEqual(manifestOf(stage).generation, 2)
})

test('files of several formats and shapes make one table', async (t) => {
  const parquet = aFolder(t)
  await create(parquet, DAILY)
  await load(parquet.warehouse, { schema: SCHEMA, table: DAILY }, [daily('1', '2026-01-01 00:00:00', '1')])
  const wider = { ...DAILY, columns: [...DAILY.columns, aColumn('reach', 'integer')] }
  const csv = aFolder(t, { folder: parquet.folder, format: 'csv' })
  await csv.warehouse.change(SCHEMA, [{ kind: 'add_column', table: wider, column: aColumn('reach', 'integer') }])
  await load(csv.warehouse, { schema: SCHEMA, table: wider, days: days(1, 2), run: 2 }, [
    [...daily('1', timeOf(1), '2'), 7],
  ])

  const jsonl = aFolder(t, { folder: parquet.folder, format: 'jsonl' })
  await load(
    jsonl.warehouse,
    { schema: SCHEMA, table: wider, days: { from: '2026-05-01', to: '2026-05-01' }, run: 3 },
    [[...daily('1', '2026-05-01 00:00:00', '3'), 8]],
  )

  const stored = await rowsOf(parquet.warehouse, SCHEMA, wider)
  assert.deepEqual(
    stored.map((row) => [row[3], row[6]]),
    [
      ['1.000000', null],
      ['2.000000', '7'],
      ['3.000000', '8'],
    ],
  )
  assert.deepEqual(
    manifestOf(parquet).tables[DAILY.name]?.files.map(({ path }) => path.split('.').at(-1)),
    ['parquet', 'csv', 'jsonl'],
  )
})

test('a question reaches no file outside the folder', async (t) => {
  const { warehouse, folder } = aFolder(t)
  writeFileSync(join(dirname(folder), 'secret.txt'), 'secret')

  for (const place of ['/etc/hostname', join(folder, '../secret.txt')])
    await assert.rejects(
      ask(warehouse, `select * from read_text('${place}')`),
      (error) => error instanceof TerminalError,
    )
})

test("a folder that holds Backbeat's own files is refused", () => {
  const open = (folder: string) => () =>
    filesType.open({ type: 'files', folder, format: 'csv' }, { folder: '/srv/data' })

  for (const folder of ['.', '..', '/srv', '/', '/srv/data'])
    assert.throws(open(folder), { code: 'warehouse.bad_folder' })
  for (const folder of ['warehouse', '../other', '/srv/data2']) assert.doesNotThrow(open(folder), folder)
})

const KILLS = 12

test(`after each of ${KILLS} kills everything is of one load, and nothing is left over after the next`, async (t) => {
  const random = seededRandom(20260301)
  const stage = aFolder(t)
  await create(stage, DAILY)
  let number = 0

  for (let kill = 0; kill < KILLS; kill++) {
    const { lines, ms } = anyKill(random, 3)
    const printed = await runAndKill(['node', 'test/crash_loader.ts', stage.folder, String(number + 1)], {
      lines,
      ms: ms * 10,
    })

    const values = await ask(stage.warehouse, `select distinct clicks from ${SCHEMA}.${DAILY.name}`)
    const now = values.length === 0 ? 0 : Number(values[0]![0])
    assert.ok(values.length <= 1, `rows of several loads: ${values}`)
    const said = printed.length > 0 ? Number(printed.at(-1)) : number
    assert.ok(now === said || now === said + 1, `${now} stands there, ${said} was the last one said`)
    const [slice] = await stage.warehouse.loaded(SCHEMA)
    assert.equal(slice?.runId, now === 0 ? undefined : `run-${now}`)
    const restated = await ask(stage.warehouse, `select run_id from ${SCHEMA}._restatements group by 1`)
    assert.equal(restated.length, Math.max(0, now - 1))
    number = now
  }

  await load(aFolder(t, { folder: stage.folder }).warehouse, { schema: SCHEMA, table: DAILY, advertiserId: '5' })
  const manifest = manifestOf(stage)
  const known = [...pathsOf(manifest), ...manifest.stale.map(({ path }) => path)]
  assert.deepEqual(dataFilesOf(stage), known.toSorted())
})

test('programs that load at the same time wait for each other', async (t) => {
  const stage = aFolder(t)
  await create(stage, DAILY)

  await Promise.all([
    runAndKill(['node', 'test/crash_loader.ts', stage.folder, '1'], { lines: 8, ms: 0 }),
    runAndKill(['node', 'test/crash_loader.ts', stage.folder, '1001'], { lines: 8, ms: 0 }),
  ])

  const [[clicks, count]] = (await ask(
    stage.warehouse,
    `select distinct clicks, count(*) over () from ${SCHEMA}.${DAILY.name}`,
  )) as [Row]
  assert.equal(count, '100')
  const runs = await ask(stage.warehouse, `select count(distinct run_id) from ${SCHEMA}._restatements`)
  assert.ok(Number(runs[0]![0]) >= 15, `${runs} of 16 loads restated; ${clicks}`)
})
