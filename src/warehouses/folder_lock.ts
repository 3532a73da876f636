import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { TransientError } from '../core/errors.ts'

const RETRY_MS = 20
const PATIENCE_MS = 30_000

/**
 * Runs `work` while nobody else holds the lock at `path`, in this process or another. It is a lock of the operating
 * system, taken through an empty SQLite file: it ends with its process, whatever ends that. Throws a TransientError when
 * it is not free for half a minute.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(path)
  try {
    return await work()
  } finally {
    lock.close()
  }
}

async function takeLock(path: string): Promise<DatabaseSync> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const lock = new DatabaseSync(path, { timeout: 0 })
    try {
      lock.exec('begin exclusive')
      return lock
    } catch (error) {
      lock.close()
      if (!/locked/.test(String(error))) throw error
      if (performance.now() > deadline) throw isBusy(path, error)
    }
    await wait(RETRY_MS)
  }
}

const isBusy = (path: string, cause: unknown): TransientError =>
  new TransientError('warehouse.busy', `Cannot write beside ${path}: another program has written there for 30 s`, {
    cause,
  })
