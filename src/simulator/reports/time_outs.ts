import { type Answer, refused } from '../answer.ts'
import type { Call } from '../call.ts'
import { CODE } from '../codes.ts'
import type { FaultOrder } from '../fault_kinds.ts'
import { MESSAGE } from '../messages.ts'
import type { RateLimit } from '../rate.ts'
import { MINUTE_MS } from '../world/calendar.ts'

const WATCHED_MS = 10_000
const SLOWED_MS = 5 * MINUTE_MS
const SAME_TIMES = 3
const SAME_MS = 10 * MINUTE_MS

/** So many time-outs within ten seconds, and what an app may still call a second then. Source: "Report latency". */
const STEPS: readonly (readonly [timeOuts: number, perSecond: number])[] = [
  [30, 0],
  [20, 1],
  [10, 5],
]

/** Codes TikTok times out with. */
const CODES = [50002, 51010]
const PATH = '/report/integrated/get/'
const BUCKET = 'reports after time-outs'
const KEPT = 1000

/** Whether a fault makes a report time out. */
const isTimeOut = ({ path }: Call, fault: FaultOrder | null): boolean =>
  path.endsWith(PATH) &&
  (fault?.fault === 'timeout' || (fault?.fault === 'code' && fault.code !== undefined && CODES.includes(fault.code)))

const keyOf = ({ query }: Call): string => JSON.stringify([...query].sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * What TikTok does to an app whose reports time out: 10, 20 or 30 of them in ten seconds leave it 5, 1 or no calls a second
 * for five minutes, and a request that timed out three times within ten minutes is not answered for ten more.
 */
export class TimeOuts {
  #times: number[] = []
  readonly #requests = new Map<string, readonly number[]>()
  #slowed: { readonly perSecond: number; readonly until: number } | null = null

  /** Notes a call if a fault made it time out. */
  note(call: Call, fault: FaultOrder | null): void {
    if (!isTimeOut(call, fault)) return
    const { at } = call
    this.#times = [...this.#times.filter((time) => time > at - WATCHED_MS), at]
    const step = STEPS.find(([count]) => this.#times.length >= count)
    if (step !== undefined) this.#slowed = { perSecond: step[1], until: at + SLOWED_MS }
    const key = keyOf(call)
    const same = [...(this.#requests.get(key) ?? []), at].slice(-SAME_TIMES)
    this.#requests.delete(key)
    this.#requests.set(key, same)
    if (this.#requests.size > KEPT) this.#requests.delete(this.#requests.keys().next().value!)
  }

  /** Why a report is not even looked at, or null. */
  refuse(call: Call, rate: RateLimit): Answer | null {
    if (this.#isBlocked(call)) return refused(CODE.REQUEST_TOO_FREQUENT, MESSAGE.blockedRequest)
    const slowed = this.#slowed
    if (slowed === null || call.at > slowed.until) return null
    if (slowed.perSecond > 0 && rate.take(BUCKET, slowed.perSecond, call.at)) return null
    return refused(CODE.REQUEST_TOO_FREQUENT, MESSAGE.appTooMany(slowed.perSecond))
  }

  clear(): void {
    this.#times = []
    this.#requests.clear()
    this.#slowed = null
  }

  #isBlocked(call: Call): boolean {
    const times = this.#requests.get(keyOf(call))
    if (times === undefined || times.length < SAME_TIMES) return false
    const [first, last] = [times[0]!, times[SAME_TIMES - 1]!]
    return last - first <= SAME_MS && call.at <= last + SAME_MS
  }
}
