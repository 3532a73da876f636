import { type Kysely, sql } from 'kysely'
import { lockBooks, moveBooks, NO_VERDICTS, type Reading, readingsOf, sourceChanges, standingsOf } from './books.ts'
import type { Reader } from './journal.ts'
import type { Intake, Queue } from './queue.ts'
import type { ReaderRow, Schema } from './schema.ts'
import type { Step } from './state.ts'

/** Gives a sync its place unless it has one; within one transaction. */
export async function attach(step: Step, sync: string, source: string, queue: Pick<Queue, 'intake'>): Promise<Reader> {
  const { db } = step
  await lockBooks(db, source)
  const known = await readerOf(db, sync)
  if (known && known.source !== source) {
    throw new Error(
      `Cannot attach the sync "${sync}" to the source "${source}": its deliveries are those of the source "${known.source}"; use another name`,
    )
  }
  if (known && known.end_seq === null) return toReader(known)

  // Only now, when no other sync of the source can begin or record anything: what it has taken in by now is nobody's
  // business any more, or that of the others.
  const intake = await queue.intake(source)
  const others = await readingsOf(db, source)
  if (others.every(({ end_seq }) => end_seq !== null)) await filterUnread(db, source, intake)
  return toReader(await begin(db, sync, source, known?.first_seq ?? intake.lastSeq, intake))
}

async function begin(
  db: Kysely<Schema>,
  sync: string,
  source: string,
  firstSeq: number,
  intake: Intake,
): Promise<ReaderRow> {
  const row: ReaderRow = {
    sync,
    source,
    first_seq: firstSeq,
    start_seq: intake.lastSeq,
    end_seq: null,
    position: intake.lastSeq,
    base_accepted: intake.accepted - (await settledBy(db, 'sync', sync)),
    base_duplicate: intake.duplicate,
    last_delivered_at: null,
    failing_since: null,
    retry_at: null,
    failure: null,
  }
  await db
    .insertInto('readers')
    .values(row)
    .onConflict((on) => on.column('sync').doUpdateSet(row))
    .execute()
  return row
}

// Nobody reads the source, and who reads it now begins with the next event: what has no verdict will never get one.
async function filterUnread(db: Kysely<Schema>, source: string, { accepted, duplicate }: Intake): Promise<void> {
  const unread = accepted - duplicate - (await settledBy(db, 'source', source))
  await moveBooks(db, 'source', source, { ...NO_VERDICTS, filtered: unread })
}

async function settledBy(db: Kysely<Schema>, scope: 'sync' | 'source', name: string): Promise<number> {
  const row = await db
    .selectFrom('books')
    .select(['filtered', 'suppressed', 'delivered', 'dead'])
    .where('scope', '=', scope)
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? row.filtered + row.suppressed + row.delivered + row.dead : 0
}

/** Moves the books of a source whose syncs have changed: other syncs may be done with events after a place already. */
async function countAgain(step: Step, source: string, after: number, before: readonly Reading[]): Promise<void> {
  const { db } = step
  const readings = await readingsOf(db, source)
  const found = await db
    .selectFrom('deliveries')
    .select('seq')
    .distinct()
    .where('seq', '>', after)
    .where('sync', 'in', sql<string>`(select sync from readers where source = ${source})`)
    .execute()
  const seqs = found.map(({ seq }) => seq)
  const standings = await standingsOf(step, seqs)
  const moved = sourceChanges(seqs, { readings: before, standings }, { readings, standings })
  await moveBooks(db, 'source', source, moved)
}

/**
 * Takes a sync away from its source, within one transaction; false when it has to settle something first: a delivery that
 * waits for a try, or events that came before another sync began and would be nobody's business.
 */
export async function detach(step: Step, sync: string): Promise<boolean> {
  const { db } = step
  const reader = await readerOf(db, sync)
  if (!reader || reader.end_seq !== null) return true
  const { source, position } = reader
  await lockBooks(db, source)
  const before = await readingsOf(db, source)
  const isGap = before.some(({ end_seq, start_seq }) => end_seq === null && start_seq > position)
  if (isGap || (await isWaiting(db, sync))) return false
  await db.updateTable('readers').set({ end_seq: position }).where('sync', '=', sync).execute()
  await countAgain(step, source, position, before)
  return true
}

async function isWaiting(db: Kysely<Schema>, sync: string): Promise<boolean> {
  const waiting = db.selectFrom('deliveries').select('seq').where('sync', '=', sync).where('state', '=', 'retry')
  return (await waiting.limit(1).executeTakeFirst()) !== undefined
}

async function readerOf(db: Kysely<Schema>, sync: string): Promise<ReaderRow | undefined> {
  return db.selectFrom('readers').selectAll().where('sync', '=', sync).executeTakeFirst()
}

/** The syncs that read now. */
export async function listReaders(db: Kysely<Schema>): Promise<readonly Reader[]> {
  const rows = await db.selectFrom('readers').selectAll().where('end_seq', 'is', null).orderBy('sync').execute()
  return rows.map(toReader)
}

function toReader(row: ReaderRow): Reader {
  const { sync, source, start_seq, position, last_delivered_at, failing_since, retry_at, failure } = row
  const failing =
    failing_since === null ? null : { since: failing_since, retryAt: retry_at ?? failing_since, message: failure ?? '' }
  return { sync, source, startSeq: start_seq, position, lastDeliveredAt: last_delivered_at, failing }
}
