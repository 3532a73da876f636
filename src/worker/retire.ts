import type { Reason } from '../core/outcome.ts'
import type { DeliveryRecord, Journal, Reader } from '../store/journal.ts'
import type { Queue } from '../store/queue.ts'

const PAGE = 1000

const REMOVED: Reason = {
  code: 'sync.removed',
  message: 'The sync was removed before this event was sent',
  remedy: 'Make a sync of the same name, then replay',
}

/**
 * Settles what a removed sync has left open, so that the books of its source close: what it had not read is filtered,
 * what waited for another try is dead. Its deliveries stay, for the trace.
 */
export async function retire(reader: Reader, { queue, journal, now }: RetireParts): Promise<void> {
  const recorded = await journal.recordedAfter(reader.sync, reader.position)
  for (let position = reader.position; ; ) {
    const events = await queue.read(reader.source, position, PAGE)
    if (events.length === 0) break
    position = events.at(-1)!.seq
    const unread = events.filter(({ seq }) => !recorded.has(seq))
    const deliveries = unread.map(({ seq }) => ({
      ...UNTRIED,
      seq,
      mapping: '',
      state: 'filtered' as const,
      reason: REMOVED,
    }))
    await journal.record({ ...entryOf(reader, now()), fresh: true, position, deliveries })
  }
  for (;;) {
    const due = await journal.due(reader.sync, Number.MAX_SAFE_INTEGER, PAGE)
    if (due.length === 0) break
    const deliveries = due.map(({ calls, ...delivery }): DeliveryRecord => {
      return { ...UNTRIED, ...delivery, earlierCalls: calls, state: 'dead', reason: REMOVED }
    })
    await journal.record({ ...entryOf(reader, now()), fresh: false, position: null, deliveries })
  }
  await journal.detach(reader.sync)
}

export interface RetireParts {
  readonly queue: Queue
  readonly journal: Journal
  readonly now: () => number
}

const UNTRIED = {
  attempts: 0,
  firstAttemptAt: null,
  unknown: false,
  earlierCalls: [],
  dueAt: null,
  call: null,
} as const

function entryOf({ sync, source }: Reader, now: number) {
  return { sync, source, revision: 0, rematched: [], calls: [], now }
}
