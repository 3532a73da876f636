import type { Receipt } from '../src/core/errors.ts'
import type { Reason } from '../src/core/outcome.ts'
import type { DeliveryRecord, Entry } from '../src/store/journal.ts'
import type { Intake, Queue } from '../src/store/queue.ts'
import { START } from './queue_suite.ts'

export const REFUSED: Reason = { code: 'tiktok.refused', message: 'Wrong currency', field: 'properties.currency' }
export const UNAVAILABLE: Reason = { code: 'tiktok.server_error', message: 'HTTP 503' }

export function aDelivery(more: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    seq: 1,
    mapping: 'Order Completed',
    state: 'delivered',
    reason: null,
    attempts: 1,
    firstAttemptAt: START,
    dueAt: null,
    unknown: false,
    earlierCalls: [],
    call: null,
    ...more,
  }
}

export const aRetry = (more: Partial<DeliveryRecord> = {}) =>
  aDelivery({ state: 'retry', reason: UNAVAILABLE, dueAt: START, unknown: true, ...more })

export const aDeadLetter = (more: Partial<DeliveryRecord> = {}) =>
  aDelivery({ state: 'dead', reason: REFUSED, ...more })

export function anEntry(more: Partial<Entry> = {}): Entry {
  return {
    sync: 'shop-to-pixel',
    source: 'shop',
    revision: 1,
    fresh: true,
    position: null,
    deliveries: [],
    rematched: [],
    calls: [],
    now: START,
    ...more,
  }
}

export function aReceipt(more: Partial<Receipt> = {}): Receipt {
  return {
    method: 'POST',
    url: 'https://tiktok.example/event/track/',
    sentAt: START,
    durationMs: 12,
    status: 200,
    code: 0,
    message: 'OK',
    requestId: '2026',
    items: 1,
    ...more,
  }
}

/** The queue of a source that has taken in so many events. */
export function taken(lastSeq: number, more: Partial<Intake> = {}): Pick<Queue, 'intake'> {
  return { intake: async () => ({ accepted: lastSeq, duplicate: 0, rejected: 0, lastSeq, ...more }) }
}
