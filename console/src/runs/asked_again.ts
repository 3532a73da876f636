import type { DayRange, Run, RunAsked, RunSlice } from '../../../src/server/contract_streams.ts'

/**
 * The run that reads these slices of another run again: their streams, over the days they span. Slices without days are
 * read whole, whatever the days.
 */
export function askedAgain({ sync }: Pick<Run, 'sync'>, slices: readonly RunSlice[]): RunAsked {
  const streams = [...new Set(slices.map(({ stream }) => stream))]
  const days = span(slices.flatMap((slice) => slice.days ?? []))
  return { sync, kind: days ? 'backfill' : 'manual', streams, ...(days ? { days } : {}) }
}

/**
 * The runs that read these slices and nothing beside them: one for each range of days, with its streams. Where taking an empty
 * answer is confirmed, no day may be read that nobody was asked about.
 */
export function askedExactly({ sync }: Pick<Run, 'sync'>, slices: readonly RunSlice[]): readonly RunAsked[] {
  const ranges = Map.groupBy(slices, ({ days }) => (days ? `${days.from} ${days.to}` : ''))
  return [...ranges.values()].map((own) => askedAgain({ sync }, own))
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
