import type { Row } from '../core/table.ts'
import type { QueryResult, Warehouse } from '../core/warehouse.ts'
import type { StreamSyncSpec } from '../kinds.ts'
import { openWarehouse } from '../open_warehouse.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import { ApiFailure, type Context, notFound } from './api_route.ts'
import type { RowsPreview } from './contract_streams.ts'

/** Longest time a person waits for a warehouse. */
const PATIENCE_MS = 30_000

type Stored = Pick<StoredResource, 'name' | 'spec'>

/**
 * Does `work` with a warehouse and closes it. @throws ApiFailure 504 when it takes too long; `isOver` says so to what is
 * still at work then.
 */
export async function withWarehouse<Answer>(
  { store, config }: Pick<Context, 'store' | 'config'>,
  stored: Stored,
  work: (warehouse: Warehouse, isOver: AbortSignal) => Promise<Answer>,
  patienceMs = PATIENCE_MS,
): Promise<Answer> {
  const warehouse = await openWarehouse(store, stored, config.BACKBEAT_DATA)
  const over = AbortSignal.timeout(patienceMs)
  const late = new Promise<never>((_, reject) => {
    over.addEventListener('abort', () => reject(tookTooLong(stored.name, patienceMs)), { once: true })
  })
  const working = work(warehouse, over)
  try {
    return await Promise.race([working, late])
  } finally {
    // What came too late is not waited for, but still gets its end.
    const closed = working.catch(() => {}).then(() => warehouse.close())
    if (!over.aborted) await closed
    else closed.catch(() => {})
  }
}

const tookTooLong = (name: string, patienceMs: number): ApiFailure =>
  new ApiFailure(
    504,
    'api.slow',
    `Warehouse "${name}" has not answered within ${patienceMs / 1000} seconds; ask for less, or see what keeps it busy`,
  )

/** A stored warehouse. @throws ApiFailure 404 */
export async function warehouseOf({ resources }: Pick<Store, 'resources'>, name: string): Promise<StoredResource> {
  const warehouse = await resources.get('warehouse', name)
  if (!warehouse) throw notFound(`warehouse "${name}"`)
  return warehouse
}

/** The schema people mean when they name none: that of the first sync into the warehouse. */
export async function usualSchema({ resources }: Pick<Store, 'resources'>, warehouse: string): Promise<string> {
  const syncs = (await resources.list('sync')).map(({ spec }) => spec as unknown as Partial<StreamSyncSpec>)
  return syncs.find(({ to }) => to?.warehouse === warehouse)?.to?.schema ?? 'tiktok_ads'
}

/** The first rows of an answer; `total` is known when there are no more. */
export async function previewOf(result: QueryResult, limit: number, isOver: AbortSignal): Promise<RowsPreview> {
  const rows: Row[] = []
  let isWhole = true
  for await (const page of result.pages) {
    isOver.throwIfAborted()
    const room = limit - rows.length
    rows.push(...page.slice(0, room))
    isWhole = page.length <= room
    if (!isWhole) break
  }
  const columns = result.columns.map(({ name, type, nativeType }) => ({ name, type: type ?? nativeType }))
  return { columns, rows, total: isWhole ? rows.length : null }
}
