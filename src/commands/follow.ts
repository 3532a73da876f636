import type { EventRow } from '../server/contract.ts'
import { toRows } from '../server/event_rows.ts'
import type { StoredReject } from '../store/queue.ts'
import type { Store } from '../store/store.ts'

/** What is new since the last look. */
export interface News {
  /** Events that came in, and those whose standing or reason changed; oldest first. */
  readonly rows: readonly EventRow[]
  readonly rejects: readonly StoredReject[]
}

const LOOK_EVENTS = 1000
// Events that were shown while still pending, and are looked at again until they are not.
const WATCHED_MAX = 1000
const LOOK_REJECTS = 200

/** Follows a store, beginning with so many of the newest events. Each call gives what is new since the one before. */
export async function follow({ queue, ...store }: Store, lines: number): Promise<() => Promise<News>> {
  const newest = lines === 0 ? [] : await queue.list({ limit: lines })
  const [newestReject] = await queue.rejects({ limit: 1 })
  let last = newest.length > 0 ? newest.at(-1)!.seq - 1 : await queue.head()
  let lastReject = newestReject?.id ?? 0
  let watched: ReadonlyMap<number, string> = new Map()

  async function news(): Promise<readonly EventRow[]> {
    const fresh = await queue.places({ after: last, limit: LOOK_EVENTS })
    last = fresh.at(-1) ?? last
    const events = await queue.get([...watched.keys(), ...fresh])
    const rows = await toRows(
      { queue, ...store },
      [...events].sort((a, b) => a.seq - b.seq),
    )
    const changed = rows.filter((row) => watched.get(row.id) !== standingOf(row))
    const pending = rows.filter(({ standing }) => standing === 'pending').slice(-WATCHED_MAX)
    watched = new Map(pending.map((row) => [row.id, standingOf(row)]))
    return changed
  }

  async function newRejects(): Promise<readonly StoredReject[]> {
    const found = await queue.rejects({ limit: LOOK_REJECTS })
    const fresh = found.filter(({ id }) => id > lastReject).reverse()
    lastReject = fresh.at(-1)?.id ?? lastReject
    return fresh
  }

  return async () => ({ rows: await news(), rejects: await newRejects() })
}

/** Changes whenever a row reads differently. */
const standingOf = ({ standing, deliveries }: EventRow): string =>
  JSON.stringify([standing, deliveries.map(({ state, reason }) => [state, reason?.message])])
