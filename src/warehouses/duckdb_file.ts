import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { locks } from 'node:worker_threads'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { TransientError } from '../core/errors.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { duckdbTrouble } from './duckdb_errors.ts'
import { toCallError } from './sql_errors.ts'

export type DuckDbApi = typeof import('@duckdb/node-api')

/**
 * A DuckDB in memory, with a file attached to it while someone works in it. Only one thread of one process may have a
 * DuckDB file open, so it is given back as soon as nobody needs it: other threads, other programs and people's own DuckDB
 * get at it between two loads. Rows wait for their load in memory, which holds nothing.
 */
export interface DuckDbFile {
  readonly api: DuckDbApi
  /** A connection on which names mean what is in the file, for as long as `work` lasts. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>
  /** The same, and nobody else of this thread writes meanwhile. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>
  /** A connection to memory only; the caller closes it. */
  connectMemory(): Promise<DuckDBConnection>
  /** Ends when this thread has given the file back. */
  close(): Promise<void>
}

export interface DuckDbOptions {
  /** Absolute path; null: there is no file, everything stands in memory. */
  readonly path: string | null
  /** Folders that statements may read and write files in. */
  readonly folders?: readonly string[]
  /** Folder for what does not fit into memory; beside the file when left out. */
  readonly spill?: string
}

// Leaves room for the server; what does not fit goes to disk beside the file.
const MEMORY_LIMIT = '512MB'
/** How long the file stays open after its last use, since another one mostly follows. */
const LINGER_MS = 200
/** Longest time the file is kept from others while one use follows another. */
const TURN_MS_MAX = 1000
/** Pause between two turns, in which another program gets at the file. */
const PAUSE_MS = 25
const RETRY_MS = 20
const PATIENCE_MS = 30_000

/** In a name of ours no schema can have, so that `tiktok_ads.ad_history` never means a catalog. */
const CATALOG = duckdbDialect.quote('backbeat-warehouse')

/** Opens nothing yet: the file is made when it is first used. */
export async function openDuckDb(options: DuckDbOptions): Promise<DuckDbFile> {
  const { path } = options
  const api = await import('@duckdb/node-api')
  const instance = await openMemory(api, options)
  const turns = path === null ? null : takeTurns(instance, path)
  let writing: Promise<unknown> = Promise.resolve()

  async function use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const leave = await turns?.join()
    try {
      const connection = await instance.connect()
      try {
        if (path !== null) await connection.run(`use ${CATALOG}`)
        return await work(connection)
      } finally {
        connection.closeSync()
      }
    } finally {
      leave?.()
    }
  }

  return {
    api,
    use,
    write(work) {
      const mine = writing.then(() => use(work))
      writing = mine.catch(() => {})
      return mine
    },
    connectMemory: () => instance.connect(),
    async close() {
      await writing
      await turns?.end()
      instance.closeSync()
    },
  }
}

async function openMemory(api: DuckDbApi, { path, folders = [], spill }: DuckDbOptions): Promise<DuckDBInstance> {
  const place = spill ?? (path === null ? null : `${path}.tmp`)
  const instance = await api.DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY_LIMIT,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(place !== null && { temp_directory: place }),
  })
  const files =
    path === null ? [] : ['', '.wal', '.wal.checkpoint', '.wal.recovery', '.checkpoint.wal'].map((end) => path + end)
  const list = (texts: readonly string[]) => `[${texts.map(duckdbDialect.text).join(', ')}]`
  const connection = await instance.connect()
  // A query may read the tables, and no file of this machine.
  await connection.run(`set allowed_paths = ${list(files)}`)
  await connection.run(`set allowed_directories = ${list(folders)}`)
  await connection.run('set enable_external_access = false')
  await connection.run('set lock_configuration = true')
  connection.closeSync()
  return instance
}

/** One stretch of time in which the file is attached. */
interface Turn {
  readonly since: number
  readonly attached: Promise<void>
  /** When the file is given back. */
  readonly ended: Promise<void>
  readonly end: () => void
  uses: number
  isEnding: boolean
}

interface Turns {
  /** Resolves when the file is attached; gives what tells that it is no longer needed. */
  join(): Promise<() => void>
  /** Gives the file back as soon as nobody uses it. */
  end(): Promise<void>
}

function takeTurns(instance: DuckDBInstance, path: string): Turns {
  let turn: Turn | null = null
  let lastEnd = Number.NEGATIVE_INFINITY
  let lingering: NodeJS.Timeout | null = null

  function begin(): Turn {
    const attached = Promise.withResolvers<void>()
    const over = Promise.withResolvers<void>()
    // Waiting for a lock does not keep a thread from ending.
    const staying = setInterval(() => {}, PATIENCE_MS)
    const ended = locks
      .request(`backbeat duckdb ${path}`, async () => {
        await wait(Math.max(0, lastEnd + PAUSE_MS - performance.now()))
        await attachPatiently(instance, path)
        clearInterval(staying)
        attached.resolve()
        await over.promise
        await detach(instance)
      })
      .catch((error: Error) => attached.reject(error))
      .finally(() => {
        clearInterval(staying)
        lastEnd = performance.now()
        turn = null
      })
    return { since: performance.now(), attached: attached.promise, ended, end: over.resolve, uses: 0, isEnding: false }
  }

  function finish(one: Turn): void {
    one.isEnding = true
    one.end()
  }

  function leave(one: Turn): void {
    one.uses--
    if (one.uses > 0) return
    if (performance.now() - one.since > TURN_MS_MAX) {
      finish(one)
      return
    }
    lingering = setTimeout(finish, LINGER_MS, one)
    lingering.unref()
  }

  return {
    async join() {
      while (turn?.isEnding) await turn.ended
      turn ??= begin()
      const mine = turn
      if (lingering) clearTimeout(lingering)
      mine.uses++
      try {
        await mine.attached
      } catch (error) {
        mine.uses--
        throw error
      }
      return () => leave(mine)
    },
    async end() {
      if (!turn) return
      if (lingering) clearTimeout(lingering)
      if (turn.uses === 0) finish(turn)
      await turn.ended
    },
  }
}

async function attachPatiently(instance: DuckDBInstance, path: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      await mkdir(dirname(path), { recursive: true })
      return await runOnce(instance, `attach ${duckdbDialect.text(path)} as ${CATALOG}`)
    } catch (error) {
      if (!/could not set lock/i.test(String(error))) throw toCallError(`open ${path}`, error, duckdbTrouble)
      if (performance.now() > deadline) throw isBusy(path, error)
      await wait(RETRY_MS)
    }
  }
}

const isBusy = (path: string, cause: unknown): TransientError =>
  new TransientError('warehouse.busy', `Cannot open ${path}: another program has it open; close it there`, { cause })

/** What was committed stands in the log beside the file even where the file itself cannot be brought up to date now. */
const detach = (instance: DuckDBInstance): Promise<void> => runOnce(instance, `detach ${CATALOG}`).catch(() => {})

async function runOnce(instance: DuckDBInstance, sql: string): Promise<void> {
  const connection = await instance.connect()
  try {
    await connection.run(sql)
  } finally {
    connection.closeSync()
  }
}
