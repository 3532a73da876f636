import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'
import { pino } from 'pino'
import type { Config } from '../config.ts'
import { isStreamSync, type StreamSyncSpec } from '../kinds.ts'
import { openStreamSync, streamSyncOutside } from '../open_stream_sync.ts'
import { dueAfter } from '../schedule.ts'
import { openRunWork } from '../store/run_work.ts'
import { openStore, type Store } from '../store/store.ts'
import type { RunParts } from '../worker/streams/execute_run.ts'
import type { ScheduledSync } from '../worker/streams/schedule_runs.ts'
import { workStreams } from '../worker/streams/work_streams.ts'
import { wait } from '../worker/wait.ts'

const DAY_MS = 86_400_000
// Runs are looked at for a season; what TikTok restated belongs to the figures and is kept for a year and more.
const RUNS_KEPT_MS = 90 * DAY_MS
const RESTATEMENTS_KEPT_MS = 400 * DAY_MS

/** Runs the syncs from TikTok of a data directory until `stopped` fires, with a store of its own. */
export async function runStreamWorker(config: Config, stopped: AbortSignal): Promise<void> {
  const store = await openStore(config, Date.now)
  await workStreams({
    ...runParts(store, config, { fetch, now: Date.now, stopped }),
    owner: ownerName(),
    syncs: scheduledSyncs(store),
    paused: async () => new Set((await store.pauses.list()).map(({ subject }) => subject)),
    async prune() {
      await store.runs.prune(Date.now() - RUNS_KEPT_MS)
      await store.restatements.prune(Date.now() - RESTATEMENTS_KEPT_MS)
    },
  })
  await store.close()
}

/** Names this worker for people who look at leases. */
export const ownerName = (): string => `${hostname()}:${process.pid}:${threadId}`

/** What executing runs takes, with everything real but what is given. */
export function runParts(
  store: Store,
  config: Config,
  given: { readonly fetch: typeof fetch; readonly now: () => number; readonly stopped: AbortSignal },
): RunParts {
  const outside = streamSyncOutside(config, { ...given, random: Math.random, wait })
  const log = pino({ level: config.BACKBEAT_LOG, name: 'streams' }, pino.destination(2))
  return {
    ...store,
    work: openRunWork(store.state),
    openSync: (name) => openStreamSync(store, name, outside),
    now: given.now,
    wait,
    log: (level, message, more) => log[level](more, message),
    stopped: given.stopped,
  }
}

/** Syncs from TikTok with their schedules; read anew only when the configuration has changed. */
function scheduledSyncs({ resources }: Store): () => Promise<readonly ScheduledSync[]> {
  let version = -1
  let syncs: readonly ScheduledSync[] = []
  return async () => {
    const current = await resources.version()
    if (current === version) return syncs
    const stored = (await resources.list('sync')).filter(({ spec }) => isStreamSync(spec))
    syncs = stored.map(({ name, spec }) => toScheduled(name, spec as unknown as StreamSyncSpec))
    version = current
    return syncs
  }
}

const toScheduled = (name: string, { enabled, from, schedule }: StreamSyncSpec): ScheduledSync => ({
  name,
  enabled,
  account: from.account,
  dueAfter: (since) => dueAfter(schedule, since),
})
