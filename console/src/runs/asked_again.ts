import type { DayRange, Run, RunAsked, RunSlice } from '../../../src/server/contract_streams.ts'

/**
 * The run that reads these slices of another run again: their streams, over the days they span. Slices without days are
 * read whole, whatever the days.
 */
export function askedAgain({ sync }: Run, slices: readonly RunSlice[]): RunAsked {
  const streams = [...new Set(slices.map(({ stream }) => stream))]
  const days = span(slices.flatMap((slice) => slice.days ?? []))
  return { sync, kind: days ? 'backfill' : 'manual', streams, ...(days ? { days } : {}) }
}

/** The shortest range that holds all of them; null when there are none. */
function span(ranges: readonly DayRange[]): DayRange | null {
  if (ranges.length === 0) return null
  const from = ranges.map((range) => range.from).sort()[0]!
  const to = ranges
    .map((range) => range.to)
    .sort()
    .at(-1)!
  return { from, to }
}
