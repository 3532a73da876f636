import type { Run, RunSlice } from '../core/run.ts'
import type { RunDetail } from './contract_streams.ts'

const LAST_MS = 5 * 60_000
const MINUTE_MS = 60_000
// Fewer say nothing about the next ones.
const SLICES_MIN = 3

const ENDED: ReadonlySet<RunSlice['state']> = new Set(['done', 'failed', 'skipped', 'unconfirmed'])

/** A run with its slices, how fast it is now, and how long it will take at that speed; both null until that is known. */
export function detailOf(run: Run, slices: readonly RunSlice[], now: number): RunDetail {
  const slicesPerMinute = run.state === 'running' ? rateOf(run, slices, now) : null
  const left = slices.filter(({ state }) => !ENDED.has(state)).length
  const secondsLeft = slicesPerMinute === null ? null : Math.round((left / slicesPerMinute) * 60)
  return { run, slices, slicesPerMinute, secondsLeft }
}

function rateOf({ startedAt }: Run, slices: readonly RunSlice[], now: number): number | null {
  const since = Math.max(startedAt ?? now, now - LAST_MS)
  const recent = slices.filter(({ endedAt }) => endedAt !== null && endedAt > since).length
  return recent < SLICES_MIN || since >= now ? null : recent / ((now - since) / MINUTE_MS)
}
