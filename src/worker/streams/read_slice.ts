import type { Fit } from '../../core/fit_table.ts'
import type { Reason } from '../../core/outcome.ts'
import type { Advertiser, Page } from '../../core/stream.ts'
import type { Row } from '../../core/table.ts'
import type { LoadResult, Warehouse } from '../../core/warehouse.ts'
import type { SyncStream } from '../../open_stream_sync.ts'
import type { PlacedSlice } from '../../store/run_work.ts'
import type { NoteTally } from './tally.ts'

/** What reading one slice needs. */
export interface SliceParts {
  readonly runId: string
  readonly schema: string
  readonly warehouse: Warehouse
  readonly stream: SyncStream
  readonly fit: Fit
  readonly advertiser: Advertiser
  readonly acceptsEmpty: boolean
  readonly notes: NoteTally
  readonly signal: AbortSignal
  readonly now: () => number
  /** Throws when this worker may not write any more. */
  readonly keepOwn: () => Promise<void>
  /** The same, asked of the store in any case: the last thing before the warehouse commits. */
  readonly confirmOwn: () => Promise<void>
  readonly onRows: (rows: number) => void
}

export interface ReadSlice {
  readonly result: LoadResult
  /** Said of a slice that was loaded, but not all of it; null when all was. */
  readonly remark: Reason | null
}

/** Reads one slice from TikTok into the warehouse: all of it, or nothing. Throws what reading, loading or the signal throws. */
export async function readSlice(slice: PlacedSlice, parts: SliceParts): Promise<ReadSlice> {
  const { stream, fit, advertiser, warehouse, schema, runId, notes, signal } = parts
  const dropped = new Map<string, number>()
  const onDrop = (column: string) => void dropped.set(column, (dropped.get(column) ?? 0) + 1)
  const pages = stream.open({ onNote: notes.onNote, signal }).read(advertiser, { days: slice.days })
  const result = await warehouse.load({
    schema,
    table: fit.table,
    advertiserId: advertiser.id,
    days: slice.days,
    pages: guarded(pages, (rows) => fit.project(rows, onDrop), parts),
    run: { id: runId, at: parts.now() },
    isFinal: slice.isFinal,
    acceptsEmpty: parts.acceptsEmpty,
  })
  return { result, remark: remarkOn(dropped) }
}

/** The pages as the table takes them, as long as this run may go on. */
async function* guarded(
  pages: AsyncIterable<Page>,
  project: (rows: readonly Row[]) => readonly Row[],
  { signal, keepOwn, confirmOwn, onRows }: SliceParts,
): AsyncIterable<readonly Row[]> {
  for await (const { rows } of pages) {
    signal.throwIfAborted()
    await keepOwn()
    onRows(rows.length)
    yield project(rows)
  }
  signal.throwIfAborted()
  await confirmOwn()
}

function remarkOn(dropped: ReadonlyMap<string, number>): Reason | null {
  if (dropped.size === 0) return null
  const counts = [...dropped].map(([column, count]) => `${count} of ${column}`).join(', ')
  return {
    code: 'schema.values_dropped',
    message: `The table has no place for these values, as its policy says: ${counts}`,
  }
}
