import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aStage,
  aSync,
  aWorld,
  contentOf,
  DAILY,
  ONE,
  PIXELS,
  queryAll,
  type Stage,
} from '../../../test/streams_parts.ts'
import { SCHEMA_POLICIES, type SchemaPolicy } from '../../core/schema_policy.ts'
import type { Column, Table } from '../../core/table.ts'
import type { StreamSync } from '../../open_stream_sync.ts'

const OPTIONS = { historyDays: 3, backfillDays: 30 }

const with_ = (table: Table, change: (columns: readonly Column[]) => readonly Column[], key = table.key): Table => ({
  ...table,
  columns: change(table.columns),
  key,
})
const LIKES: Column = { ...DAILY.columns.at(-1)!, name: 'likes' }
const WITH_LIKES = with_(DAILY, (columns) => [...columns, LIKES])
const retyped = (name: string, type: Column['type']) =>
  with_(DAILY, (columns) => columns.map((one) => (one.name === name ? { ...one, type } : one)))
const OTHER_KEY: Table = { ...DAILY, key: ['ad_id'] }
const NEW_STREAM: Table = { ...PIXELS, name: 'video' }

interface Setting {
  readonly stage: Stage
  /** The next runs meet these tables. */
  meet(tables: readonly Table[], named?: readonly string[] | null): void
  run(): Promise<string>
  pending(): Promise<readonly string[]>
}

/** A sync that has run once with the tables as they were, under a policy. */
async function underPolicy(policy: SchemaPolicy, work: (setting: Setting) => Promise<void>): Promise<void> {
  const world = aWorld({ advertisers: [ONE] })
  let tables: readonly Table[] = [PIXELS, DAILY]
  let named: readonly string[] | null = null
  const stage = await aStage((warehouse): StreamSync => aSync(world, warehouse, { ...OPTIONS, policy, tables, named }))
  const run = async () => {
    const { state, reason } = (await stage.parts.runs.get(await stage.run()))!
    return reason ? `${state} ${reason.code}` : state
  }
  assert.equal(await run(), 'succeeded', 'what is there from the beginning needs no decision')
  await work({
    stage,
    run,
    meet(newTables, newNamed = null) {
      tables = newTables
      named = newNamed
    },
    async pending() {
      const open = await stage.parts.schemaChanges.list({ sync: 'tiktok', isOpen: true })
      return open.map(({ change, byPolicy }) => `${change.kind} ${byPolicy}`)
    },
  })
  await stage.close()
}

const columnsOf = async ({ warehouse }: Stage) =>
  (await warehouse.describe('tiktok_ads')).find(({ name }) => name === DAILY.name)!.columns.map(({ name }) => name)

const NEW_METRIC: Record<SchemaPolicy, { ends: string; stands: boolean; pending: readonly string[] }> = {
  propagate_all: { ends: 'succeeded', stands: true, pending: [] },
  add_columns: { ends: 'succeeded', stands: true, pending: [] },
  review: { ends: 'succeeded', stands: false, pending: ['add_column ask'] },
  ignore: { ends: 'succeeded', stands: false, pending: [] },
  pause: { ends: 'failed schema.waits', stands: false, pending: ['add_column pause'] },
}

for (const policy of SCHEMA_POLICIES) {
  const expected = NEW_METRIC[policy]

  test(`a new metric under "${policy}" ${expected.stands ? 'gets its column' : 'does not get a column by itself'}`, () =>
    underPolicy(policy, async ({ stage, meet, run, pending }) => {
      meet([PIXELS, WITH_LIKES])

      assert.equal(await run(), expected.ends)
      assert.equal((await columnsOf(stage)).includes('likes'), expected.stands)
      assert.deepEqual(await pending(), expected.pending)
      assert.equal((await stage.parts.pauses.list()).length, policy === 'pause' ? 1 : 0)
      if (expected.stands) assert.equal((await contentOf(stage.warehouse, WITH_LIKES))[0]!.at(-1), '5')
      else assert.equal((await contentOf(stage.warehouse, DAILY)).length, 8)
    }))

  test(`another key under "${policy}" always pauses, and loads nothing`, () =>
    underPolicy(policy, async ({ stage, meet, run, pending }) => {
      const before = await contentOf(stage.warehouse, PIXELS)
      meet([PIXELS, OTHER_KEY])

      assert.equal(await run(), 'failed schema.waits')
      assert.deepEqual(await pending(), ['change_key pause'])
      assert.deepEqual(
        (await stage.parts.pauses.list()).map(({ subject }) => subject),
        ['sync/tiktok'],
      )
      assert.deepEqual(await contentOf(stage.warehouse, PIXELS), before)
    }))
}

test('values of a column that is not wanted are dropped and counted, and the rest is loaded', () =>
  underPolicy('ignore', async ({ stage, meet, run }) => {
    meet([PIXELS, WITH_LIKES])
    await run()

    const [last] = await stage.parts.runs.list({ limit: 1 })
    const slice = (await stage.parts.runs.slices(last!.id)).find(({ stream }) => stream === DAILY.name)!
    assert.deepEqual([slice.state, slice.reason?.code], ['done', 'schema.values_dropped'])
    assert.match(slice.reason!.message, /8 of likes/)
  }))

