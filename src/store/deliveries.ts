import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { DeliveryState } from '../core/books.ts'
import type { Receipt } from '../core/errors.ts'
import type { Reason } from '../core/outcome.ts'
import { keepBooks, lockAllBooks } from './books.ts'
import { pruneDeliveries } from './prune_deliveries.ts'
import type { Schema } from './schema.ts'
import type { State, Step } from './state.ts'

export interface StoredDelivery {
  readonly seq: number
  readonly sync: string
  /** '' when no mapping matched. */
  readonly mapping: string
  readonly state: DeliveryState
  readonly reason: Reason | null
  readonly attempts: number
  readonly firstAttemptAt: number | null
  readonly dueAt: number | null
  readonly unknown: boolean
  readonly calls: readonly number[]
  readonly revision: number
  readonly updatedAt: number
}

/** Dead letters of one sync with one cause. */
export interface DeadGroup {
  readonly sync: string
  readonly reason: Reason
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly samples: readonly number[]
}

/** Which deliveries are meant; everything that is given must hold. */
export interface Choice {
  readonly sync?: string
  readonly code?: string
  readonly seqs?: readonly number[]
  readonly states: readonly DeliveryState[]
}

export interface ReplayCount {
  readonly events: number
  /** First tried more than 48 hours before `now`. */
  readonly outsideWindow: number
  /** Of those, how many TikTok may have taken. */
  readonly unknown: number
}

/** What became of each event, for people: the trace, the dead letters, the replay. */
export interface Deliveries {
  of(seqs: readonly number[]): Promise<readonly StoredDelivery[]>
  /** The newest places in a state, newest first. */
  inState(
    state: DeliveryState,
    filter: { sync?: string; code?: string; before?: number; limit: number },
  ): Promise<readonly number[]>
  calls(ids: readonly number[]): Promise<readonly (Receipt & { readonly id: number })[]>
  deadGroups(): Promise<readonly DeadGroup[]>
  countReplay(choice: Choice, now: number): Promise<ReplayCount>
  /** Puts the chosen deliveries in line again, now, with their `event_id`; returns how many events that are. */
  replay(choice: Choice, now: number): Promise<number>
  /** Verdicts per minute since `since`, over all syncs. */
  volume(
    since: number,
  ): Promise<readonly { readonly minute: number; readonly delivered: number; readonly dead: number }[]>
  /** Places between these two that a person may still want: dead letters and what waits for a try. */
  openBetween(first: number, last: number): Promise<readonly number[]>
  /**
   * Forgets what became of events that are settled since before `before`, and the calls and the volume of that time; returns
   * how many events that were. Dead letters and what waits for a try stay, with their reasons. The books do not change.
   */
  prune(before: number): Promise<number>
}

/** How long TikTok knows an event_id again; after that, a repetition counts as another event. */
const WINDOW_MS = 48 * 3_600_000
/** How long after the first try a delivery is repeated without asking; an hour less, for clocks and long calls. */
export const RETRY_WINDOW_MS = WINDOW_MS - 3_600_000
const SAMPLES = 5
// A replay of a million dead letters is a million small changes; each step stays short for the others.
const REPLAY_STEP = 5000

export function openDeliveries(state: State): Deliveries {
  const { db } = state
  return {
    async of(seqs) {
      if (seqs.length === 0) return []
      const found = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('seq', 'in', seqs)
        .orderBy('seq')
        .orderBy('sync')
        .orderBy('mapping')
        .execute()
      return found.map(toDelivery)
    },

    async inState(wanted, { sync, code, before, limit }) {
      let query = db.selectFrom('deliveries').select('seq').distinct().where('state', '=', wanted)
      if (sync !== undefined) query = query.where('sync', '=', sync)
      if (code !== undefined) query = query.where('reason_code', '=', code)
      if (before !== undefined) query = query.where('seq', '<', before)
      const found = await query.orderBy('seq', 'desc').limit(limit).execute()
      return found.map(({ seq }) => seq)
    },

    async calls(ids) {
      if (ids.length === 0) return []
      const found = await db.selectFrom('calls').selectAll().where('id', 'in', ids).orderBy('id', 'desc').execute()
      return found.map((row) => ({
        id: row.id,
        method: row.method,
        url: row.url,
        sentAt: row.sent_at,
        durationMs: row.duration_ms,
        status: row.status,
        code: row.code,
        message: row.message,
        requestId: row.request_id,
        items: row.items,
      }))
    },

    async deadGroups() {
      const groups = await db
        .selectFrom('deliveries')
        .select(['sync', 'reason_code'])
        .select((of) => [
          of.fn.countAll<number>().as('count'),
          of.fn.min('updated_at').as('firstAt'),
          of.fn.max('updated_at').as('lastAt'),
        ])
        .where('state', '=', 'dead')
        .groupBy(['sync', 'reason_code'])
        .orderBy('count', 'desc')
        .execute()
      return Promise.all(groups.map((group) => withSamples(db, group)))
    },

    async countReplay(choice, now) {
      const found = await chosen(state, choice)
        .select((of) => [
          of.fn.count<number>('seq').distinct().as('events'),
          of.fn
            .sum<number | null>(sql`case when first_attempt_at < ${now - WINDOW_MS} then 1 else 0 end`)
            .as('outsideWindow'),
          of.fn
            .sum<number | null>(sql`case when first_attempt_at < ${now - WINDOW_MS} and unknown = 1 then 1 else 0 end`)
            .as('unknown'),
        ])
        .executeTakeFirstOrThrow()
      return {
        events: Number(found.events),
        outsideWindow: Number(found.outsideWindow ?? 0),
        unknown: Number(found.unknown ?? 0),
      }
    },

    async replay(choice, now) {
      const replayed = new Set<number>()
      for (let after: DeliveryKey | null = null; ; ) {
        const step: readonly DeliveryKey[] = await replaySome(state, choice, after, now)
        for (const { seq } of step) replayed.add(seq)
        if (step.length < REPLAY_STEP) return replayed.size
        after = step.at(-1)!
      }
    },

    async volume(since) {
      const found = await db
        .selectFrom('volume')
        .select('minute')
        .select((of) => [of.fn.sum<number>('delivered').as('delivered'), of.fn.sum<number>('dead').as('dead')])
        .where('minute', '>=', Math.floor(since / 60_000))
        .groupBy('minute')
        .orderBy('minute')
        .execute()
      return found.map(({ minute, delivered, dead }) => ({ minute, delivered: Number(delivered), dead: Number(dead) }))
    },

    async openBetween(first, last) {
      const found = await db
        .selectFrom('deliveries')
        .select('seq')
        .distinct()
        .where('seq', '>=', first)
        .where('seq', '<=', last)
        .where('state', 'in', ['dead', 'retry'])
        .execute()
      return found.map(({ seq }) => seq)
    },

    prune: (before) => pruneDeliveries(state, before),
  }
}

