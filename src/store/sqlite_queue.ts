import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { type EventWriter, openEventWriter } from './event_writer.ts'
import { findPlaces } from './find_places.ts'
import { type MessageWindow, openMessageWindow, type WindowOptions } from './message_window.ts'
import { DEDUPE_MS, type EventFilter, type Intake, type Queue, type QueuedEvent, type StoredReject } from './queue.ts'
import { openSqlite, transact } from './sqlite.ts'

// Grows when the tables change.
const FORMAT = 1

const TABLES = `
  create table if not exists events (
    seq integer primary key, source text not null, received_at integer not null, name text not null,
    message_id text not null, payload text not null
  );
  create index if not exists events_source on events (source, seq);
  create table if not exists intake (
    source text primary key, accepted integer not null, duplicate integer not null, rejected integer not null,
    last_received_at integer, last_seq integer
  ) without rowid;
  create table if not exists intake_minutes (
    source text not null, minute integer not null, accepted integer not null, primary key (source, minute)
  ) without rowid;
  create table if not exists rejects (
    id integer primary key, source text, at integer not null, reason text not null, body text not null
  );
  pragma user_version = ${FORMAT};
`

const SELECT = 'select seq, source, received_at as receivedAt, name, message_id as messageId, payload from events'

export interface SqliteQueueOptions {
  readonly now: () => number
  /** Bytes the file may grow to before `add` refuses; dropping old events makes room again. */
  readonly bytesMax?: number
  /** Smaller sizes for tests. */
  readonly window?: Partial<WindowOptions>
}

/**
 * The queue in one SQLite file. A process that only reads never loads the window of message ids.
 * @throws Error when the file was written by a newer version.
 */
export function openSqliteQueue(path: string, options: SqliteQueueOptions): Queue {
  const { now, bytesMax = Number.POSITIVE_INFINITY } = options
  const db = openSqlite(path, { pageSize: 16_384 })
  createTables(db)
  const readAfter = db.prepare(`${SELECT} where source = ? and seq > ? order by seq limit ?`)
  let window: MessageWindow | undefined
  let writer: EventWriter | undefined
  const openWindow = (): MessageWindow => {
    window ??= openMessageWindow(db, options.window)
    return window
  }

  return {
    add(events, rejects = []) {
      writer ??= openEventWriter(db, openWindow(), { now, bytesMax })
      return writer.add(events, rejects)
    },
    async read(source, after, limit) {
      return readAfter.all(source, after, limit) as unknown as QueuedEvent[]
    },
    async get(seqs) {
      return select(db, 'where seq in (select value from json_each(?))', [JSON.stringify(seqs)])
    },
    async find(source, messageId) {
      const known = openWindow()
      known.catchUp()
      const sources = source === null ? Object.keys(intakes(db)) : [source]
      const seqs = sources.flatMap((name) => known.find(known.keyOf(name, messageId)))
      const rows = select(db, 'where seq in (select value from json_each(?)) order by seq', [JSON.stringify(seqs)])
      return rows.filter((row) => row.messageId === messageId && (source === null || row.source === source))
    },
    async list(filter) {
      return list(db, filter)
    },
    async places(filter) {
      return findPlaces(db, filter)
    },
    async rejects({ source, before, limit }) {
      const rows = db
        .prepare(
          `select id, source, at, reason, body from rejects
           where (?1 is null or source = ?1) and id < ?2 order by id desc limit ?3`,
        )
        .all(source ?? null, before ?? Number.MAX_SAFE_INTEGER, limit)
      return rows.map((row) => ({ ...row, reason: JSON.parse(row['reason'] as string) }) as unknown as StoredReject)
    },
    async edit(seq, payload) {
      db.prepare('update events set payload = ? where seq = ?').run(payload, seq)
    },
    async head() {
      return newestSeq(db)
    },
    async intake(source) {
      return intakes(db)[source] ?? { accepted: 0, duplicate: 0, rejected: 0, lastSeq: 0 }
    },
    async volume(source, first) {
      const rows = db.prepare(
        'select minute, accepted from intake_minutes where source = ? and minute >= ? order by minute',
      )
      return rows.all(source, first) as unknown as { minute: number; accepted: number }[]
    },
    async lastReceivedAt(source) {
      const row = db.prepare('select last_received_at as at from intake where source = ?').get(source)
      return (row?.['at'] as number | undefined) ?? null
    },
    async tail() {
      const row = db.prepare('select min(seq) as tail from events').get() as { tail: number | null }
      return row.tail ?? newestSeq(db) + 1
    },
    async prune({ first, last, before, kept }) {
      const range = 'seq between ? and ?'
      // An event must stay as long as its message id is compared with new ones.
      const limit = Math.min(before, now() - DEDUPE_MS)
      const newer = db.prepare(`select 1 from events where ${range} and received_at >= ? limit 1`)
      const remove = db.prepare(
        `delete from events where ${range} and received_at < ? and seq not in (select value from json_each(?))`,
      )
      const reachedNewer = newer.get(first, last, limit) !== undefined
      const removed = Number(remove.run(first, last, limit, JSON.stringify(kept)).changes)
      return { removed, reachedNewer }
    },
    async close() {
      writer?.flush()
      db.close()
    },
  }
}

function createTables(db: DatabaseSync): void {
  const { user_version: format } = db.prepare('pragma user_version').get() as { user_version: number }
  if (format === FORMAT) return
  if (format > FORMAT) {
    throw new Error(
      `Cannot start: the queue was written by a newer Backbeat (format ${format}, this one knows ${FORMAT}); start that version, or restore a backup`,
    )
  }
  transact(db, () => db.exec(TABLES))
}

function select(db: DatabaseSync, clause: string, values: SQLInputValue[]): QueuedEvent[] {
  return db.prepare(`${SELECT} ${clause}`).all(...values) as unknown as QueuedEvent[]
}

function list(db: DatabaseSync, { source, name, before, limit }: EventFilter): QueuedEvent[] {
  const conditions = [
    source === undefined ? null : 'source = ?',
    name === undefined ? null : 'name = ?',
    before === undefined ? null : 'seq < ?',
  ].filter((condition) => condition !== null)
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
  const values = [source, name, before].filter((value) => value !== undefined)
  return select(db, `${where} order by seq desc limit ?`, [...values, limit])
}

function intakes(db: DatabaseSync): Record<string, Intake> {
  const rows = db.prepare('select source, accepted, duplicate, rejected, coalesce(last_seq, 0) as lastSeq from intake')
  return Object.fromEntries(rows.all().map(({ source, ...line }) => [source, line])) as unknown as Record<
    string,
    Intake
  >
}

// Not from the events: when all of them are dropped, the next place must still be a new one.
function newestSeq(db: DatabaseSync): number {
  return (db.prepare('select coalesce(max(last_seq), 0) as seq from intake').get() as { seq: number }).seq
}