test('an accepted change is made by the next run', () =>
  underPolicy('review', async ({ stage, meet, run, pending }) => {
    meet([PIXELS, WITH_LIKES])
    await run()
    const [open] = await stage.parts.schemaChanges.list({ isOpen: true })
    assert.match(open!.ddl.join(), /alter table .*"likes"/i)

    await stage.parts.schemaChanges.decide(open!.id, 'accept', { who: 'console', now: stage.time.now })
    assert.equal(await run(), 'succeeded')

    assert.ok((await columnsOf(stage)).includes('likes'))
    assert.deepEqual(await pending(), [])
  }))

test('an accepted key makes a new table, and the paused run goes on by itself', () =>
  underPolicy('propagate_all', async ({ stage, meet, run }) => {
    meet([PIXELS, OTHER_KEY])
    await run()
    const [open] = await stage.parts.schemaChanges.list({ isOpen: true })
    await stage.parts.schemaChanges.decide(open!.id, 'accept', { who: 'console', now: stage.time.now })

    await stage.resume()

    const [last] = await stage.parts.runs.list({ limit: 1 })
    assert.equal(last!.state, 'succeeded', last!.reason?.message)
    assert.deepEqual((await stage.warehouse.describe('tiktok_ads')).find(({ name }) => name === DAILY.name)!.key, [
      'ad_id',
    ])
  }))

test('an ignored change lets the sync go on without it', () =>
  underPolicy('pause', async ({ stage, meet, run }) => {
    meet([PIXELS, WITH_LIKES])
    await run()
    const [open] = await stage.parts.schemaChanges.list({ isOpen: true })
    await stage.parts.schemaChanges.decide(open!.id, 'ignore', { who: 'console', now: stage.time.now })

    assert.equal(await run(), 'succeeded')
    assert.ok(!(await columnsOf(stage)).includes('likes'))
  }))

test('a stream that a newer version brings waits under "add_columns", unless a person named it', () =>
  underPolicy('add_columns', async ({ stage, meet, run, pending }) => {
    meet([PIXELS, DAILY, NEW_STREAM])
    assert.equal(await run(), 'succeeded')
    assert.deepEqual(await pending(), ['create_table ask'])
    const standing = (await stage.parts.runs.standing('tiktok'))!
    assert.deepEqual([standing.streams['video']!.isHeld, standing.streams['pixel']!.isHeld], [true, false])

    meet([PIXELS, DAILY, NEW_STREAM], ['pixel', 'ad_report_daily', 'video'])
    assert.equal(await run(), 'succeeded')
    assert.deepEqual(await pending(), [])
    assert.equal((await contentOf(stage.warehouse, NEW_STREAM)).length, 1)
    assert.equal((await stage.parts.runs.standing('tiktok'))!.streams['video']!.isHeld, false)
  }))

test('a wider type is taken over, another type gets a column beside the old one', () =>
  underPolicy('propagate_all', async ({ stage, meet, run }) => {
    meet([PIXELS, retyped('clicks', 'text')])
    assert.equal(await run(), 'succeeded')
    assert.deepEqual(await contentOf(stage.warehouse, DAILY), await contentOf(stage.warehouse, DAILY))
    const clicks = () => queryAll(stage.warehouse, 'select distinct typeof(clicks) from tiktok_ads.ad_report_daily')
    assert.deepEqual(await clicks(), [['VARCHAR']])

    meet([PIXELS, retyped('clicks', 'money')])
    assert.equal(await run(), 'succeeded')
    assert.ok((await columnsOf(stage)).includes('clicks__v2'))
    assert.deepEqual(await queryAll(stage.warehouse, 'select distinct clicks__v2 from tiktok_ads.ad_report_daily'), [
      ['5.000000'],
    ])
  }))

test('a type that waits for review is loaded as far as the old one takes it', () =>
  underPolicy('review', async ({ stage, meet, run, pending }) => {
    meet([PIXELS, retyped('spend', 'text')])

    assert.equal(await run(), 'succeeded')

    assert.deepEqual(await pending(), ['widen_column ask'])
    const [[spend]] = (await queryAll(stage.warehouse, 'select sum(spend) from tiktok_ads.ad_report_daily')) as [
      [string],
    ]
    assert.ok(Number(spend) > 0)
  }))

test('a column that nothing fills any more stays, and stays null', () =>
  underPolicy('add_columns', async ({ stage, meet, run, pending }) => {
    meet([PIXELS, with_(DAILY, (columns) => columns.filter(({ name }) => name !== 'clicks'))])

    assert.equal(await run(), 'succeeded')

    assert.deepEqual(await pending(), [])
    assert.ok((await columnsOf(stage)).includes('clicks'))
  }))