async function withSamples(
  db: Kysely<Schema>,
  group: { sync: string; reason_code: string | null; count: number; firstAt: number; lastAt: number },
): Promise<DeadGroup> {
  const newest = await db
    .selectFrom('deliveries')
    .select(['seq', 'reason'])
    .where('state', '=', 'dead')
    .where('sync', '=', group.sync)
    .where('reason_code', 'is not distinct from', group.reason_code)
    .orderBy('seq', 'desc')
    .limit(SAMPLES)
    .execute()
  const { sync, firstAt, lastAt } = group
  const reason = JSON.parse(newest[0]?.reason ?? '{"code":"unknown","message":""}') as Reason
  return { sync, reason, count: Number(group.count), firstAt, lastAt, samples: newest.map(({ seq }) => seq) }
}

// A removed sync has nobody who would send what is put in line again.
function chosen(
  { db, rows }: Step,
  { sync, code, seqs, states }: Choice,
): SelectQueryBuilder<Schema, 'deliveries', object> {
  const attached = db.selectFrom('readers').select('readers.sync').where('end_seq', 'is', null)
  let query = db.selectFrom('deliveries').where('state', 'in', states).where('sync', 'in', attached)
  if (sync !== undefined) query = query.where('sync', '=', sync)
  if (code !== undefined) query = query.where('reason_code', '=', code)
  if (seqs !== undefined) {
    const table = rows(JSON.stringify(seqs.map((seq) => ({ seq }))), { seq: 'bigint' })
    query = query.where('seq', 'in', sql<number>`(select r.seq from ${table})`)
  }
  return query
}

type DeliveryKey = Pick<StoredDelivery, 'seq' | 'sync' | 'mapping'>

function replaySome(
  state: State,
  choice: Choice,
  after: DeliveryKey | null,
  now: number,
): Promise<readonly DeliveryKey[]> {
  return state.db.transaction().execute(async (db) => {
    const step = { ...state, db }
    // Before choosing: what is chosen must not be sent in the meantime.
    await lockAllBooks(db)
    const page = chosen(step, choice).select(['seq', 'sync', 'mapping'])
    const rest = after
      ? page.where(sql<boolean>`(seq, sync, mapping) > (${after.seq}, ${after.sync}, ${after.mapping})`)
      : page
    const found = await rest.orderBy('seq').orderBy('sync').orderBy('mapping').limit(REPLAY_STEP).execute()
    const seqs = [...new Set(found.map(({ seq }) => seq))]
    await keepBooks(step, seqs, () => putInLine(step, found, now))
    return found
  })
}

// After the window a person has decided that it goes again, whatever TikTok may have taken: tries are counted anew.
async function putInLine({ db, rows }: Step, keys: readonly DeliveryKey[], now: number): Promise<void> {
  const table = rows(JSON.stringify(keys), { seq: 'bigint', sync: 'text', mapping: 'text' })
  const closed = now - RETRY_WINDOW_MS
  await sql`
    update deliveries set state = 'retry', due_at = ${now}, updated_at = ${now},
      unknown = case when first_attempt_at < ${closed} then 0 else unknown end,
      first_attempt_at = case when first_attempt_at < ${closed} then null else first_attempt_at end
    where (seq, sync, mapping) in (select r.seq, r.sync, r.mapping from ${table})`.execute(db)
}

function toDelivery(row: Schema['deliveries']): StoredDelivery {
  return {
    seq: row.seq,
    sync: row.sync,
    mapping: row.mapping,
    state: row.state,
    reason: row.reason === null ? null : (JSON.parse(row.reason) as Reason),
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    dueAt: row.due_at,
    unknown: row.unknown === 1,
    calls: JSON.parse(row.calls) as number[],
    revision: row.revision,
    updatedAt: row.updated_at,
  }
}
