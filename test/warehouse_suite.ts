import { test } from 'node:test'
import type { Warehouse } from '../src/core/warehouse.ts'
import { checkAgainstModel } from './warehouse_property.ts'
import { breakTests } from './warehouse_suite_breaks.ts'
import { loadTests } from './warehouse_suite_loads.ts'
import { markTests } from './warehouse_suite_marks.ts'
import { queryTests } from './warehouse_suite_queries.ts'
import { schemaTests } from './warehouse_suite_schema.ts'

/** A warehouse and an empty schema of its own, which `close` removes. */
export interface Opened {
  readonly warehouse: Warehouse
  readonly schema: string
  /** Breaks every connection the warehouse has; null when it has none. */
  readonly breakConnections: (() => Promise<void>) | null
  close(): Promise<void>
}

export type Use = (title: string, run: (opened: Opened) => Promise<void>) => void

/** What every warehouse promises. `runs` is how many random stories are told for each mode of a table. */
export function testWarehouse(
  name: string,
  open: () => Promise<Opened>,
  { skip, runs }: { readonly skip: string | false; readonly runs: number },
): void {
  const use: Use = (title, run) =>
    test(`${name}: ${title}`, { skip }, async () => {
      const opened = await open()
      try {
        await run(opened)
      } finally {
        await opened.close()
      }
    })

  schemaTests(use)
  loadTests(use)
  markTests(use)
  breakTests(use)
  queryTests(use)
  use(
    'any loads end in the same tables as a plain model, and doing them twice is doing them once',
    ({ warehouse, schema }) => checkAgainstModel(warehouse, schema, runs),
  )
}
