import type { Item, Written } from '../core/destination.ts'
import type { Receipt } from '../core/errors.ts'
import type { Outcome, Reason } from '../core/outcome.ts'
import { RETRY_WINDOW_MS } from '../store/deliveries.ts'
import type { DeliveryRecord } from '../store/journal.ts'
import { backoffMs } from './backoff.ts'

/** An item on its way, with what earlier tries left behind. */
export interface Parcel {
  readonly seq: number
  readonly mapping: string
  readonly item: Item
  readonly attempts: number
  readonly firstAttemptAt: number | null
  readonly unknown: boolean
  readonly earlierCalls: readonly number[]
}

export interface Moment {
  readonly now: number
  readonly random: () => number
}

/** What to write down for parcels that were sent together; `receipts` collects the calls, each once. */
export function settle(
  parcels: readonly Parcel[],
  { outcomes }: Written,
  receipts: Receipt[],
  moment: Moment,
): DeliveryRecord[] {
  const indexOf = new Map(receipts.map((receipt, i) => [receipt, i]))
  const callOf = (receipt: Receipt | null): number | null => {
    if (receipt === null) return null
    const known = indexOf.get(receipt)
    if (known !== undefined) return known
    indexOf.set(receipt, receipts.length)
    return receipts.push(receipt) - 1
  }
  return parcels.map((parcel, i) => recordOf(parcel, outcomes[i]!, callOf(outcomes[i]!.receipt), moment))
}

function recordOf(parcel: Parcel, outcome: Outcome, call: number | null, moment: Moment): DeliveryRecord {
  const { seq, mapping, earlierCalls } = parcel
  const common = { seq, mapping, earlierCalls, call, dueAt: null }
  const firstAttemptAt = parcel.firstAttemptAt ?? outcome.receipt?.sentAt ?? null
  const attempts = parcel.attempts + 1
  switch (outcome.kind) {
    case 'delivered':
      return { ...common, state: 'delivered', reason: null, attempts, firstAttemptAt, unknown: false }
    case 'rejected':
      return { ...common, state: 'dead', reason: outcome.reason, attempts, firstAttemptAt, unknown: parcel.unknown }
    case 'postponed':
      return postpone(parcel, outcome, call, moment)
  }
}

function postpone(
  parcel: Parcel,
  outcome: Extract<Outcome, { kind: 'postponed' }>,
  call: number | null,
  { now, random }: Moment,
): DeliveryRecord {
  const { seq, mapping, earlierCalls } = parcel
  const attempts = parcel.attempts + (outcome.free ? 0 : 1)
  const sentAt = outcome.receipt?.sentAt ?? null
  // TikTok's window begins with the first try that it may have taken, not with those that surely never arrived.
  const isFirstUnknown = outcome.unknown && !parcel.unknown
  const firstAttemptAt = isFirstUnknown ? (sentAt ?? now) : (parcel.firstAttemptAt ?? sentAt)
  const unknown = parcel.unknown || outcome.unknown
  const dueAt = now + Math.max(outcome.retryAfterMs ?? 0, outcome.free ? 0 : backoffMs(attempts, random))
  const common = { seq, mapping, earlierCalls, call, attempts, firstAttemptAt, unknown }
  if (isTooLate({ unknown, firstAttemptAt }, dueAt)) {
    return { ...common, state: 'dead', reason: windowClosed(outcome.reason), dueAt: null }
  }
  return { ...common, state: 'retry', reason: outcome.reason, dueAt }
}

/** Whether a try at `at` could make TikTok count an event twice that it may have taken long ago. */
export function isTooLate(
  { unknown, firstAttemptAt }: Pick<Parcel, 'unknown' | 'firstAttemptAt'>,
  at: number,
): boolean {
  return unknown && firstAttemptAt !== null && at > firstAttemptAt + RETRY_WINDOW_MS
}

/** Why a delivery is not repeated any more without asking; `last` is what the last try said. */
export function windowClosed(last: Reason | null): Reason {
  const said = last ? `; the last try said: ${last.message}` : ''
  return {
    code: 'delivery.unknown',
    message: `TikTok may have taken the event in a try of more than 47 hours ago, and its answer never came${said}`,
    remedy:
      'Look for the event_id in Events Manager; replay it only if it is not there, since TikTok would count it twice',
  }
}
