import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { pino } from 'pino'
import type { Config } from '../config.ts'
import { createMetrics } from '../server/metrics.ts'
import { createServer } from '../server/server.ts'
import { openSessions } from '../store/sessions.ts'
import { openStore, type Store } from '../store/store.ts'
import { openThreadedQueue } from '../store/threaded_queue.ts'
import { keepTidy } from './keep_tidy.ts'
import { lockFolder } from './lock_folder.ts'
import { CommandError, EXIT } from './outlet.ts'
import { type RunningStreams, startStreams } from './start_streams.ts'
import { VERSION } from './version.ts'

export interface Serving {
  readonly url: string
  readonly store: Store
  /** Stops taking events, lets what is under way end, and closes the store. */
  close(): Promise<void>
}

export interface ServeOptions {
  readonly simulatorUrl?: string
  readonly demo?: boolean
  /** Leaves the syncs to a `backbeat worker` elsewhere. */
  readonly withoutWorker?: boolean
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])
// Pages under way need about 60 MB; without a bound the heap only grows, since there is always room on the machine.
const WORKER_MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }
// Requests that are under way at the end get this long.
const WORKER_END_MS = 10_000

/** Starts the server and, in a thread of its own, the worker. */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Serving> {
  const unlock = lockFolder(config.BACKBEAT_DATA)
  const store = await openStore(config, Date.now, openThreadedQueue)
  await protectConsole(config, store)
  const stopped = new AbortController()
  const log = pino({ level: config.BACKBEAT_LOG, name: 'server' }, pino.destination(2))
  const server = await createServer({
    store,
    config,
    outside: { fetch, now: Date.now, timeoutMs: config.BACKBEAT_TIMEOUT },
    simulatorUrl: options.simulatorUrl ?? null,
    demo: options.demo ?? false,
    version: VERSION,
    random: randomBytes,
    log,
    metrics: createMetrics(store),
    consoleFolder: join(import.meta.dirname, '../../console/dist'),
    stopped: stopped.signal,
  })
  const closeAll = async (worker: RunningWorker | null, streams: RunningStreams | null) => {
    stopped.abort()
    server.server.closeAllConnections()
    await server.close()
    await Promise.all([worker?.stop(), streams?.stop()])
    await store.close()
    unlock()
  }
  const url = await server
    .listen({ host: config.BACKBEAT_HOST, port: config.BACKBEAT_PORT })
    .catch(async (cause: Error) => {
      await closeAll(null, null)
      const place = `${config.BACKBEAT_HOST}:${config.BACKBEAT_PORT}`
      throw new CommandError(EXIT.usage, `Cannot listen on ${place}: ${cause.message}`, { cause })
    })
  const worker = options.withoutWorker ? null : startWorker(config, log)
  const streams = options.withoutWorker ? null : startStreams(config, store, log)
  const stopTidying = keepTidy(store, config, log)

  return {
    url,
    store,
    close() {
      stopTidying()
      return closeAll(worker, streams)
    },
  }
}

/** A console that others can reach has a password, from the first start on. */
async function protectConsole(config: Config, store: Store): Promise<void> {
  const sessions = openSessions(store.state)
  if (await sessions.hasPassword()) return
  if (config.BACKBEAT_PASSWORD !== null) return sessions.setPassword(config.BACKBEAT_PASSWORD)
  if (LOOPBACK.has(config.BACKBEAT_HOST)) return
  throw new CommandError(
    EXIT.usage,
    `Cannot start: ${config.BACKBEAT_HOST} can be reached by others, so the console needs a password; set BACKBEAT_PASSWORD (12 characters or more) for the first start`,
  )
}

interface RunningWorker {
  stop(): Promise<void>
}

function startWorker(config: Config, log: { error(fields: object, message: string): void }): RunningWorker {
  const thread = new Worker(new URL('./worker_thread.ts', import.meta.url), {
    workerData: config,
    resourceLimits: WORKER_MEMORY,
  })
  thread.on('error', (error) => {
    // Events are safe in the queue; a worker that cannot go on must not look like one that works.
    log.error({ error }, 'Worker died; stopping, so that whoever watches this process starts it again')
    process.exit(1)
  })
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  return {
    async stop() {
      thread.postMessage('stop')
      const late = setTimeout(() => void thread.terminate(), WORKER_END_MS)
      await ended
      clearTimeout(late)
    },
  }
}
