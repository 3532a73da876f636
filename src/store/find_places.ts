import type { DatabaseSync } from 'node:sqlite'
import type { PlaceFilter } from './queue.ts'

// Events get their places when they are written, which is soon after they were received; but not in that very order.
const DISORDER_MS = 10 * 60_000

/** Places of events by source and by when they were received, without a look at every event that is kept. */
export function findPlaces(db: DatabaseSync, { source, after, from, to, limit }: PlaceFilter): readonly number[] {
  const first = from === undefined ? after : Math.max(after, placeBefore(db, from - DISORDER_MS))
  const last = to === undefined ? Number.MAX_SAFE_INTEGER : placeBefore(db, to + DISORDER_MS)
  // Each condition only where it is asked for: of a source alone the index tells everything, and no event is read.
  const conditions = [
    ['seq > ?', first],
    ['seq <= ?', last],
    ['source = ?', source],
    ['received_at >= ?', from],
    ['received_at < ?', to],
  ].filter((condition): condition is [string, string | number] => condition[1] !== undefined)
  const where = conditions.map(([text]) => text).join(' and ')
  const values = conditions.map(([, value]) => value)
  const found = db.prepare(`select seq from events where ${where} order by seq limit ?`).all(...values, limit)
  return found.map(({ seq }) => seq as number)
}

/** The last place whose event, and roughly all before it, were received before a time; by halving. */
function placeBefore(db: DatabaseSync, time: number): number {
  const ends = db.prepare('select min(seq) as first, max(seq) as last from events').get()
  const next = db.prepare('select seq, received_at as at from events where seq >= ? order by seq limit 1')
  let low = ((ends?.['first'] as number | null) ?? 1) - 1
  let high = (ends?.['last'] as number | null) ?? 0
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const { seq, at } = next.get(middle) as { seq: number; at: number }
    if (at < time) low = Math.min(seq, high)
    else high = middle - 1
  }
  return low
}
