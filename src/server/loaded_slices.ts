import type { LoadedSlice } from '../core/warehouse.ts'
import type { StoredResource } from '../store/resources.ts'
import { ApiFailure, type Context } from './api_route.ts'
import { warehouseOf, withWarehouse } from './ask_warehouse.ts'
import type { StreamSync } from './stream_sync.ts'

const PATIENCE_MS = 5_000

/**
 * What the warehouse of a sync remembers to hold; null when it cannot be asked now, since a page that shows it has more to
 * show. It is asked once after every run: pages look every few seconds, and nothing else changes it.
 */
export async function loadedSlices(
  context: Pick<Context, 'store' | 'config' | 'loaded'>,
  { spec }: StreamSync,
  lastRun: string | null,
): Promise<readonly LoadedSlice[] | null> {
  const warehouse = await warehouseOf(context.store, spec.to.warehouse).catch(orNull)
  if (warehouse === null) return null
  const place = `${warehouse.name}/${spec.to.schema}`
  const version = `${warehouse.revision} ${lastRun}`
  const known = context.loaded.get(place)
  if (known?.version === version) return known.slices
  const slices = await ask(context, warehouse, spec.to.schema)
  if (slices) context.loaded.set(place, { version, slices })
  return slices
}

/** Answers of warehouses by their place. */
export type LoadedMemory = Map<string, { readonly version: string; readonly slices: readonly LoadedSlice[] }>

function ask(
  context: Pick<Context, 'store' | 'config'>,
  warehouse: StoredResource,
  schema: string,
): Promise<readonly LoadedSlice[] | null> {
  return withWarehouse(context, warehouse, (opened) => opened.loaded(schema), PATIENCE_MS).catch(() => null)
}

function orNull(error: unknown): null {
  if (error instanceof ApiFailure) return null
  throw error
}
