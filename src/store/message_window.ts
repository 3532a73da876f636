import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { type BloomFilter, bloomFilter } from './bloom_filter.ts'
import { transact } from './sqlite.ts'

/**
 * Seven days of message ids, exactly, at the speed of appending. A unique index on random ids rewrites one page of the
 * disk for every event; here ids are appended, and once enough came together they are sorted into a run that never
 * changes again and is dropped whole when it is too old. Filters in memory answer "surely new" for nearly every event.
 *
 * Keys are 53-bit hashes: a hit is only a candidate, the caller compares the real id.
 */
export interface MessageWindow {
  /** Places of events whose id may be the one of `key`; nearly always none or one. */
  find(key: number): number[]
  /** Moves what came together into a sorted run when there is enough of it; a transaction of its own. */
  sealWhenFull(now: number): void
  /** Writes the keys of one commit; call inside its transaction. */
  append(keys: readonly number[], seqs: readonly number[], now: number): void
  /** Makes them findable; call after the commit. */
  remember(keys: readonly number[], seqs: readonly number[]): void
  /** Drops what was appended before `before`; call inside a transaction. */
  expire(before: number): void
}

const RUN_KEYS = 131_072
const FILTER_KEYS = 4_194_304
const CHUNK_KEYS = 512

const TABLES = `
  create table if not exists fresh_keys (id integer primary key, at integer not null, pairs blob not null);
  create table if not exists key_runs (id integer primary key, last_at integer not null);
  create table if not exists key_chunks (
    run integer not null, first real not null, pairs blob not null, primary key (run, first)
  ) without rowid;
`

/** 53 bits of the SHA-256 of a message id within its source. */
export function messageKey(source: string, messageId: string): number {
  const digest = hash('sha256', `${source}\n${messageId}`, 'buffer')
  return (digest.readUInt32BE(0) & 0x1f_ffff) * 0x1_0000_0000 + digest.readUInt32BE(4)
}

interface Segment {
  readonly filter: BloomFilter
  readonly runs: Set<number>
  keys: number
}

export function openMessageWindow(db: DatabaseSync): MessageWindow {
  db.exec(TABLES)
  const insertFresh = db.prepare('insert into fresh_keys (at, pairs) values (?, ?)')
  const insertChunk = db.prepare('insert into key_chunks (run, first, pairs) values (?, ?, ?)')
  const findChunk = db.prepare('select pairs from key_chunks where run = ? and first <= ? order by first desc limit 1')

  let fresh = new Map<number, number>()
  const segments: Segment[] = []

  const newSegment = (): Segment => {
    const segment = { filter: bloomFilter(FILTER_KEYS), runs: new Set<number>(), keys: 0 }
    segments.push(segment)
    return segment
  }
  const openSegment = (): Segment => {
    const last = segments.at(-1)
    return last && last.keys < FILTER_KEYS ? last : newSegment()
  }
  const addRun = (run: number, keys: Float64Array): void => {
    const segment = openSegment()
    segment.runs.add(run)
    segment.keys += keys.length
    for (const key of keys) segment.filter.add(key)
  }

  function load(): void {
    for (const { id } of db.prepare('select id from key_runs order by id').all() as { id: number }[]) {
      for (const { pairs } of db.prepare('select pairs from key_chunks where run = ?').iterate(id) as Iterable<{
        pairs: Uint8Array
      }>) {
        addRun(id, keysOf(pairs))
      }
    }
    for (const { pairs } of db.prepare('select pairs from fresh_keys order by id').all() as { pairs: Uint8Array }[]) {
      const keys = keysOf(pairs)
      const seqs = seqsOf(pairs)
      for (const [i, key] of keys.entries()) fresh.set(key, seqs[i]!)
    }
  }

  function writeRun(keys: Float64Array, now: number): number {
    const run = Number(db.prepare('insert into key_runs (last_at) values (?)').run(now).lastInsertRowid)
    for (let start = 0; start < keys.length; start += CHUNK_KEYS) {
      const some = keys.subarray(start, start + CHUNK_KEYS)
      insertChunk.run(
        run,
        some[0]!,
        toPairs(
          some,
          some.map((key) => fresh.get(key)!),
        ),
      )
    }
    db.exec('delete from fresh_keys')
    return run
  }

  function findInRun(run: number, key: number): number | undefined {
    const row = findChunk.get(run, key) as { pairs: Uint8Array } | undefined
    if (!row) return undefined
    const at = keysOf(row.pairs).indexOf(key)
    return at < 0 ? undefined : seqsOf(row.pairs)[at]
  }

  load()
  return {
    find(key) {
      const recent = fresh.get(key)
      const found = recent === undefined ? [] : [recent]
      for (const segment of segments) {
        if (!segment.filter.mayHave(key)) continue
        for (const run of segment.runs) {
          const seq = findInRun(run, key)
          if (seq !== undefined) found.push(seq)
        }
      }
      return found
    },
    sealWhenFull(now) {
      if (fresh.size < RUN_KEYS) return
      const keys = Float64Array.from(fresh.keys()).sort()
      addRun(
        transact(db, () => writeRun(keys, now)),
        keys,
      )
      fresh = new Map()
    },
    append(keys, seqs, now) {
      if (keys.length > 0) insertFresh.run(now, toPairs(keys, seqs))
    },
    remember(keys, seqs) {
      for (let i = 0; i < keys.length; i++) fresh.set(keys[i]!, seqs[i]!)
    },
    expire(before) {
      const old = db.prepare('select id from key_runs where last_at < ?').all(before) as { id: number }[]
      for (const { id } of old) {
        db.prepare('delete from key_chunks where run = ?').run(id)
        db.prepare('delete from key_runs where id = ?').run(id)
        for (const segment of segments) segment.runs.delete(id)
      }
      const kept = segments.filter(({ runs }, i) => runs.size > 0 || i === segments.length - 1)
      segments.splice(0, segments.length, ...kept)
    },
  }
}

// A blob of pairs: all keys, then all places, each a float of 8 bytes.
function toPairs(keys: ArrayLike<number>, seqs: ArrayLike<number>): Uint8Array {
  const pairs = new Float64Array(keys.length * 2)
  pairs.set(keys, 0)
  pairs.set(seqs, keys.length)
  return new Uint8Array(pairs.buffer)
}

// Blobs from SQLite need not be aligned for floats; slicing copies them to where they are.
const floats = (pairs: Uint8Array): Float64Array => new Float64Array(pairs.slice().buffer)
const keysOf = (pairs: Uint8Array): Float64Array => floats(pairs).subarray(0, pairs.byteLength / 16)
const seqsOf = (pairs: Uint8Array): Float64Array => floats(pairs).subarray(pairs.byteLength / 16)
