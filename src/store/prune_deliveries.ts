import { sql } from 'kysely'
import type { State } from './state.ts'

// Each step is short, so that the syncs do not notice.
const STEP = 5000

/** Drops what became of events, oldest first, where all of it is settled since before `before`; returns how many events. */
export async function pruneDeliveries(state: State, before: number): Promise<number> {
  const isReadByAll = await readProgress(state)
  let dropped = 0
  for (let after = 0; ; ) {
    const page = await readPage(state, after)
    const settled = page.filter((one) => !one.isOpen && one.changedAt < before && isReadByAll(one))
    dropped += settled.length
    await drop(state, settled)
    // Places grow with time, but for the few that were tried for long: newer pages hold nothing old.
    const hasOnlyNewer = page.every(({ isOpen, changedAt }) => !isOpen && changedAt >= before)
    if (page.length < STEP || hasOnlyNewer) break
    after = page.at(-1)!.seq
  }
  await state.db.deleteFrom('calls').where('sent_at', '<', before).execute()
  await state.db
    .deleteFrom('volume')
    .where('minute', '<', Math.floor(before / 60_000))
    .execute()
  return dropped
}

interface Delivered {
  readonly seq: number
  /** One of its syncs. */
  readonly sync: string
  readonly isOpen: boolean
  readonly changedAt: number
}

async function readPage({ db }: State, after: number): Promise<readonly Delivered[]> {
  const found = await db
    .selectFrom('deliveries')
    .select('seq')
    .select((of) => [
      of.fn.min('sync').as('sync'),
      of.fn.max('updated_at').as('changedAt'),
      of.fn.max<number>(sql`case when state in ('dead', 'retry') then 1 else 0 end`).as('open'),
    ])
    .where('seq', '>', after)
    .groupBy('seq')
    .orderBy('seq')
    .limit(STEP)
    .execute()
  return found.map(({ seq, sync, changedAt, open }) => ({ seq, sync, changedAt, isOpen: Number(open) === 1 }))
}

/** Says whether every sync of an event's source has read it: one that has not will ask what the others made of it. */
async function readProgress({ db }: State): Promise<(event: Delivered) => boolean> {
  const readers = await db.selectFrom('readers').select(['sync', 'source', 'position', 'end_seq']).execute()
  const sourceOf = new Map(readers.map(({ sync, source }) => [sync, source]))
  const attached = readers.filter(({ end_seq }) => end_seq === null)
  const progress = new Map(
    [...Map.groupBy(attached, ({ source }) => source)].map(([source, all]) => {
      return [source, Math.min(...all.map(({ position }) => position))]
    }),
  )
  return ({ seq, sync }) => seq <= (progress.get(sourceOf.get(sync) ?? '') ?? Number.POSITIVE_INFINITY)
}

async function drop({ db, rows }: State, events: readonly Delivered[]): Promise<void> {
  if (events.length === 0) return
  const table = rows(JSON.stringify(events.map(({ seq }) => ({ seq }))), { seq: 'bigint' })
  await sql`delete from deliveries where seq in (select r.seq from ${table})`.execute(db)
}
