import { type Call, eventSourceIdOf } from './call.ts'
import type { FaultMatch, FaultOrder } from './fault_kinds.ts'

/** An ordered fault and its history. */
export interface StandingFault {
  readonly id: number
  readonly order: FaultOrder
  /** Calls it may still hit; null without a limit. */
  left: number | null
  /** Calls it has hit. */
  hits: number
}

/** The faults that hit one call. */
export interface Struck {
  readonly latencyMs: number
  /** What replaces the answer; null when the call is only slow. */
  readonly fault: FaultOrder | null
}

const SLOW_MS = 1000
const UNHARMED: Struck = { latencyMs: 0, fault: null }

function fits(match: FaultMatch, call: Call): boolean {
  if (match.path !== undefined && !call.path.includes(match.path)) return false
  if (match.token !== undefined && match.token !== call.token) return false
  if (match.advertiser_id !== undefined && match.advertiser_id !== call.query.get('advertiser_id')) return false
  if (match.page !== undefined && match.page !== Number(call.query.get('page') ?? 1)) return false
  return match.event_source_id === undefined || match.event_source_id === eventSourceIdOf(call.json())
}

/** The faults that are on order, oldest first: the first that fits and fires hits the call. */
export class Faults {
  readonly #random: () => number
  #standing: StandingFault[] = []
  #lastId = 0

  constructor(random: () => number) {
    this.#random = random
  }

  order(order: FaultOrder): StandingFault {
    const fault = { id: ++this.#lastId, order, left: order.times ?? null, hits: 0 }
    this.#standing.push(fault)
    return fault
  }

  /** What happens to a call. Spends the faults that hit it. */
  strike(call: Call): Struck {
    let latencyMs = 0
    for (const fault of this.#standing) {
      if (!this.#hits(fault, call)) continue
      if (fault.order.fault !== 'slow') return { latencyMs, fault: fault.order }
      latencyMs += fault.order.latency_ms ?? SLOW_MS
    }
    return latencyMs === 0 ? UNHARMED : { latencyMs, fault: null }
  }

  list(): readonly StandingFault[] {
    return this.#standing
  }

  /** Takes back one fault, or all of them. */
  remove(id: number | null): void {
    this.#standing = id === null ? [] : this.#standing.filter((fault) => fault.id !== id)
  }

  #hits(fault: StandingFault, call: Call): boolean {
    if (fault.left === 0 || !fits(fault.order.match ?? {}, call)) return false
    if (this.#random() >= (fault.order.probability ?? 1)) return false
    if (fault.left !== null) fault.left -= 1
    fault.hits += 1
    return true
  }
}
