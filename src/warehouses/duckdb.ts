import { resolve } from 'node:path'
import { z } from 'zod'
import type { Warehouse } from '../core/warehouse.ts'
import { duckdbEngine } from './duckdb_engine.ts'
import { type DuckDbFile, openDuckDb } from './duckdb_file.ts'
import { sqlWarehouse } from './sql_warehouse.ts'

/** What a person says of a DuckDB warehouse. */
export const duckdbSpec = z.strictObject({
  type: z.literal('duckdb'),
  path: z
    .string()
    .min(1)
    .default('warehouse.duckdb')
    .describe("File the tables stand in; a relative path starts in Backbeat's own folder."),
})

/** The files that are open in this thread, and by how many warehouses. */
const open = new Map<string, { readonly file: Promise<DuckDbFile>; users: number }>()

/** A warehouse in one file. Opens it when it is first used; warehouses of one path share what is open. */
export function duckdbWarehouse(path: string): Warehouse {
  const place = resolve(path)
  let mine: Promise<DuckDbFile> | null = null
  const file = () => {
    mine ??= share(place)
    return mine
  }
  const warehouse = sqlWarehouse(duckdbEngine(file))
  return {
    ...warehouse,
    async close() {
      if (!mine) return
      mine = null
      await release(place)
    },
  }
}

function share(path: string): Promise<DuckDbFile> {
  const known = open.get(path) ?? { file: openDuckDb({ path }), users: 0 }
  known.users++
  open.set(path, known)
  return known.file
}

async function release(path: string): Promise<void> {
  const known = open.get(path)
  if (!known) return
  known.users--
  if (known.users > 0) return
  open.delete(path)
  await (await known.file).close()
}

/** As the catalog lists it. */
export const duckdbType = {
  type: 'duckdb',
  about: 'DuckDB: one file on this machine, nothing to install.',
  spec: duckdbSpec,
  secrets: [],
  open: (spec: unknown, { folder }: { readonly folder: string }): Warehouse =>
    duckdbWarehouse(resolve(folder, (spec as z.infer<typeof duckdbSpec>).path)),
} as const
