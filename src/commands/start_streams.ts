import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { isStreamSync } from '../kinds.ts'
import type { Store } from '../store/store.ts'

export interface RunningStreams {
  stop(): Promise<void>
}

type Log = { error(fields: object, message: string): void }

// A page of TikTok is 1,000 rows; what a warehouse needs beside it is its own. Without a bound a heap takes what there is.
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 48 }
const LOOK_EVERY_MS = 1000
const AGAIN_AFTER_MS = 5000
// A call that is under way at the end gets this long; what it read is read again.
const END_MS = 10_000

/**
 * Runs the syncs from TikTok in a thread of their own, from the moment there is one. A thread that dies is started again
 * and does not touch the events' road.
 */
export function startStreams(config: Config, store: Pick<Store, 'resources'>, log: Log): RunningStreams {
  let thread: Worker | null = null
  let isStopping = false
  let notBefore = 0

  async function look(): Promise<void> {
    if (thread !== null || Date.now() < notBefore || !(await hasStreamSync(store)) || isStopping) return
    thread = new Worker(new URL('./streams_thread.ts', import.meta.url), { workerData: config, resourceLimits: MEMORY })
    thread.on('error', (error) =>
      log.error({ error }, 'The thread that runs syncs from TikTok died; starting it again'),
    )
    thread.once('exit', () => {
      thread = null
      notBefore = Date.now() + AGAIN_AFTER_MS
    })
  }

  const timer = setInterval(() => {
    look().catch((error) => log.error({ error }, 'Cannot look for syncs from TikTok'))
  }, LOOK_EVERY_MS)
  timer.unref()

  return {
    async stop() {
      isStopping = true
      clearInterval(timer)
      if (thread === null) return
      const running = thread
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()))
      running.postMessage('stop')
      const late = setTimeout(() => void running.terminate(), END_MS)
      await ended
      clearTimeout(late)
    },
  }
}

async function hasStreamSync({ resources }: Pick<Store, 'resources'>): Promise<boolean> {
  return (await resources.list('sync')).some(({ spec }) => isStreamSync(spec))
}
