import { DatabaseSync } from 'node:sqlite'

// Several connections have a cache each, and the whole process has half a gigabyte.
const CACHE_KB = 8 * 1024

export interface SqliteOptions {
  /** Bytes; larger pages suit long rows. Only a new file takes it. */
  readonly pageSize?: number
}

/**
 * Opens a SQLite file the way all our files are opened: write-ahead log, and a commit that returns only when the
 * operating system says the data is on stable storage.
 */
export function openSqlite(path: string, { pageSize = 4096 }: SqliteOptions = {}): DatabaseSync {
  const db = new DatabaseSync(path)
  // First of all: even the change to a write-ahead log waits for other processes.
  db.exec('pragma busy_timeout = 5000')
  db.exec(`pragma page_size = ${pageSize}`)
  db.exec('pragma journal_mode = wal')
  db.exec('pragma synchronous = full')
  db.exec('pragma foreign_keys = on')
  db.exec(`pragma cache_size = -${CACHE_KB}`)
  return db
}

/** Runs `work` in one transaction: all of it is on stable storage when this returns, or none of it happened. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('begin immediate')
  try {
    const result = work()
    db.exec('commit')
    return result
  } catch (error) {
    // SQLite has already rolled back when the disk is full; a second rollback would hide the first error.
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}
