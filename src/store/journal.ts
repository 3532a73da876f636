import type { DeliveryState } from '../core/books.ts'
import type { Receipt } from '../core/errors.ts'
import type { Reason } from '../core/outcome.ts'
import { NO_VERDICTS, type Verdicts } from './books.ts'
import type { Intake, Queue } from './queue.ts'
import { attach, detach, listReaders } from './reading.ts'
import { record } from './record.ts'
import type { State } from './state.ts'
import { toColumn } from './text.ts'

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
  /**
   * Starts a sync with the next event of its source, unless it has a place already.
   * @throws Error when a sync of this name reads, or did read, another source.
   */
  attach(sync: string, source: string, queue: Pick<Queue, 'intake'>): Promise<Reader>
  /**
   * Takes a removed sync away from its source. Its deliveries stay; attached again, it begins anew with the next event.
   * False when something is left to settle first: events up to the newest one, or deliveries that wait for a try.
   */
  detach(sync: string): Promise<boolean>
  /** The syncs that are attached. */
  readers(): Promise<readonly Reader[]>
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
  /** What is taken off the intake of its source to give what the sync has accepted. */
  base(sync: string): Promise<Pick<Intake, 'accepted' | 'duplicate'>>
}

export function openJournal(state: State): Journal {
  const { db } = state
  return {
    attach: (sync, source, queue) =>
      state.db.transaction().execute((db) => attach({ ...state, db }, sync, source, queue)),
    detach: (sync) => state.db.transaction().execute((db) => detach({ ...state, db }, sync)),
    readers: () => listReaders(db),
    record: (entry) => state.db.transaction().execute((db) => record({ ...state, db }, entry)),

    async setFailing(sync, failing) {
      await db
        .updateTable('readers')
        .set({
          failing_since: failing?.since ?? null,
          retry_at: failing?.retryAt ?? null,
          failure: failing && toColumn(failing.message),
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
        .orderBy('seq')
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
