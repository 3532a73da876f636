import type { RunCounts, RunSlice } from '../../core/run.ts'
import type { OnNote } from '../../core/stream.ts'
import type { Claim } from '../../store/run_leases.ts'
import type { PlacedSlice, Progress, RunWork, SliceEnd } from '../../store/run_work.ts'
import type { Runs } from '../../store/runs.ts'
import { countSlice, NOTHING_LOADED } from './tally.ts'

export interface ProgressParts {
  readonly work: RunWork
  readonly runs: Runs
  readonly now: () => number
}

/** How far a run has come: kept in memory, and written with every slice that ends and at every beat of the heart. */
export interface Progressing {
  /** Counts the calls and the waiting of the whole run. */
  readonly onNote: OnNote
  /** Rows that came and do not stand in the warehouse yet; their slice's end counts them for good. */
  onRows(rows: number): void
  counts(): RunCounts
  /** The slice is through. */
  isDone(slice: PlacedSlice): boolean
  /** Begins with what earlier tries of the run left; `rowsLoaded`: rows the warehouse has from this run, null for none. */
  take(slices: readonly PlacedSlice[], rowsLoaded: (slice: PlacedSlice) => number | null): Promise<void>
  begin(slice: PlacedSlice): Promise<void>
  end(end: SliceEnd, restated: Progress['restated'], rowsUnderWay: number): Promise<void>
  /** Writes the counts when they have changed. */
  flush(): Promise<void>
}

/** Keeps the progress of one run. */
export function trackProgress({ run, lease }: Claim, { work, runs, now }: ProgressParts): Progressing {
  let counts = run.counts
  let underWay = 0
  let written = ''
  const ends = new Map<number, SliceEnd>()

  const shown = (): RunCounts => ({ ...counts, read: counts.read + underWay })

  const write = async (progress: Omit<Progress, 'counts'>) => {
    const now_ = shown()
    await work.progress(lease, run.id, { ...progress, counts: now_ }, now())
    written = JSON.stringify(now_)
  }

  return {
    onNote(note) {
      if (note.kind === 'call') counts = { ...counts, calls: counts.calls + 1 }
      if (note.kind === 'waited') counts = { ...counts, waitedMs: counts.waitedMs + Math.round(note.waitedMs) }
    },
    onRows(rows) {
      underWay += rows
    },
    counts: () => counts,
    isDone: ({ position }) => ends.get(position)?.state === 'done',
    async take(slices, rowsLoaded) {
      const stored = await runs.slices(run.id)
      // What an earlier try had read of slices it did not finish does not count.
      counts = { ...counts, ...NOTHING_LOADED, slices: slices.length, slicesDone: 0, slicesFailed: 0 }
      const untold: SliceEnd[] = []
      for (const slice of slices) {
        const { position, state } = slice
        const rows = rowsLoaded(slice)
        if (state !== 'done' && rows === null) continue
        const figures = figuresOf(stored[position]!)
        // Loaded, and then the process died before it could say so.
        const isUntold = state !== 'done'
        const end = {
          position,
          state: 'done',
          reason: null,
          figures: isUntold ? { ...figures, read: rows! } : figures,
        } as const
        if (isUntold) untold.push(end)
        counts = countSlice(counts, null, end)
        ends.set(position, end)
      }
      await write({ ends: untold, restated: [] })
    },
    begin: ({ position }) => work.begin(lease, run.id, position, now()),
    async end(end, restated, rowsUnderWay) {
      counts = countSlice(counts, ends.get(end.position) ?? null, end)
      underWay -= rowsUnderWay
      ends.set(end.position, end)
      await write({ ends: [end], restated })
    },
    async flush() {
      if (JSON.stringify(shown()) !== written) await write({ ends: [], restated: [] })
    },
  }
}

function figuresOf({
  read,
  added,
  changed,
  same,
  removed,
  calls,
  waitedMs,
  retries,
  truncated,
  metricsDropped,
  requestIds,
}: RunSlice) {
  return { read, added, changed, same, removed, calls, waitedMs, retries, truncated, metricsDropped, requestIds }
}
