import { type Kysely, sql } from 'kysely'
import { type Books, type DeliveryState, type Standing, standingOf, standingOfDelivery } from '../core/books.ts'
import type { ReaderRow, Schema } from './schema.ts'
import type { Step } from './state.ts'

/** The part of the books that verdicts make; the rest is what the source took in. */
export type Verdicts = Pick<Books, 'filtered' | 'suppressed' | 'delivered' | 'dead'>

export const NO_VERDICTS: Verdicts = { filtered: 0, suppressed: 0, delivered: 0, dead: 0 }

/** Event → sync → standing, for events that have any delivery. */
export type Standings = ReadonlyMap<number, ReadonlyMap<string, Standing>>

/** What a source's events are to one of its syncs: its business after `start_seq`, and up to `end_seq` once it has left. */
export type Reading = Pick<ReaderRow, 'sync' | 'source' | 'first_seq' | 'start_seq' | 'end_seq'>

/** What the standing of a source's events is told from. */
export interface View {
  readonly readings: readonly Reading[]
  readonly standings: Standings
}

export async function standingsOf({ db, rows }: Step, seqs: readonly number[]): Promise<Standings> {
  const wanted = rows(JSON.stringify(seqs.map((seq) => ({ seq }))), { seq: 'bigint' })
  const { rows: found } = await sql<{ seq: number; sync: string; state: DeliveryState }>`
    select d.seq, d.sync, d.state from ${wanted} join deliveries d on d.seq = r.seq`.execute(db)
  return groupStandings(found)
}

export function groupStandings(found: readonly { seq: number; sync: string; state: DeliveryState }[]): Standings {
  const events = new Map<number, Map<string, Standing>>()
  for (const { seq, sync, state } of found) {
    const syncs = events.get(seq) ?? new Map<string, Standing>()
    const known = syncs.get(sync)
    const standing = standingOfDelivery(state)
    syncs.set(sync, known ? standingOf([known, standing]) : standing)
    events.set(seq, syncs)
  }
  return events
}

type Changes = { -readonly [line in keyof Verdicts]: number }

/** What the books of a sync must move by when its events stood as `before` and now stand as `after`. */
export function syncChanges(sync: string, seqs: readonly number[], before: Standings, after: Standings): Changes {
  return changes(seqs, (known, seq) => known.get(seq)?.get(sync) ?? 'pending', before, after)
}

/** The same for their source, whose events stand where their worst sync stands. */
export function sourceChanges(seqs: readonly number[], before: View, after: View): Changes {
  return changes(seqs, standingOfEvent, before, after)
}

// A sync that has not looked at an event yet holds it pending; one that began later, or left before, is not concerned.
function standingOfEvent({ readings, standings }: View, seq: number): Standing {
  const known = standings.get(seq)
  const concerned = readings.filter((reading) => isConcerned(reading, seq) || known?.has(reading.sync))
  return standingOf(concerned.map(({ sync }) => known?.get(sync) ?? 'pending'))
}

/** Whether an event of its source is a sync's business, recorded or not. */
function isConcerned({ start_seq, end_seq }: Reading, seq: number): boolean {
  return start_seq < seq && (end_seq === null || seq <= end_seq)
}

function changes<Known>(
  seqs: readonly number[],
  standing: (known: Known, seq: number) => Standing,
  before: Known,
  after: Known,
): Changes {
  const moved: Changes = { ...NO_VERDICTS }
  for (const seq of seqs) {
    const was = standing(before, seq)
    const is = standing(after, seq)
    if (was === is) continue
    if (was !== 'pending') moved[was]--
    if (is !== 'pending') moved[is]++
  }
  return moved
}

export async function moveBooks(
  db: Kysely<Schema>,
  scope: 'sync' | 'source',
  name: string,
  moved: Verdicts,
): Promise<void> {
  await db
    .insertInto('books')
    .values({ scope, name, ...moved })
    .onConflict((on) =>
      on.columns(['scope', 'name']).doUpdateSet({
        filtered: (of) => of('books.filtered', '+', of.ref('excluded.filtered')),
        suppressed: (of) => of('books.suppressed', '+', of.ref('excluded.suppressed')),
        delivered: (of) => of('books.delivered', '+', of.ref('excluded.delivered')),
        dead: (of) => of('books.dead', '+', of.ref('excluded.dead')),
      }),
    )
    .execute()
}

/**
 * Waits until nobody else moves the books of a source, and holds them until the transaction ends. Two syncs of a source
 * that look at the same event at the same time would otherwise both find it pending for the other.
 */
export async function lockBooks(db: Kysely<Schema>, source: string): Promise<void> {
  await moveBooks(db, 'source', source, NO_VERDICTS)
}

/** Holds the books of every source; gives their names. */
export async function lockAllBooks(db: Kysely<Schema>): Promise<readonly string[]> {
  // Always in the same order, so that no two transactions wait for each other.
  const found = await db.selectFrom('readers').select('source').distinct().orderBy('source').execute()
  for (const { source } of found) await lockBooks(db, source)
  return found.map(({ source }) => source)
}

/** The syncs that read a source, or did. */
export function readingsOf(db: Kysely<Schema>, source: string): Promise<Reading[]> {
  return db
    .selectFrom('readers')
    .select(['sync', 'source', 'first_seq', 'start_seq', 'end_seq'])
    .where('source', '=', source)
    .execute()
}

/** Runs a change of some events' deliveries and moves the books of every sync and source it touches; within one transaction. */
export async function keepBooks(step: Step, seqs: readonly number[], change: () => Promise<void>): Promise<void> {
  const { db } = step
  const sources = await lockAllBooks(db)
  const before = await standingsOf(step, seqs)
  await change()
  const after = await standingsOf(step, seqs)

  for (const source of sources) {
    const readings = await readingsOf(db, source)
    const own = seqs.filter((seq) => readings.some(({ sync }) => after.get(seq)?.has(sync)))
    if (own.length === 0) continue
    const moved = sourceChanges(own, { readings, standings: before }, { readings, standings: after })
    await moveBooks(db, 'source', source, moved)
    for (const { sync } of readings) await moveBooks(db, 'sync', sync, syncChanges(sync, own, before, after))
  }
}
