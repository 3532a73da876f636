import assert from 'node:assert/strict'
import type { Row } from '../src/core/table.ts'
import type { Use } from './warehouse_suite.ts'
import { ADVERTISER, ask, create, HISTORY, load, OTHER_ADVERTISER, PIXELS, rowsOf, timeOf } from './warehouse_tables.ts'

/** How tables change whose rows are never taken out. */
export function markTests(use: Use): void {
  use(
    'a history gets a version when something changed, and says what is gone in its newest one',
    async ({ warehouse, schema }) => {
      await create(warehouse, schema, HISTORY)
      const version = (id: string, day: number, name: string): Row => [id, timeOf(day), ADVERTISER, name]
      const histories = async () =>
        (await rowsOf(warehouse, schema, HISTORY, ['_deleted'])).map((row) => [
          row[0],
          String(row[1]).slice(8, 10),
          ...row.slice(3),
        ])
      await load(warehouse, { schema, table: HISTORY }, [version('1', 1, 'Spring'), version('2', 1, 'Summer')])

      const second = await load(warehouse, { schema, table: HISTORY, run: 2 }, [version('1', 3, 'Spring sale')])

      assert.deepEqual(second, { read: 1, added: 1, changed: 0, same: 0, removed: 1, restated: [] })
      assert.deepEqual(await histories(), [
        ['1', '01', 'Spring', false],
        ['1', '03', 'Spring sale', false],
        ['2', '01', 'Summer', true],
      ])
      const again = await load(warehouse, { schema, table: HISTORY, run: 3 }, [version('1', 3, 'Spring sale')])
      assert.deepEqual([again.same, again.removed], [1, 0])
      const third = await load(warehouse, { schema, table: HISTORY, run: 4 }, [
        version('1', 3, 'Spring Sale'),
        version('2', 1, 'Summer'),
      ])
      assert.deepEqual([third.added, third.changed, third.same], [0, 2, 0])
      assert.deepEqual(await histories(), [
        ['1', '01', 'Spring', false],
        ['1', '03', 'Spring Sale', false],
        ['2', '01', 'Summer', false],
      ])
      const newest = await ask(
        warehouse,
        `select campaign_id, campaign_name from ${warehouse.quote(schema, 'campaign')} order by campaign_id`,
      )
      assert.deepEqual(newest, [
        ['1', 'Spring Sale'],
        ['2', 'Summer'],
      ])
    },
  )

  use('an upsert marks what is gone, and takes the mark away when it returns', async ({ warehouse, schema }) => {
    await create(warehouse, schema, PIXELS)
    const pixels = [
      ['C1', ADVERTISER, 'Shop'],
      ['C2', ADVERTISER, 'Blog'],
    ]
    const foreign = [['C3', OTHER_ADVERTISER, 'Foreign']]
    await load(warehouse, { schema, table: PIXELS, advertiserId: OTHER_ADVERTISER }, foreign)
    await load(warehouse, { schema, table: PIXELS }, pixels)

    const gone = await load(warehouse, { schema, table: PIXELS, run: 2 }, pixels.slice(0, 1))

    assert.deepEqual([gone.same, gone.removed], [1, 1])
    const flags = async () =>
      (await rowsOf(warehouse, schema, PIXELS, ['_deleted', '_run_id'])).map((row) => row.slice(-2))
    assert.deepEqual(await flags(), [
      [false, 'run-1'],
      [true, 'run-2'],
      [false, 'run-1'],
    ])
    const back = await load(warehouse, { schema, table: PIXELS, run: 3 }, pixels)
    assert.deepEqual([back.changed, back.same, back.removed], [1, 1, 0])
    assert.deepEqual(await flags(), [
      [false, 'run-1'],
      [false, 'run-3'],
      [false, 'run-1'],
    ])
  })
}
