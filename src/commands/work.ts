import { pino } from 'pino'
import type { Config } from '../config.ts'
import { loadSyncs, type Outside, versionOf } from '../connect.ts'
import { openStore } from '../store/store.ts'
import { wait } from '../worker/wait.ts'
import { work } from '../worker/work.ts'

/** Runs the syncs of a data directory until `stopped` fires, with a store of its own. */
export async function runWorker(config: Config, stopped: AbortSignal): Promise<void> {
  const store = await openStore(config, Date.now)
  const outside: Outside = { fetch, now: Date.now, timeoutMs: config.BACKBEAT_TIMEOUT }
  const log = pino({ level: config.BACKBEAT_LOG, name: 'worker' }, pino.destination(2))
  await work({
    ...store,
    now: Date.now,
    random: Math.random,
    wait,
    flushMs: config.BACKBEAT_FLUSH,
    calls: config.BACKBEAT_CALLS,
    log: (level, message, more) => log[level](more, message),
    loadSyncs: () => loadSyncs(store, outside),
    syncNames: async () => (await store.resources.list('sync')).map(({ name }) => name),
    version: () => versionOf(store),
    stopped,
  })
  await store.close()
}
