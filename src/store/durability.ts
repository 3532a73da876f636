import { openSqlite } from './sqlite.ts'

/** How a SQLite file of ours is written. */
export interface Durability {
  /** `wal`, unless the file system cannot share memory between processes. */
  readonly journal: string
  /** Whether a commit returns only when the data is on stable storage. */
  readonly isSynced: boolean
}

const FULL = 2 // SQLite documentation, "PRAGMA synchronous"

/** Looks at a file as a process of ours would open it. */
export function durabilityOf(path: string): Durability {
  const db = openSqlite(path)
  const ask = (pragma: string) => Object.values(db.prepare(`pragma ${pragma}`).get() as object)[0] as unknown
  const found = { journal: String(ask('journal_mode')), isSynced: Number(ask('synchronous')) >= FULL }
  db.close()
  return found
}
