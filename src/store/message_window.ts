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
  readonly keyOf: (source: string, messageId: string) => number
  /** Places of events whose id may be the one of `key`; nearly always none or one. */
  find(key: number): readonly number[]
  /** Moves what came together into a sorted run when there is enough of it; a transaction of its own. */
  sealWhenFull(now: number): void
  /** Writes the keys of one commit; call inside its transaction. They are found from the next `catchUp` on. */
  append(keys: readonly number[], seqs: readonly number[], now: number): void
  /** Takes in what this and other processes have committed since the last time. */
  catchUp(): void
  /** Drops what was appended before `before`; call inside a transaction. */
  expire(before: number): void
}

export interface WindowOptions {
  /** Keys that come together before they are sorted into a run. */
  readonly runKeys: number
  /** Keys that share one filter. */
  readonly filterKeys: number
  /** Keys of a run that are read at once. */
  readonly chunkKeys: number
  readonly keyOf: (source: string, messageId: string) => number
}

const DEFAULTS: WindowOptions = { runKeys: 131_072, filterKeys: 4_194_304, chunkKeys: 512, keyOf: messageKey }

const TABLES = `
  create table if not exists fresh_keys (id integer primary key, at integer not null, pairs blob not null);
  create table if not exists key_runs (id integer primary key autoincrement, last_at integer not null);
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

/** Keys and the places they stand for, side by side. */
interface Pairs {
  readonly keys: Float64Array
  readonly seqs: Float64Array
}

/** Opens the window of a queue's file and loads its filters: about 0.3 s for a million ids. */
export function openMessageWindow(db: DatabaseSync, options: Partial<WindowOptions> = {}): MessageWindow {
  const { runKeys, filterKeys, chunkKeys, keyOf } = { ...DEFAULTS, ...options }
  transact(db, () => db.exec(TABLES))
  const insertFresh = db.prepare('insert into fresh_keys (at, pairs) values (?, ?)')
  const insertChunk = db.prepare('insert into key_chunks (run, first, pairs) values (?, ?, ?)')
  const findChunk = db.prepare('select pairs from key_chunks where run = ? and first <= ? order by first desc limit 1')
  const chunksOf = db.prepare('select pairs from key_chunks where run = ?')
  const runsAfter = db.prepare('select id from key_runs where id > ? order by id')
  const freshAfter = db.prepare('select id, pairs from fresh_keys where id > ? order by id')

  // More than one place for a key: two ids of one hash, or one id again after its seven days.
  let fresh = new Map<number, number[]>()
  let lastFresh = 0
  let lastRun = 0
  const segments: Segment[] = []

  function openSegment(): Segment {
    const last = segments.at(-1)
    if (last && last.keys < filterKeys) return last
    const segment = { filter: bloomFilter(filterKeys), runs: new Set<number>(), keys: 0 }
    segments.push(segment)
    return segment
  }

  function addKeys(run: number, keys: Float64Array): void {
    const segment = openSegment()
    segment.runs.add(run)
    segment.keys += keys.length
    for (const key of keys) segment.filter.add(key)
  }

  /** A run holds everything that was fresh when it was made. */
  function startAfter(run: number): void {
    lastRun = run
    lastFresh = 0
    fresh = new Map()
  }

  function remember(keys: ArrayLike<number>, seqs: ArrayLike<number>): void {
    for (let i = 0; i < keys.length; i++) {
      const twins = fresh.get(keys[i]!)
      if (twins) twins.push(seqs[i]!)
      else fresh.set(keys[i]!, [seqs[i]!])
    }
  }

  function catchUp(): void {
    for (const { id } of runsAfter.all(lastRun) as { id: number }[]) {
      for (const { pairs } of chunksOf.iterate(id) as Iterable<{ pairs: Uint8Array }>) addKeys(id, fromBlob(pairs).keys)
      startAfter(id)
    }
    for (const { id, pairs } of freshAfter.iterate(lastFresh) as Iterable<{ id: number; pairs: Uint8Array }>) {
      const { keys, seqs } = fromBlob(pairs)
      remember(keys, seqs)
      lastFresh = id
    }
  }

  function writeRun({ keys, seqs }: Pairs, now: number): { run: number; keys: Float64Array } {
    const run = Number(db.prepare('insert into key_runs (last_at) values (?)').run(now).lastInsertRowid)
    for (const [start, end] of cuts(keys, chunkKeys)) {
      insertChunk.run(run, keys[start]!, toBlob(keys.subarray(start, end), seqs.subarray(start, end)))
    }
    db.exec('delete from fresh_keys')
    return { run, keys }
  }

  function findInRun(run: number, key: number): readonly number[] {
    const row = findChunk.get(run, key) as { pairs: Uint8Array } | undefined
    if (!row) return []
    const { keys, seqs } = fromBlob(row.pairs)
    const first = keys.indexOf(key)
    return first < 0 ? [] : [...seqs.subarray(first, keys.lastIndexOf(key) + 1)]
  }

  catchUp()
  return {
    keyOf,
    find(key) {
      const found = [...(fresh.get(key) ?? [])]
      for (const { filter, runs } of segments) {
        if (!filter.mayHave(key)) continue
        for (const run of runs) found.push(...findInRun(run, key))
      }
      return found
    },
    sealWhenFull(now) {
      if (fresh.size < runKeys) return
      const written = transact(db, () => {
        // Another process may have added to the keys, or sorted them already.
        catchUp()
        return fresh.size === 0 ? null : writeRun(sorted(fresh), now)
      })
      if (written === null) return
      addKeys(written.run, written.keys)
      startAfter(written.run)
    },
    append(keys, seqs, now) {
      if (keys.length > 0) insertFresh.run(now, toBlob(keys, seqs))
    },
    catchUp,
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

function sorted(fresh: ReadonlyMap<number, readonly number[]>): Pairs {
  const distinct = Float64Array.from(fresh.keys()).sort()
  const keys: number[] = []
  const seqs: number[] = []
  for (const key of distinct) {
    for (const seq of fresh.get(key)!) {
      keys.push(key)
      seqs.push(seq)
    }
  }
  return { keys: Float64Array.from(keys), seqs: Float64Array.from(seqs) }
}

/** Where to cut sorted keys into chunks, never between equal ones: a chunk is found by its first key. */
function* cuts(keys: Float64Array, size: number): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < keys.length; ) {
    let end = Math.min(start + size, keys.length)
    while (end < keys.length && keys[end] === keys[end - 1]) end++
    yield [start, end]
    start = end
  }
}

// A blob of pairs: all keys, then all places, each a float of 8 bytes.
function toBlob(keys: ArrayLike<number>, seqs: ArrayLike<number>): Uint8Array {
  const pairs = new Float64Array(keys.length * 2)
  pairs.set(keys, 0)
  pairs.set(seqs, keys.length)
  return new Uint8Array(pairs.buffer)
}

function fromBlob(blob: Uint8Array): Pairs {
  // Blobs from SQLite need not be aligned for floats; slicing copies them to where they are.
  const floats = new Float64Array(blob.slice().buffer)
  return { keys: floats.subarray(0, floats.length / 2), seqs: floats.subarray(floats.length / 2) }
}
