import type { CallError } from './errors.ts'
import type { Reason } from './outcome.ts'
import type { DayRange } from './stream.ts'

/** Why a run began. `resync` clears the tables first; `backfill` reads given days and leaves the others alone. */
export type RunKind = 'scheduled' | 'manual' | 'backfill' | 'resync'

/**
 * `queued` → `running` → one of the others. `partial`: some slices failed or wait for a confirmation, the rest stands.
 * `interrupted`: its process died; the next worker goes on with it.
 */
export type RunState = 'queued' | 'running' | 'interrupted' | 'succeeded' | 'partial' | 'failed' | 'cancelled'

/** What a person asked for. Null streams: all that are switched on; null days: as the sync says. */
export interface RunRequest {
  readonly sync: string
  readonly kind: RunKind
  readonly streams: readonly string[] | null
  readonly days: DayRange | null
  /** Apply empty answers for slices that hold spend. */
  readonly acceptsEmpty: boolean
  readonly who: string
}

/** One run of a sync from TikTok into a warehouse. */
export interface Run extends RunRequest {
  readonly id: string
  readonly state: RunState
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** Why it failed, or what it lacks. */
  readonly reason: Reason | null
  readonly counts: RunCounts
}

export interface RunCounts {
  readonly slices: number
  readonly slicesDone: number
  readonly slicesFailed: number
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly removed: number
  readonly calls: number
  readonly waitedMs: number
}

export type SliceState = 'waiting' | 'reading' | 'done' | 'failed' | 'skipped' | 'unconfirmed'

/** One slice of one stream and advertiser within a run. */
export interface RunSlice {
  readonly run: string
  readonly stream: string
  readonly advertiserId: string
  readonly days: DayRange | null
  readonly state: SliceState
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly reason: Reason | null
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly removed: number
  readonly calls: number
  readonly waitedMs: number
  readonly retries: number
  readonly truncated: boolean
  readonly metricsDropped: readonly string[]
  /** Of the last calls, newest last; TikTok's support asks for them. */
  readonly requestIds: readonly string[]
}

/** What a run would do, before it is begun. */
export interface RunEstimate {
  readonly slices: number
  /** At least; pages beyond the first come on top unless earlier runs tell how many there are. */
  readonly calls: number
  /** At the budget the app has. */
  readonly minutes: number
  readonly streams: readonly {
    readonly stream: string
    readonly slices: number
    readonly calls: number
    readonly days: DayRange | null
  }[]
}

/** How the error of a slice is told: by its code where it has one. */
export function reasonOf(error: Error | CallError): Reason {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'run.failed'
  return { code, message: error.message }
}
