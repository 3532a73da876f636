import { estimateRun } from './core/plan_run.ts'
import type { RunEstimate, RunRequest } from './core/run.ts'
import type { Advertiser } from './core/stream.ts'
import type { LoadedSlice } from './core/warehouse.ts'
import type { StreamSyncSpec } from './kinds.ts'
import { openStreamSyncSpec, type StreamSync, type StreamSyncOutside } from './open_stream_sync.ts'
import type { Store } from './store/store.ts'

/** Longest time an estimate waits for TikTok. */
const PATIENCE_MS = 30_000

/**
 * What a run of a sync would take, saved or not; reads nothing but the advertisers, and what the warehouse remembers.
 * Throws a CallError when TikTok cannot be asked for them.
 */
export async function estimateSync(
  store: Pick<Store, 'resources' | 'secrets' | 'state'>,
  { name, spec }: { readonly name: string; readonly spec: StreamSyncSpec },
  request: Pick<RunRequest, 'kind' | 'streams' | 'days'>,
  outside: StreamSyncOutside,
): Promise<RunEstimate> {
  const sync = await openStreamSyncSpec(store, { name, spec }, outside)
  try {
    const [advertisers, loaded] = await Promise.all([reachedBy(sync), loadedIn(sync)])
    const { historyDays, backfillDays, streams } = sync
    const input = { request, historyDays, backfillDays, streams, advertisers, loaded, now: outside.now() }
    return estimateRun(input, sync.callsPerSecond())
  } finally {
    await sync.close()
  }
}

async function reachedBy(sync: StreamSync): Promise<readonly Advertiser[]> {
  const reading = { onNote: () => {}, signal: AbortSignal.timeout(PATIENCE_MS) }
  return (await sync.advertisers(reading)).filter(({ lacks }) => lacks === null)
}

// A warehouse that does not answer is told when the run begins; until then it is taken for empty, which costs the most.
const loadedIn = ({ warehouse, schema }: StreamSync): Promise<readonly LoadedSlice[]> =>
  warehouse.loaded(schema).catch(() => [])
