import type { DatabaseSync } from 'node:sqlite'
import type { MessageWindow } from './message_window.ts'
import { type Added, DEDUPE_MS, type NewEvent, type NewReject, QueueUnavailableError } from './queue.ts'
import { transact } from './sqlite.ts'

const EXPIRE_EVERY_MS = 3_600_000
// Each may hold 64 KB: a sender gone mad must not fill the disk with what we refused.
const REJECTS_MAX = 10_000

/**
 * Writes what senders hand in. Everything handed in while the disk is busy goes into one commit: one fsync for a whole
 * turn of the event loop, however many senders wait for it.
 */
export interface EventWriter {
  add(events: readonly NewEvent[], rejects: readonly NewReject[]): Promise<readonly Added[]>
  /** Writes what waits, now. */
  flush(): void
}

interface Waiting {
  readonly events: readonly NewEvent[]
  readonly rejects: readonly NewReject[]
  readonly resolve: (added: readonly Added[]) => void
  readonly reject: (error: Error) => void
}

/** What one commit adds to the counts of a source. */
interface Counts {
  accepted: number
  duplicate: number
  rejected: number
  receivedAt: number | null
  lastSeq: number | null
}

/** Several processes may write to one file, each with a window of its own. */
export function openEventWriter(
  db: DatabaseSync,
  window: MessageWindow,
  { now, bytesMax }: { readonly now: () => number; readonly bytesMax: number },
): EventWriter {
  const insertEvent = db.prepare(
    'insert into events (seq, source, received_at, name, message_id, payload) values (?, ?, ?, ?, ?, ?)',
  )
  const insertReject = db.prepare('insert into rejects (source, at, reason, body) values (?, ?, ?, ?)')
  const countIntake = db.prepare(`
    insert into intake (source, accepted, duplicate, rejected, last_received_at, last_seq) values (?, ?, ?, ?, ?, ?)
    on conflict (source) do update set accepted = accepted + excluded.accepted, duplicate = duplicate + excluded.duplicate,
      rejected = rejected + excluded.rejected, last_received_at = coalesce(excluded.last_received_at, last_received_at),
      last_seq = coalesce(excluded.last_seq, last_seq)
  `)
  const countMinute = db.prepare(`
    insert into intake_minutes (source, minute, accepted) values (?, ?, ?)
    on conflict (source, minute) do update set accepted = accepted + excluded.accepted
  `)
  const eventAt = db.prepare(
    'select source, message_id as messageId, received_at as receivedAt from events where seq = ?',
  )
  const newest = db.prepare('select coalesce(max(last_seq), 0) as seq from intake')

  let waiting: Waiting[] = []
  let expiredAt = 0

  function isKnown(event: NewEvent, key: number): boolean {
    return window.find(key).some((seq) => {
      const kept = eventAt.get(seq) as Pick<NewEvent, 'source' | 'messageId' | 'receivedAt'> | undefined
      return kept !== undefined && isTwin(kept, event)
    })
  }

  function writeEvents(batch: readonly Waiting[]): readonly (readonly Added[])[] {
    const keys: number[] = []
    const seqs: number[] = []
    const inCommit = new Set<string>()
    const counts = new Map<string, Counts>()
    window.catchUp()
    const head = (newest.get() as { seq: number }).seq

    function take(event: NewEvent): Added {
      const line = countsOf(counts, event.source)
      line.accepted++
      line.receivedAt = event.receivedAt
      const id = `${event.source}\n${event.messageId}`
      const key = window.keyOf(event.source, event.messageId)
      if (inCommit.has(id) || isKnown(event, key)) {
        line.duplicate++
        return 'duplicate'
      }
      const seq = head + keys.length + 1
      insertEvent.run(seq, event.source, event.receivedAt, event.name, event.messageId, event.payload)
      line.lastSeq = seq
      inCommit.add(id)
      keys.push(key)
      seqs.push(seq)
      return 'added'
    }

    const added = batch.map(({ events, rejects }) => {
      for (const { source, at, reason, body } of rejects) {
        insertReject.run(source, at, JSON.stringify(reason), body)
        if (source !== null) countsOf(counts, source).rejected++
      }
      return events.map(take)
    })
    window.append(keys, seqs, now())
    for (const [source, { accepted, duplicate, rejected, receivedAt, lastSeq }] of counts) {
      countIntake.run(source, accepted, duplicate, rejected, receivedAt, lastSeq)
      if (receivedAt !== null) countMinute.run(source, Math.floor(receivedAt / 60_000), accepted)
    }
    return added
  }

  function write(batch: readonly Waiting[]): readonly (readonly Added[])[] {
    expire()
    refuseWhenFull()
    window.sealWhenFull(now())
    return transact(db, () => writeEvents(batch))
  }

  function flush(): void {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    try {
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
      // A little longer than needed: an event may have been received some time before its commit.
      window.expire(at - DEDUPE_MS - EXPIRE_EVERY_MS)
      db.prepare('delete from intake_minutes where minute < ?').run(Math.floor((at - DEDUPE_MS) / 60_000))
      db.prepare('delete from rejects where at < ? or id <= (select max(id) from rejects) - ?').run(
        at - DEDUPE_MS,
        REJECTS_MAX,
      )
    })
  }

  return {
    add(events, rejects) {
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ events, rejects, resolve, reject })
      })
    },
    flush,
  }
}

/** Whether an event repeats one that is kept: hashes may agree by chance, and an id is free again after seven days. */
function isTwin(kept: Pick<NewEvent, 'source' | 'messageId' | 'receivedAt'>, event: NewEvent): boolean {
  const isSame = kept.source === event.source && kept.messageId === event.messageId
  return isSame && event.receivedAt - kept.receivedAt < DEDUPE_MS
}

function countsOf(counts: Map<string, Counts>, source: string): Counts {
  const line = counts.get(source) ?? { accepted: 0, duplicate: 0, rejected: 0, receivedAt: null, lastSeq: null }
  counts.set(source, line)
  return line
}
