import type { Store } from '../../store/store.ts'
import { type Check, failed, ok } from './check.ts'

// The year this was written: an earlier clock has lost its battery.
const WRITTEN = Date.UTC(2026, 0, 1)
const BEHIND_MAX_MS = 60_000

/** Whether the clock can be right: not before this program was written, nor before what it has already seen. */
export async function checkClock({ audit, queue, resources }: Store, now: number): Promise<Check> {
  const sources = await resources.list('event_source')
  const received = await Promise.all(sources.map(({ name }) => queue.lastReceivedAt(name)))
  const [entry] = await audit.list({ limit: 1 })
  const newest = Math.max(WRITTEN, entry?.at ?? 0, ...received.map((at) => at ?? 0))
  const shown = new Date(now).toISOString()
  if (now >= newest - BEHIND_MAX_MS) return ok('Clock', shown)
  const found = `${shown}, but the newest thing kept here is of ${new Date(newest).toISOString()}`
  return failed('Clock', found, 'Set the clock, and keep it right with NTP: event times and retry windows hang on it')
}
