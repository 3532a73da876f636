import { type Kysely, sql } from 'kysely'
import type { Receipt } from '../core/errors.ts'
import type { Reason } from '../core/outcome.ts'
import {
  groupStandings,
  lockBooks,
  moveBooks,
  type Reading,
  readingsOf,
  sourceChanges,
  standingsOf,
  syncChanges,
} from './books.ts'
import type { DeliveryRecord, Entry } from './journal.ts'
import type { Schema } from './schema.ts'
import type { Step } from './state.ts'
import { toColumn } from './text.ts'

/** Writes a page of outcomes; within one transaction. */
export async function record(step: Step, page: Entry): Promise<void> {
  const { db } = step
  await lockBooks(db, page.source)
  const readings = await readingsOf(db, page.source)
  const entry = isGone(readings, page.sync) ? { ...page, deliveries: page.deliveries.map(giveUp) } : page
  const seqs = [...new Set(entry.deliveries.map(({ seq }) => seq))]
  // The common case needs no look at the table: first deliveries of events that are nobody else's business.
  const alone = entry.fresh && !isShared(readings, entry.sync, seqs)

  const before = alone ? new Map() : await standingsOf(step, seqs)
  const callIds = await insertCalls(step, entry.sync, entry.calls)
  await dropUnmatched(step, entry)
  await upsertDeliveries(step, entry, callIds)
  const after = alone
    ? groupStandings(entry.deliveries.map(({ seq, state }) => ({ seq, sync: entry.sync, state })))
    : await standingsOf(step, seqs)

  await moveBooks(db, 'sync', entry.sync, syncChanges(entry.sync, seqs, before, after))
  const moved = sourceChanges(seqs, { readings, standings: before }, { readings, standings: after })
  await moveBooks(db, 'source', entry.source, moved)
  await countVolume(db, entry)
  await moveReader(db, entry)
}

function isShared(readings: readonly Reading[], sync: string, seqs: readonly number[]): boolean {
  const others = readings.filter((reading) => reading.sync !== sync)
  return others.some(({ first_seq, end_seq }) =>
    seqs.some((seq) => first_seq < seq && (end_seq === null || seq <= end_seq)),
  )
}

/** Removed while its last calls were under way. */
function isGone(readings: readonly Reading[], sync: string): boolean {
  return readings.some((reading) => reading.sync === sync && reading.end_seq !== null)
}

function giveUp(delivery: DeliveryRecord): DeliveryRecord {
  return delivery.state === 'retry' ? { ...delivery, state: 'dead', reason: SYNC_REMOVED, dueAt: null } : delivery
}

/** Why an event of a removed sync is not sent any more. */
export const SYNC_REMOVED: Reason = {
  code: 'sync.removed',
  message: 'The sync was removed before this event was sent',
  remedy: 'Make a sync of the same name, then replay',
}

async function moveReader(db: Kysely<Schema>, { sync, position, deliveries, now }: Entry): Promise<void> {
  const moved = {
    ...(position !== null && { position }),
    ...(deliveries.some(({ state }) => state === 'delivered') && { last_delivered_at: now }),
  }
  if (Object.keys(moved).length === 0) return
  await db.updateTable('readers').set(moved).where('sync', '=', sync).execute()
}

async function insertCalls({ db, rows }: Step, sync: string, calls: readonly Receipt[]): Promise<readonly number[]> {
  if (calls.length === 0) return []
  const records = calls.map((call) => ({
    sent_at: call.sentAt,
    duration_ms: Math.round(call.durationMs),
    method: call.method,
    url: call.url,
    status: call.status,
    code: call.code,
    message: toColumn(call.message),
    request_id: call.requestId && toColumn(call.requestId),
    items: call.items,
  }))
  const table = rows(JSON.stringify(records), {
    sent_at: 'bigint',
    duration_ms: 'bigint',
    method: 'text',
    url: 'text',
    status: 'bigint',
    code: 'bigint',
    message: 'text',
    request_id: 'text',
    items: 'bigint',
  })
  const { rows: inserted } = await sql<{ id: number }>`
    insert into calls (sync, sent_at, duration_ms, method, url, status, code, message, request_id, items)
    select ${sync}, r.sent_at, r.duration_ms, r.method, r.url, r.status, r.code, r.message, r.request_id, r.items
    from ${table} returning id`.execute(db)
  // Ids grow in the order of the rows; in which order they come back is not promised.
  return inserted.map(({ id }) => id).sort((a, b) => a - b)
}

const DELIVERY_COLUMNS = {
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
} as const

type Column = keyof typeof DELIVERY_COLUMNS

async function upsertDeliveries(step: Step, entry: Entry, callIds: readonly number[]): Promise<void> {
  if (entry.deliveries.length === 0) return
  const records = entry.deliveries.map((delivery) => toRecord(delivery, callIds))
  const { table, columns } = tableOf(step, records)
  // "where true": without it SQLite takes "on conflict" for the beginning of a join.
  await sql`
    insert into deliveries (${sql.join(COLUMN_NAMES.map((name) => sql.ref(name)))}, sync, revision, updated_at)
    select ${sql.join(columns)}, ${entry.sync}, ${entry.revision}, ${entry.now} from ${table} where true
    on conflict (seq, sync, mapping) do update set state = excluded.state, reason_code = excluded.reason_code,
      reason = excluded.reason, attempts = excluded.attempts, first_attempt_at = excluded.first_attempt_at,
      due_at = excluded.due_at, unknown = excluded.unknown, calls = excluded.calls, revision = excluded.revision,
      updated_at = excluded.updated_at`.execute(step.db)
}

const COLUMN_NAMES = Object.keys(DELIVERY_COLUMNS) as Column[]

type DeliveryColumns = { readonly [column in Column]: string | number | null }

function toRecord(delivery: Entry['deliveries'][number], callIds: readonly number[]): DeliveryColumns {
  const { earlierCalls, call, reason } = delivery
  return {
    seq: delivery.seq,
    mapping: delivery.mapping,
    state: delivery.state,
    reason_code: reason?.code ?? null,
    reason: reason && JSON.stringify(reason),
    attempts: delivery.attempts,
    first_attempt_at: delivery.firstAttemptAt,
    due_at: delivery.dueAt,
    unknown: delivery.unknown ? 1 : 0,
    calls: JSON.stringify(call === null ? earlierCalls : [...earlierCalls, callIds[call]!]),
  }
}

/** The records as a table. Deliveries of one call are alike but for their places, and what is alike is said once. */
function tableOf({ rows }: Step, records: readonly DeliveryColumns[]) {
  const first = records[0]!
  const varies = (name: Column) => name === 'seq' || records.some((record) => record[name] !== first[name])
  const varying = COLUMN_NAMES.filter(varies)
  const types = Object.fromEntries(varying.map((name) => [name, DELIVERY_COLUMNS[name]]))
  return {
    table: rows(JSON.stringify(records, varying), types),
    columns: COLUMN_NAMES.map((name) =>
      varying.includes(name)
        ? sql`r.${sql.ref(name)}`
        : sql`cast(${first[name]} as ${sql.raw(DELIVERY_COLUMNS[name])})`,
    ),
  }
}

async function dropUnmatched({ db, rows }: Step, { sync, rematched }: Entry): Promise<void> {
  if (rematched.length === 0) return
  const seqs = rows(JSON.stringify(rematched.map((seq) => ({ seq }))), { seq: 'bigint' })
  await sql`delete from deliveries where sync = ${sync} and mapping = '' and seq in (select r.seq from ${seqs})`.execute(
    db,
  )
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
