import assert from 'node:assert/strict'
import { TransientError } from '../src/core/errors.ts'
import type { Row } from '../src/core/table.ts'
import type { Use } from './warehouse_suite.ts'
import {
  ADVERTISER,
  auditNamesOf,
  create,
  DAILY,
  daily,
  days,
  inPages,
  LIFETIME,
  load,
  OTHER_ADVERTISER,
  rowsOf,
} from './warehouse_tables.ts'

/** What holds when a load breaks off, or is not alone. */
export function breakTests(use: Use): void {
  use('reading that breaks off leaves everything as it was', async ({ warehouse, schema }) => {
    await create(warehouse, schema, DAILY)
    await load(warehouse, { schema, table: DAILY }, [daily('1', 1, '1', '1')])
    const before = await rowsOf(warehouse, schema, DAILY, auditNamesOf(DAILY))

    await assert.rejects(load(warehouse, { schema, table: DAILY, run: 2, pages: breakingOff(MANY) }), /TikTok is gone/)

    assert.deepEqual(await rowsOf(warehouse, schema, DAILY, auditNamesOf(DAILY)), before)
    assert.equal((await warehouse.loaded(schema))[0]?.runId, 'run-1')
  })

  use(
    'connections that break in the middle of a load leave everything as it was, and the next try succeeds',
    async ({ warehouse, schema, breakConnections }) => {
      if (!breakConnections) return
      await create(warehouse, schema, DAILY)
      await load(warehouse, { schema, table: DAILY }, [daily('1', 1, '1', '1')])

      const pages = breakingAfter(inPages(MANY, 1000), breakConnections)
      await assert.rejects(load(warehouse, { schema, table: DAILY, run: 2, pages }), TransientError)

      assert.equal((await rowsOf(warehouse, schema, DAILY)).length, 1)
      const { added } = await load(warehouse, { schema, table: DAILY, run: 3, pages: inPages(MANY, 1000) })
      assert.equal(added, MANY.length)
    },
  )

  use(
    'loads at the same time, of other tables and of the same one, do not disturb each other',
    async ({ warehouse, schema }) => {
      await create(warehouse, schema, DAILY, LIFETIME)
      const advertisers = [ADVERTISER, OTHER_ADVERTISER, '7300000000000000003']

      await Promise.all(
        advertisers.flatMap((advertiserId, i) => [
          ...[1, 2, 3].map((day) =>
            load(warehouse, { schema, table: DAILY, advertiserId, days: days(day, day), run: day }, [
              daily(`${i + 1}`, day, '1', '1', advertiserId),
            ]),
          ),
          load(warehouse, { schema, table: LIFETIME, advertiserId }, [[`${i + 1}`, advertiserId, '1', '1', null]]),
        ]),
      )

      assert.equal((await rowsOf(warehouse, schema, DAILY)).length, 9)
      assert.equal((await rowsOf(warehouse, schema, LIFETIME)).length, 3)
      assert.equal((await warehouse.loaded(schema)).length, 12)
    },
  )
}

/** More than fits in one parcel to a database. */
const MANY = Array.from({ length: 20_000 }, (_, i) =>
  daily(String(7_400_000_000_000_000 + i), 1 + (i % 28), `${i}.5`, `${i}`),
)

async function* breakingOff(rows: readonly Row[]) {
  yield* inPages(rows, 1000)
  throw new Error('TikTok is gone')
}

async function* breakingAfter(pages: AsyncIterable<readonly Row[]>, breakConnections: () => Promise<void>) {
  yield* pages
  await breakConnections()
  yield [daily('1', 1, '1', '1')]
}
