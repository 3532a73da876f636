import type { DeliveryRecord, Journal, Reader } from '../store/journal.ts'
import type { Queue } from '../store/queue.ts'
import { SYNC_REMOVED } from '../store/record.ts'

export interface RetireParts {
  readonly queue: Queue
  readonly journal: Journal
  readonly now: () => number
}

const PAGE = 1000

/**
 * Settles what a removed sync has left open, so that the books of its source close: what it had not read is filtered,
 * what waited for another try is dead. Its deliveries stay, for the trace.
 */
export async function retire(reader: Reader, parts: RetireParts): Promise<void> {
  const recorded = await parts.journal.recordedAfter(reader.sync, reader.position)
  for (let position = reader.position; ; ) {
    position = await filterUnread(reader, position, recorded, parts)
    await giveUpRetries(reader, parts)
    if (await parts.journal.detach(reader.sync)) return
  }
}

async function filterUnread(
  reader: Reader,
  after: number,
  recorded: ReadonlySet<number>,
  { queue, journal, now }: RetireParts,
): Promise<number> {
  for (let position = after; ; ) {
    const events = await queue.read(reader.source, position, PAGE)
    if (events.length === 0) return position
    position = events.at(-1)!.seq
    const unread = events.filter(({ seq }) => !recorded.has(seq))
    const deliveries = unread.map(({ seq }): DeliveryRecord => {
      return { ...UNTRIED, seq, mapping: '', state: 'filtered', reason: SYNC_REMOVED }
    })
    await journal.record({ ...entryOf(reader, now()), fresh: true, position, deliveries })
  }
}

async function giveUpRetries(reader: Reader, { journal, now }: RetireParts): Promise<void> {
  for (;;) {
    const due = await journal.due(reader.sync, Number.MAX_SAFE_INTEGER, PAGE)
    if (due.length === 0) return
    const deliveries = due.map(({ calls, ...delivery }): DeliveryRecord => {
      return { ...UNTRIED, ...delivery, earlierCalls: calls, state: 'dead', reason: SYNC_REMOVED }
    })
    await journal.record({ ...entryOf(reader, now()), fresh: false, position: null, deliveries })
  }
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
