import type { JsonObject } from '../core/json.ts'
import { brokenBodies, faultyCalls, PLANTED } from './faults.ts'
import { journey } from './journey.ts'
import { type Person, personOf } from './people.ts'
import { chance, letters, type Random, seededRandom, whole } from './random.ts'
import { orderRefunded } from './steps.ts'
import { type Call, callsOf, DIRECT, landingOf } from './visit.ts'

/** A call as it is sent: what it is told apart by stays the same however often the week is generated. */
export interface IdentifiedCall extends Call {
  readonly messageId: string
}

/** What a shop's senders hand in within seven days. */
export interface Week {
  /** Calls of Segment's library, in the order they happened; the planted repeats come last. */
  readonly calls: readonly IdentifiedCall[]
  /** Events of a batch that somebody wrote by hand, none of which can be taken. */
  readonly broken: readonly JsonObject[]
}

const PEOPLE = 300
const VISITS_MAX = 3
const REFUNDS = 0.08
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

/** The seven days of the sample shop that end at `now` (ms since 1970). The same seed and time give the same week. */
export function sampleWeek(seed: number, now: number): Week {
  const people = Array.from({ length: PEOPLE }, (_, number) => visitsOf(seed, number, now))
  const calls = [...people.flat(), ...faultyCalls(seed, now)].sort((a, b) => Number(a.timestamp) - Number(b.timestamp))
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
  const identified = calls.map((call, n) => ({ ...call, messageId: `shop-${day}-${seed}-${n}` }))
  return { calls: [...identified, ...repeatsOf(identified)], broken: brokenBodies(now) }
}

/** Calls that are sent a second time, spread over the week. */
function repeatsOf(calls: readonly IdentifiedCall[]): IdentifiedCall[] {
  const every = Math.floor(calls.length / PLANTED.duplicate)
  return Array.from({ length: PLANTED.duplicate }, (_, n) => calls[n * every]!)
}

function visitsOf(seed: number, number: number, now: number): Call[] {
  const random = seededRandom(`${seed} visits ${number}`)
  const person = personOf(seed, number)
  // A visit takes minutes; the last ones end an hour before now.
  const starts = Array.from({ length: whole(random, 1, VISITS_MAX) }, () => now - whole(random, 2 * HOUR_MS, WEEK_MS))
  const calls: Call[] = []
  let isKnown = person.isCustomer && chance(random, 0.5)
  for (const [visit, startsAt] of starts.toSorted((a, b) => a - b).entries()) {
    const own = oneVisit(person, isKnown, `${10_000 + number}-${visit + 1}`, startsAt, random)
    calls.push(...own, ...refundOf(person, own, now, random))
    // Who has told the shop who they are mostly stays logged in.
    isKnown = isKnown || (own.at(-1)?.userId !== undefined && chance(random, 0.7))
  }
  return calls
}

function oneVisit(person: Person, isKnown: boolean, orderId: string, startsAt: number, random: Random): Call[] {
  return callsOf(person, landingOf(random), startsAt, journey({ person, isKnown, orderId, random }))
}

/** Some orders go back, one to three days later; those whose time has not come stay. */
function refundOf(person: Person, visit: readonly Call[], now: number, random: Random): Call[] {
  const order = visit.find(({ name }) => name === 'Order Completed')
  if (order === undefined || !chance(random, REFUNDS)) return []
  const at = Number(order.timestamp) + whole(random, 24 * HOUR_MS, 72 * HOUR_MS)
  const orderId = String(order.properties['order_id'])
  const step = orderRefunded({ person, isKnown: true, orderId, random }, order.properties)
  return at < now - HOUR_MS ? callsOf(person, DIRECT, at, [step]) : []
}

/** Visits without end, of the same people and of new ones; `random` decides who comes next. Their times mean only how long each step took. */
export function* endlessVisits(seed: number, random: Random): Generator<readonly Call[]> {
  for (;;) {
    const person = personOf(seed, whole(random, 0, 2 * PEOPLE))
    yield oneVisit(person, person.isCustomer && chance(random, 0.5), letters(random, 8).toUpperCase(), 0, random)
  }
}
