import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { messageKey, openMessageWindow } from './message_window.ts'
import {
  type Added,
  type EventFilter,
  type Intake,
  type NewEvent,
  type NewReject,
  type Queue,
  type QueuedEvent,
  QueueUnavailableError,
  type StoredReject,
} from './queue.ts'
import { openSqlite, transact } from './sqlite.ts'

const DEDUPE_MS = 7 * 86_400_000
const EXPIRE_EVERY_MS = 3_600_000

const TABLES = `
  create table if not exists events (
    seq integer primary key, source text not null, received_at integer not null, name text not null,
    message_id text not null, payload text not null
  );
  create index if not exists events_source on events (source, seq);
  create table if not exists intake (
    source text primary key, accepted integer not null, duplicate integer not null, rejected integer not null,
    last_received_at integer
  ) without rowid;
  create table if not exists intake_minutes (
    source text not null, minute integer not null, accepted integer not null, primary key (source, minute)
  ) without rowid;
  create table if not exists rejects (
    id integer primary key, source text, at integer not null, reason text not null, body text not null
  );
`

export interface SqliteQueueOptions {
  readonly now: () => number
  /** Bytes the file may grow to before `add` refuses; dropping old events makes room again. */
  readonly bytesMax?: number
}

interface Waiting {
  readonly events: readonly NewEvent[]
  readonly rejects: readonly NewReject[]
  readonly resolve: (added: readonly Added[]) => void
  readonly reject: (error: Error) => void
}

/**
 * The queue in one SQLite file. Everything that is handed in while the disk is busy goes into one commit: one fsync for
 * a whole turn of the event loop, however many senders wait for it.
 */
