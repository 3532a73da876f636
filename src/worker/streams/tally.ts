import type { RunCounts, RunSlice } from '../../core/run.ts'
import type { OnNote } from '../../core/stream.ts'
import type { LoadResult } from '../../core/warehouse.ts'
import type { SliceEnd, SliceFigures } from '../../store/run_work.ts'

/** What reading met beside rows. */
export type NoteFigures = Omit<SliceFigures, 'read' | 'added' | 'changed' | 'same' | 'removed'>

export interface NoteTally {
  readonly onNote: OnNote
  figures(): NoteFigures
}

// Enough for TikTok's support to find what happened.
const REQUEST_IDS_MAX = 10

/** Counts the notes of one reading; `alsoTell` hears each of them, too. */
export function tallyNotes(alsoTell: OnNote): NoteTally {
  let [calls, waitedMs, retries, truncated] = [0, 0, 0, false]
  const metricsDropped = new Set<string>()
  const requestIds: string[] = []
  return {
    onNote(note) {
      alsoTell(note)
      switch (note.kind) {
        case 'call':
          calls++
          if (note.requestId !== null) requestIds.push(note.requestId)
          if (requestIds.length > REQUEST_IDS_MAX) requestIds.shift()
          return
        case 'waited':
          waitedMs += note.waitedMs
          return
        case 'retried':
        case 'shifted':
          retries++
          return
        case 'truncated':
          truncated = true
          return
        case 'metrics_dropped':
          for (const metric of note.metrics) metricsDropped.add(metric)
          return
        case 'unknown_field':
          return
      }
    },
    figures: () => ({
      calls,
      waitedMs: Math.round(waitedMs),
      retries,
      truncated,
      metricsDropped: [...metricsDropped],
      requestIds: [...requestIds],
    }),
  }
}

export const NOTHING_LOADED: Omit<LoadResult, 'restated'> = { read: 0, added: 0, changed: 0, same: 0, removed: 0 }

const STATES_FAILED: ReadonlySet<RunSlice['state']> = new Set(['failed', 'skipped', 'unconfirmed'])

/** What a run has come to when a slice ends; `before`: how the same slice had ended in an earlier try. */
export function countSlice(counts: RunCounts, before: SliceEnd | null, after: SliceEnd): RunCounts {
  const is = (end: SliceEnd | null, holds: (state: RunSlice['state']) => boolean) =>
    end !== null && holds(end.state) ? 1 : 0
  const change = (of: (end: SliceEnd) => number) => of(after) - (before === null ? 0 : of(before))
  const isDone = (state: RunSlice['state']) => state === 'done'
  const isFailed = (state: RunSlice['state']) => STATES_FAILED.has(state)
  return {
    ...counts,
    slicesDone: counts.slicesDone + is(after, isDone) - is(before, isDone),
    slicesFailed: counts.slicesFailed + is(after, isFailed) - is(before, isFailed),
    read: counts.read + change(({ figures }) => figures.read),
    added: counts.added + change(({ figures }) => figures.added),
    changed: counts.changed + change(({ figures }) => figures.changed),
    same: counts.same + change(({ figures }) => figures.same),
    removed: counts.removed + change(({ figures }) => figures.removed),
  }
}
