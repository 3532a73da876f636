/** What became of every event we said yes to. `accepted` is the sum of all the others, at any instant. */
export interface Books {
  readonly accepted: number
  readonly duplicate: number
  readonly filtered: number
  readonly suppressed: number
  readonly delivered: number
  readonly dead: number
  readonly pending: number
}

/** Where one event stands, seen as a whole. */
export type Standing = 'pending' | 'dead' | 'delivered' | 'suppressed' | 'filtered'

/** Where one delivery of an event stands. `retry` and `paused` are still ours to do. */
export type DeliveryState = 'delivered' | 'dead' | 'filtered' | 'suppressed' | 'retry'

const STANDING: Record<DeliveryState, Standing> = {
  delivered: 'delivered',
  dead: 'dead',
  filtered: 'filtered',
  suppressed: 'suppressed',
  retry: 'pending',
}

// The first of these that any delivery has is the standing of the whole event.
const WEIGHT: readonly Standing[] = ['pending', 'dead', 'delivered', 'suppressed', 'filtered']

/**
 * The standing of an event with several deliveries: pending while one is open, dead when one failed for good,
 * delivered when all that was meant to go went. No delivery at all: pending, nobody has looked at it yet.
 */
export function standingOf(states: readonly DeliveryState[]): Standing {
  if (states.length === 1) return STANDING[states[0]!]
  const standings = new Set(states.map((state) => STANDING[state]))
  return WEIGHT.find((standing) => standings.has(standing)) ?? 'pending'
}

/** Closes the books: whatever has no verdict yet is pending. */
export function closeBooks(counted: Omit<Books, 'pending'>): Books {
  const settled = counted.duplicate + counted.filtered + counted.suppressed + counted.delivered + counted.dead
  return { ...counted, pending: counted.accepted - settled }
}

/** Adds books of the same kind, line by line. */
export function addBooks(all: readonly Books[]): Books {
  const sum = (line: keyof Books) => all.reduce((total, books) => total + books[line], 0)
  return {
    accepted: sum('accepted'),
    duplicate: sum('duplicate'),
    filtered: sum('filtered'),
    suppressed: sum('suppressed'),
    delivered: sum('delivered'),
    dead: sum('dead'),
    pending: sum('pending'),
  }
}
