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

/** Where an event stands, seen as a whole. */
export type Standing = 'pending' | 'dead' | 'delivered' | 'suppressed' | 'filtered'

/** Where one delivery of an event stands; `retry` is still ours to do. */
export type DeliveryState = 'delivered' | 'dead' | 'filtered' | 'suppressed' | 'retry'

// The first of these that any part has is the standing of the whole.
const WEIGHT: readonly Standing[] = ['pending', 'dead', 'delivered', 'suppressed', 'filtered']

/** The standing of something made of parts: pending while one is, dead when one is, and so on; of nothing: pending. */
export function standingOf(parts: readonly Standing[]): Standing {
  if (parts.length === 1) return parts[0]!
  return WEIGHT.find((standing) => parts.includes(standing)) ?? 'pending'
}

/** A delivery that will be tried again counts as pending; every other state is a standing already. */
export function standingOfDelivery(state: DeliveryState): Standing {
  return state === 'retry' ? 'pending' : state
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
