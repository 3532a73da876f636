import { closeBooks } from '../../core/books.ts'
import { type Deliveries, openDeliveries } from '../../store/deliveries.ts'
import { openJournal } from '../../store/journal.ts'
import type { Queue } from '../../store/queue.ts'
import type { Store } from '../../store/store.ts'
import { type Check, failed, ok } from './check.ts'

/** What a sync has done, all of it read at one instant. */
interface Standing {
  readonly sync: string
  readonly source: string
  readonly position: number
  /** `pending` without the intake: what is accepted since the base, less this, is pending. */
  readonly books: (accepted: number, duplicate: number) => number
  /** Events after the position that are recorded already. */
  readonly recorded: number
  /** Events that wait for another try. */
  readonly waiting: number
}

/** Whether, of every sync, the books' pending is what is unread and what waits for a try, event by event. */
export async function checkBooks(store: Store): Promise<readonly Check[]> {
  const standings = await readStandings(store)
  return Promise.all(standings.map((standing) => checkOne(store.queue, standing)))
}

async function checkOne(queue: Queue, { sync, source, position, books, recorded, waiting }: Standing): Promise<Check> {
  // Read after the standing: whatever came in since is unread in both counts.
  const { accepted, duplicate, lastSeq } = await queue.intake(source)
  const pending = books(accepted, duplicate)
  const unread = (await countPlaces(queue, source, position, lastSeq)) - recorded
  const found = `${pending} pending, ${unread} unread and ${waiting} waiting for a try`
  if (pending === unread + waiting) return ok(`Books of ${sync}`, found)
  const remedy = 'This is a fault of ours: keep the data directory as it is and report it'
  return failed(`Books of ${sync}`, found, remedy)
}

// Under one transaction, so that a worker that records a page meanwhile is seen before or after, never half-way.
function readStandings({ state }: Store): Promise<readonly Standing[]> {
  return state.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      const step = { ...state, db }
      const [journal, deliveries] = [openJournal(step), openDeliveries(step)]
      const standings: Standing[] = []
      for (const { sync, source, position } of await journal.readers()) {
        const [verdicts, base] = [await journal.verdicts('sync', sync), await journal.base(sync)]
        standings.push({
          sync,
          source,
          position,
          books: (accepted, duplicate) =>
            closeBooks({ ...verdicts, accepted: accepted - base.accepted, duplicate: duplicate - base.duplicate })
              .pending,
          recorded: (await journal.recordedAfter(sync, position)).size,
          waiting: await countWaiting(deliveries, sync),
        })
      }
      return standings
    })
}

const STEP = 10_000

async function countWaiting(deliveries: Deliveries, sync: string): Promise<number> {
  let count = 0
  for (let before: number | undefined; ; ) {
    const found = await deliveries.inState('retry', { sync, limit: STEP, ...(before !== undefined && { before }) })
    count += found.length
    if (found.length < STEP) return count
    before = found.at(-1)!
  }
}

async function countPlaces(queue: Queue, source: string, after: number, last: number): Promise<number> {
  let count = 0
  for (let from = after; ; ) {
    const found = await queue.places({ source, after: from, limit: STEP })
    const own = found.filter((place) => place <= last)
    count += own.length
    if (found.length < STEP || own.length < found.length) return count
    from = found.at(-1)!
  }
}
