import { test } from 'node:test'
import type { Row } from '../src/core/table.ts'
import type { Warehouse } from '../src/core/warehouse.ts'
import { checkAgainstModel } from './warehouse_property.ts'
import type { Use } from './warehouse_suite.ts'
import { breakTests } from './warehouse_suite_breaks.ts'
import { loadTests } from './warehouse_suite_loads.ts'
import { markTests } from './warehouse_suite_marks.ts'
import { queryTests } from './warehouse_suite_queries.ts'
import { schemaTests } from './warehouse_suite_schema.ts'
import { ADVERTISER, DAILY, days, HISTORY, load, timeOf } from './warehouse_tables.ts'

/** Where the tables of these tests stand. */
export const SCHEMA = 'tiktok_ads'

/** A warehouse before a stand-in for its server, which is closed after it. */
export interface StandIn {
  readonly warehouse: Warehouse
  close(): void
}

/** The conformance suite for a warehouse whose server cannot run here, without the titles its stand-in cannot judge. */
export function testStandIn(name: string, notHere: readonly string[], open: () => Promise<StandIn>): void {
  const use: Use = (title, run) => {
    if (notHere.includes(title)) return
    test(`${name}: ${title}`, async () => {
      const { warehouse, close } = await open()
      try {
        await run({ warehouse, schema: SCHEMA, breakConnections: null, close: async () => {} })
      } finally {
        await warehouse.close()
        close()
      }
    })
  }
  for (const tests of [schemaTests, loadTests, markTests, breakTests, queryTests]) tests(use)
  use(
    'any loads end in the same tables as a plain model, and doing them twice is doing them once',
    ({ warehouse, schema }) => checkAgainstModel(warehouse, schema, 5),
  )
}

const daily = (ad: string, day: number, spend: string): Row => [ad, ADVERTISER, timeOf(day), spend, '1', null]

/** A first load, the same days with less, and a history: what the golden files of statements are made from. */
export async function loadForGolden(warehouse: Warehouse): Promise<void> {
  await warehouse.change(SCHEMA, [
    { kind: 'create_table', table: DAILY },
    { kind: 'create_table', table: HISTORY },
  ])
  await load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2) }, [daily('1', 1, '1.5'), daily('1', 2, '1')])
  await load(warehouse, { schema: SCHEMA, table: DAILY, days: days(1, 2), run: 2 }, [daily('1', 1, '2')])
  await load(warehouse, { schema: SCHEMA, table: HISTORY, run: 3 }, [['1', timeOf(1), ADVERTISER, 'Spring']])
}
