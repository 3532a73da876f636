import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'

const EVERY_MS = 60_000
// Places looked at in one step; each step is short, so that senders do not notice.
const STEP = 5000
// What became of an event is known this much longer than the event itself.
const DELIVERIES_MS = 28 * 86_400_000

/** Drops events whose time is over, a few at a time. Dead letters and what waits for a try stay. Returns what ends it. */
export function keepTidy(
  store: Store,
  config: Config,
  log: { error(fields: object, message: string): void },
): () => void {
  const timer = setInterval(() => {
    dropOld(store, Date.now() - config.BACKBEAT_RETENTION).catch((error) =>
      log.error({ error }, 'Cannot drop old events'),
    )
  }, EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Drops events received before `before` that every sync is done with, and what became of them; returns how many. */
export async function dropOld(store: Store, before: number): Promise<number> {
  const { queue, deliveries } = store
  const done = await placeDone(store)
  let dropped = 0
  for (let first = await queue.tail(); first <= done; first += STEP) {
    const last = Math.min(done, first + STEP - 1)
    const kept = await deliveries.openBetween(first, last)
    const { removed, reachedNewer } = await queue.prune({ first, last, before, kept })
    dropped += removed
    if (reachedNewer) break
  }
  await deliveries.prune(before - DELIVERIES_MS)
  return dropped
}

/** Up to here every sync has read. One that has read all of a quiet source holds nothing back. */
async function placeDone({ queue, journal }: Store): Promise<number> {
  const head = await queue.head()
  const behind = await Promise.all(
    (await journal.readers()).map(async ({ source, position }) => {
      const { lastSeq } = await queue.intake(source)
      return position < lastSeq ? position : head
    }),
  )
  return Math.min(head, ...behind)
}
