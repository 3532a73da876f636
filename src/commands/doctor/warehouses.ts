import type { Config } from '../../config.ts'
import { isStreamSync, type StreamSyncSpec } from '../../kinds.ts'
import { openWarehouse } from '../../open_warehouse.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { type Check, failed, ok, skipped } from './check.ts'

/** Tries every warehouse with a small table of its own, in the schema that a sync loads into. */
export async function checkWarehouses(
  store: Store,
  { BACKBEAT_DATA }: Config,
  offline: boolean,
): Promise<readonly Check[]> {
  const resources = await store.resources.list()
  const warehouses = resources.filter(({ kind }) => kind === 'warehouse')
  return Promise.all(
    warehouses.map((warehouse) =>
      offline
        ? skipped(`warehouse/${warehouse.name}`, 'not tried: --offline')
        : checkOne(store, warehouse, schemaOf(warehouse.name, resources), BACKBEAT_DATA),
    ),
  )
}

const USUAL_SCHEMA = 'tiktok_ads'

function schemaOf(warehouse: string, resources: readonly StoredResource[]): string {
  const specs = resources
    .filter(({ kind, spec }) => kind === 'sync' && isStreamSync(spec))
    .map(({ spec }) => spec as unknown as StreamSyncSpec)
  return specs.find(({ to }) => to.warehouse === warehouse)?.to.schema ?? USUAL_SCHEMA
}

const REMEDY = 'Correct the warehouse in the console or its file, or what it may do in its database'

async function checkOne(store: Store, stored: StoredResource, schema: string, folder: string): Promise<Check> {
  const name = `warehouse/${stored.name}`
  try {
    const warehouse = await openWarehouse(store, stored, folder)
    try {
      const steps = await warehouse.check(schema)
      const bad = steps.find((step) => !step.ok)
      if (bad) return failed(name, `${bad.step}: ${bad.message}`, REMEDY)
      return ok(name, `${warehouse.type}, schema ${schema}: a small table was made, filled, read and dropped`)
    } finally {
      await warehouse.close()
    }
  } catch (error) {
    return failed(name, (error as Error).message, REMEDY)
  }
}
