import { type Kysely, sql } from 'kysely'
import type { DeliveryState } from '../core/books.ts'
import type { Receipt } from '../core/errors.ts'
import type { Reason } from '../core/outcome.ts'
import {
  groupStandings,
  moveBooks,
  NO_VERDICTS,
  sourceChanges,
  standingsOf,
  syncChanges,
  type Verdicts,
} from './books.ts'
import type { Schema } from './schema.ts'
import type { State, Step } from './state.ts'

/** Where a sync stands in the queue of its source. */
export interface Reader {
  readonly sync: string
  readonly source: string
  /** Events up to here were received before the sync began and are none of its business. */
  readonly startSeq: number
  /** Every event up to here has its deliveries recorded. */
  readonly position: number
  readonly lastDeliveredAt: number | null
  readonly failing: Failing | null
}

/** Calls of a sync fail at the moment; nothing is lost, the next try is set. */
export interface Failing {
  readonly since: number
  readonly retryAt: number
  readonly message: string
}

/** What became of one event in one mapping; `mapping` is '' when none matched. */
export interface DeliveryRecord {
  readonly seq: number
  readonly mapping: string
  readonly state: DeliveryState
  readonly reason: Reason | null
  readonly attempts: number
  readonly firstAttemptAt: number | null
  readonly dueAt: number | null
  readonly unknown: boolean
  /** Ids of earlier calls that carried it, oldest first. */
  readonly earlierCalls: readonly number[]
  /** Position in `Entry.calls` of the call that decided it; null when none was made. */
  readonly call: number | null
}

/** One page of outcomes, committed as one: the deliveries, the calls that made them, the books and the new position. */
export interface Entry {
  readonly sync: string
  readonly source: string
  /** Revision of the sync's configuration that made these deliveries. */
  readonly revision: number
  /** True when no delivery of these events was recorded for this sync before. */
  readonly fresh: boolean
  /** New position of the reader; null leaves it. */
  readonly position: number | null
  readonly deliveries: readonly DeliveryRecord[]
  /** Events whose earlier "no mapping matched" is overtaken by `deliveries`. */
  readonly rematched: readonly number[]
  readonly calls: readonly Receipt[]
  readonly now: number
}

/** A delivery that waits for its next try. */
export interface DueDelivery {
  readonly seq: number
  readonly mapping: string
  readonly attempts: number
  readonly firstAttemptAt: number | null
  readonly unknown: boolean
  readonly calls: readonly number[]
}

/** What every sync remembers: how far it has read, what became of each event, and the books. */
export interface Journal {
  /** Starts a sync at `startSeq` unless it has a place already; `base` is what its source had taken in by then. */
  attach(
    reader: Pick<Reader, 'sync' | 'source' | 'startSeq'>,
    base: { accepted: number; duplicate: number },
  ): Promise<Reader>
  readers(): Promise<readonly Reader[]>
  /** Forgets the place of a sync that is gone and whose events are all settled. */
  detach(sync: string): Promise<void>
  record(entry: Entry): Promise<void>
  /** Says that the calls of a sync fail, or (null) that they work again. */
  setFailing(sync: string, failing: Failing | null): Promise<void>
  /** Events after the reader's position whose deliveries are recorded already: pages that finished out of order. */
  recordedAfter(sync: string, position: number): Promise<ReadonlySet<number>>
  /** Deliveries whose next try is due, oldest due first. */
  due(sync: string, now: number, limit: number): Promise<readonly DueDelivery[]>
  /** When the next try is due; null when none waits. */
  nextDueAt(sync: string): Promise<number | null>
  /** Everything but `pending`, which the intake of the source closes; see `closeBooks`. */
  verdicts(scope: 'sync' | 'source', name: string): Promise<Verdicts>
  base(sync: string): Promise<{ readonly accepted: number; readonly duplicate: number }>
}

