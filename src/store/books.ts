import { type Kysely, sql } from 'kysely'
import { type Books, type DeliveryState, type Standing, standingOf, standingOfDelivery } from '../core/books.ts'
import type { Schema } from './schema.ts'
import type { Step } from './state.ts'

/** The part of the books that verdicts make; the rest is what the source took in. */
export type Verdicts = Pick<Books, 'filtered' | 'suppressed' | 'delivered' | 'dead'>

export const NO_VERDICTS: Verdicts = { filtered: 0, suppressed: 0, delivered: 0, dead: 0 }

/** Event → sync → standing, for events that have any delivery. */
export type Standings = ReadonlyMap<number, ReadonlyMap<string, Standing>>

/** A sync that reads a source from a place on. */
interface Reading {
  readonly sync: string
  readonly source: string
  readonly startSeq: number
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

/** The same for their source, whose events stand where their worst sync stands; `readers` are the syncs of the source. */
export function sourceChanges(
  readers: readonly Reading[],
  seqs: readonly number[],
  before: Standings,
  after: Standings,
): Changes {
  return changes(seqs, (known, seq) => standingOfEvent(known.get(seq), readers, seq), before, after)
}

// A sync that has not looked at an event yet holds it pending; one that began later is not concerned.
function standingOfEvent(
  known: ReadonlyMap<string, Standing> | undefined,
  readers: readonly Reading[],
  seq: number,
): Standing {
  const concerned = readers.filter(({ startSeq, sync }) => startSeq < seq || known?.has(sync))
  return standingOf(concerned.map(({ sync }) => known?.get(sync) ?? 'pending'))
}

function changes(
  seqs: readonly number[],
  standing: (known: Standings, seq: number) => Standing,
  before: Standings,
  after: Standings,
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

/** Runs a change of some events' deliveries and moves the books of every sync and source it touches; within one transaction. */
export async function keepBooks(step: Step, seqs: readonly number[], change: () => Promise<void>): Promise<void> {
  const { db } = step
  const readers: Reading[] = await db
    .selectFrom('readers')
    .select(['sync', 'source', 'start_seq as startSeq'])
    .execute()
  const before = await standingsOf(step, seqs)
  await change()
  const after = await standingsOf(step, seqs)

  for (const [source, own] of Map.groupBy(readers, (reader) => reader.source)) {
    const touched = seqs.filter((seq) => own.some(({ sync }) => after.get(seq)?.has(sync)))
    if (touched.length === 0) continue
    await moveBooks(db, 'source', source, sourceChanges(own, touched, before, after))
    for (const { sync } of own) await moveBooks(db, 'sync', sync, syncChanges(sync, touched, before, after))
  }
}