export function openSqliteQueue(path: string, { now, bytesMax = Number.POSITIVE_INFINITY }: SqliteQueueOptions): Queue {
  const db = openSqlite(path, { pageSize: 16_384, cacheMb: 64 })
  db.exec(TABLES)
  const window = openMessageWindow(db)
  const insertEvent = db.prepare(
    'insert into events (seq, source, received_at, name, message_id, payload) values (?, ?, ?, ?, ?, ?)',
  )
  const insertReject = db.prepare('insert into rejects (source, at, reason, body) values (?, ?, ?, ?)')
  const countIntake = db.prepare(`
    insert into intake (source, accepted, duplicate, rejected, last_received_at) values (?, ?, ?, ?, ?)
    on conflict (source) do update set accepted = accepted + excluded.accepted, duplicate = duplicate + excluded.duplicate,
      rejected = rejected + excluded.rejected, last_received_at = coalesce(excluded.last_received_at, last_received_at)
  `)
  const countMinute = db.prepare(`
    insert into intake_minutes (source, minute, accepted) values (?, ?, ?)
    on conflict (source, minute) do update set accepted = accepted + excluded.accepted
  `)
  const messageIdAt = db.prepare('select source, message_id from events where seq = ?')

  let head = Number((db.prepare('select max(seq) as head from events').get() as { head: number | null }).head ?? 0)
  let waiting: Waiting[] = []
  let expiredAt = 0

  function isKnown(event: NewEvent, key: number, inCommit: Map<number, NewEvent>): boolean {
    const twin = inCommit.get(key)
    if (twin && twin.source === event.source && twin.messageId === event.messageId) return true
    return window.find(key).some((seq) => {
      const row = messageIdAt.get(seq) as { source: string; message_id: string } | undefined
      return row?.source === event.source && row.message_id === event.messageId
    })
  }

  function write(batch: readonly Waiting[]) {
    const keys: number[] = []
    const seqs: number[] = []
    const inCommit = new Map<number, NewEvent>()
    const intake = new Map<string, { accepted: number; duplicate: number; rejected: number; at: number | null }>()
    const count = (source: string) => {
      const line = intake.get(source) ?? { accepted: 0, duplicate: 0, rejected: 0, at: null }
      intake.set(source, line)
      return line
    }

    function take(event: NewEvent): Added {
      const line = count(event.source)
      line.accepted++
      line.at = event.receivedAt
      const key = messageKey(event.source, event.messageId)
      if (isKnown(event, key, inCommit)) {
        line.duplicate++
        return 'duplicate'
      }
      const seq = head + keys.length + 1
      insertEvent.run(seq, event.source, event.receivedAt, event.name, event.messageId, event.payload)
      inCommit.set(key, event)
      keys.push(key)
      seqs.push(seq)
      return 'added'
    }

    const answers = transact(db, () => {
      const added = batch.map(({ events, rejects }) => {
        for (const { source, at, reason, body } of rejects) {
          insertReject.run(source, at, JSON.stringify(reason), body)
          if (source !== null) count(source).rejected++
        }
        return events.map(take)
      })
      window.append(keys, seqs, now())
      for (const [source, { accepted, duplicate, rejected, at }] of intake) {
        countIntake.run(source, accepted, duplicate, rejected, at)
        if (at !== null) countMinute.run(source, Math.floor(at / 60_000), accepted)
      }
      return added
    })
    window.remember(keys, seqs)
    head += keys.length
    return answers
  }

  function flush(): void {
    const batch = waiting
    waiting = []
    try {
      refuseWhenFull()
      window.sealWhenFull(now())
      expire()
      const answers = write(batch)
      for (const [i, { resolve }] of batch.entries()) resolve(answers[i]!)
    } catch (error) {
      const refusal =
        error instanceof QueueUnavailableError
          ? error
          : new QueueUnavailableError(`Cannot store events: ${(error as Error).message}`, { cause: error })
      for (const { reject } of batch) reject(refusal)
    }
  }

  function refuseWhenFull(): void {
    if (bytesMax === Number.POSITIVE_INFINITY) return
    const used = pragma('page_count') - pragma('freelist_count')
    if (used * pragma('page_size') < bytesMax) return
    throw new QueueUnavailableError(`Cannot store events: the queue is at its limit of ${bytesMax} bytes`)
  }

  function pragma(name: string): number {
    return Object.values(db.prepare(`pragma ${name}`).get() as Record<string, number>)[0]!
  }

  function expire(): void {
    const at = now()
    if (at - expiredAt < EXPIRE_EVERY_MS) return
    expiredAt = at
    transact(db, () => {
      window.expire(at - DEDUPE_MS)
      db.prepare('delete from intake_minutes where minute < ?').run(Math.floor((at - DEDUPE_MS) / 60_000))
    })
  }

  return {
    add(events, rejects = []) {
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ events, rejects, resolve, reject })
      })
    },
    async read(source, after, limit) {
      return select(db, 'where source = ? and seq > ? order by seq limit ?', [source, after, limit])
    },
    async get(seqs) {
      return select(db, 'where seq in (select value from json_each(?))', [JSON.stringify(seqs)])
    },
    async find(source, messageId) {
      const sources = source === null ? Object.keys(intakes(db)) : [source]
      const seqs = sources.flatMap((name) => window.find(messageKey(name, messageId)))
      const rows = select(db, 'where seq in (select value from json_each(?))', [JSON.stringify(seqs)])
      return rows.filter((row) => row.messageId === messageId)
    },
    async list({ source, name, before, limit }) {
      return list(db, { limit, ...(source && { source }), ...(name && { name }), ...(before && { before }) })
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
      return Number((db.prepare('select max(seq) as head from events').get() as { head: number | null }).head ?? 0)
    },
    async intake(source) {
      return intakes(db)[source] ?? { accepted: 0, duplicate: 0, rejected: 0 }
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
      return row.tail ?? (await this.head()) + 1
    },
    async prune({ first, last, before, kept }) {
      const range = 'seq between ? and ?'
      const newer = db
        .prepare(`select 1 from events where ${range} and received_at >= ? limit 1`)
        .get(first, last, before)
      const removed = db
        // The newest event stays: the next place is counted from it.
        .prepare(
          `delete from events where ${range} and received_at < ? and seq not in (select value from json_each(?))
           and seq < (select max(seq) from events)`,
        )
        .run(first, last, before, JSON.stringify(kept)).changes
      return { removed: Number(removed), reachedNewer: newer !== undefined }
    },
    async close() {
      if (waiting.length > 0) flush()
      db.close()
    },
  }
}

function select(db: DatabaseSync, clause: string, values: SQLInputValue[]): QueuedEvent[] {
  const columns = 'seq, source, received_at as receivedAt, name, message_id as messageId, payload'
  return db.prepare(`select ${columns} from events ${clause}`).all(...values) as unknown as QueuedEvent[]
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
  const rows = db.prepare('select source, accepted, duplicate, rejected from intake').all()
  return Object.fromEntries(rows.map(({ source, ...line }) => [source, line])) as unknown as Record<string, Intake>
}