export function openJournal({ db, rows }: State): Journal {
  return {
    async attach({ sync, source, startSeq }, base) {
      await db
        .insertInto('readers')
        .values({
          sync,
          source,
          start_seq: startSeq,
          position: startSeq,
          base_accepted: base.accepted,
          base_duplicate: base.duplicate,
          last_delivered_at: null,
          failing_since: null,
          retry_at: null,
          failure: null,
        })
        .onConflict((on) => on.column('sync').doNothing())
        .execute()
      return toReader(await db.selectFrom('readers').selectAll().where('sync', '=', sync).executeTakeFirstOrThrow())
    },

    async readers() {
      return (await db.selectFrom('readers').selectAll().orderBy('sync').execute()).map(toReader)
    },

    async detach(sync) {
      await db.deleteFrom('readers').where('sync', '=', sync).execute()
    },

    record: (entry) => db.transaction().execute((step) => record({ db: step, rows }, entry)),

    async setFailing(sync, failing) {
      await db
        .updateTable('readers')
        .set({
          failing_since: failing?.since ?? null,
          retry_at: failing?.retryAt ?? null,
          failure: failing?.message ?? null,
        })
        .where('sync', '=', sync)
        .execute()
    },

    async recordedAfter(sync, position) {
      const found = await db
        .selectFrom('deliveries')
        .select('seq')
        .distinct()
        .where('sync', '=', sync)
        .where('seq', '>', position)
        .execute()
      return new Set(found.map(({ seq }) => seq))
    },

    async due(sync, now, limit) {
      const found = await db
        .selectFrom('deliveries')
        .select(['seq', 'mapping', 'attempts', 'first_attempt_at', 'unknown', 'calls'])
        .where('sync', '=', sync)
        .where('state', '=', 'retry')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit)
        .execute()
      return found.map((row) => ({
        seq: row.seq,
        mapping: row.mapping,
        attempts: row.attempts,
        firstAttemptAt: row.first_attempt_at,
        unknown: row.unknown === 1,
        calls: JSON.parse(row.calls) as number[],
      }))
    },

    async nextDueAt(sync) {
      const { next } = await db
        .selectFrom('deliveries')
        .select((of) => of.fn.min('due_at').as('next'))
        .where('sync', '=', sync)
        .where('state', '=', 'retry')
        .executeTakeFirstOrThrow()
      return next
    },

    async verdicts(scope, name) {
      const row = await db
        .selectFrom('books')
        .select(['filtered', 'suppressed', 'delivered', 'dead'])
        .where('scope', '=', scope)
        .where('name', '=', name)
        .executeTakeFirst()
      return row ?? NO_VERDICTS
    },

    async base(sync) {
      const row = await db
        .selectFrom('readers')
        .select(['base_accepted as accepted', 'base_duplicate as duplicate'])
        .where('sync', '=', sync)
        .executeTakeFirst()
      return row ?? { accepted: 0, duplicate: 0 }
    },
  }
}

async function record(step: Step, entry: Entry): Promise<void> {
  const { db } = step
  const readers = (await db.selectFrom('readers').selectAll().where('source', '=', entry.source).execute()).map(
    toReader,
  )
  const seqs = [...new Set(entry.deliveries.map(({ seq }) => seq))]
  // The common case needs no look at the table: first deliveries of a source's only sync.
  const alone = entry.fresh && readers.length === 1

  const before = alone ? new Map() : await standingsOf(step, seqs)
  const callIds = await insertCalls(db, entry.sync, entry.calls)
  await dropUnmatched(db, entry)
  await upsertDeliveries(step, entry, callIds)
  const after = alone
    ? groupStandings(entry.deliveries.map(({ seq, state }) => ({ seq, sync: entry.sync, state })))
    : await standingsOf(step, seqs)

  await moveBooks(db, 'sync', entry.sync, syncChanges(entry.sync, seqs, before, after))
  await moveBooks(db, 'source', entry.source, sourceChanges(readers, seqs, before, after))
  await countVolume(db, entry)
  await moveReader(db, entry)
}

async function moveReader(db: Kysely<Schema>, { sync, position, deliveries, now }: Entry): Promise<void> {
  const moved = {
    ...(position !== null && { position }),
    ...(deliveries.some(({ state }) => state === 'delivered') && { last_delivered_at: now }),
  }
  if (Object.keys(moved).length === 0) return
  await db.updateTable('readers').set(moved).where('sync', '=', sync).execute()
}

async function insertCalls(db: Kysely<Schema>, sync: string, calls: readonly Receipt[]): Promise<readonly number[]> {
  if (calls.length === 0) return []
  const inserted = await db
    .insertInto('calls')
    .values(
      calls.map((call) => ({
        sync,
        sent_at: call.sentAt,
        duration_ms: Math.round(call.durationMs),
        method: call.method,
        url: call.url,
        status: call.status,
        code: call.code,
        message: call.message,
        request_id: call.requestId,
        items: call.items,
      })),
    )
    .returning('id')
    .execute()
  return inserted.map(({ id }) => id)
}

async function upsertDeliveries({ db, rows }: Step, entry: Entry, callIds: readonly number[]): Promise<void> {
  if (entry.deliveries.length === 0) return
  const records = entry.deliveries.map((delivery) => ({
    seq: delivery.seq,
    mapping: delivery.mapping,
    state: delivery.state,
    reason_code: delivery.reason?.code ?? null,
    reason: delivery.reason && JSON.stringify(delivery.reason),
    attempts: delivery.attempts,
    first_attempt_at: delivery.firstAttemptAt,
    due_at: delivery.dueAt,
    unknown: delivery.unknown ? 1 : 0,
    calls: JSON.stringify([...delivery.earlierCalls, ...(delivery.call === null ? [] : [callIds[delivery.call]!])]),
  }))
  const table = rows(JSON.stringify(records), {
    seq: 'bigint',
    mapping: 'text',
    state: 'text',
    reason_code: 'text',
    reason: 'text',
    attempts: 'bigint',
    first_attempt_at: 'bigint',
    due_at: 'bigint',
    unknown: 'bigint',
    calls: 'text',
  })
  // "where true": without it SQLite takes "on conflict" for the beginning of a join.
  await sql`
    insert into deliveries (seq, sync, mapping, state, reason_code, reason, attempts, first_attempt_at, due_at, unknown,
      calls, revision, updated_at)
    select r.seq, ${entry.sync}, r.mapping, r.state, r.reason_code, r.reason, r.attempts, r.first_attempt_at, r.due_at,
      r.unknown, r.calls, ${entry.revision}, ${entry.now} from ${table} where true
    on conflict (seq, sync, mapping) do update set state = excluded.state, reason_code = excluded.reason_code,
      reason = excluded.reason, attempts = excluded.attempts, first_attempt_at = excluded.first_attempt_at,
      due_at = excluded.due_at, unknown = excluded.unknown, calls = excluded.calls, revision = excluded.revision,
      updated_at = excluded.updated_at`.execute(db)
}

async function dropUnmatched(db: Kysely<Schema>, { sync, rematched }: Entry): Promise<void> {
  if (rematched.length === 0) return
  await db
    .deleteFrom('deliveries')
    .where('sync', '=', sync)
    .where('mapping', '=', '')
    .where('seq', 'in', rematched)
    .execute()
}

async function countVolume(db: Kysely<Schema>, { sync, deliveries, now }: Entry): Promise<void> {
  const delivered = deliveries.filter(({ state }) => state === 'delivered').length
  const dead = deliveries.filter(({ state }) => state === 'dead').length
  if (delivered + dead === 0) return
  await db
    .insertInto('volume')
    .values({ minute: Math.floor(now / 60_000), sync, delivered, dead })
    .onConflict((on) =>
      on.columns(['minute', 'sync']).doUpdateSet({
        delivered: (of) => of('volume.delivered', '+', of.ref('excluded.delivered')),
        dead: (of) => of('volume.dead', '+', of.ref('excluded.dead')),
      }),
    )
    .execute()
}

function toReader(row: Schema['readers']): Reader {
  const { sync, source, start_seq, position, last_delivered_at, failing_since, retry_at, failure } = row
  const failing =
    failing_since === null ? null : { since: failing_since, retryAt: retry_at ?? failing_since, message: failure ?? '' }
  return { sync, source, startSeq: start_seq, position, lastDeliveredAt: last_delivered_at, failing }
}
