import { addDays, daysBetween, daysOf, localDay, rangesOf } from './days.ts'
import type { RunEstimate, RunRequest } from './run.ts'
import type { Advertiser, Day, DayRange, Slice } from './stream.ts'
import type { Table } from './table.ts'
import type { LoadedSlice } from './warehouse.ts'

/** What planning needs to know of a stream. */
export interface PlannableStream {
  readonly table: Table
  readonly callsPerSlice: number
  /** The pieces in which these days are read, newest first. */
  slices(days: DayRange): readonly Slice[]
}

export interface PlanInput {
  readonly request: Pick<RunRequest, 'kind' | 'streams' | 'days'>
  readonly historyDays: number
  readonly backfillDays: number
  /** Those that are switched on. */
  readonly streams: readonly PlannableStream[]
  readonly advertisers: readonly Advertiser[]
  /** What stands in the warehouse already. */
  readonly loaded: readonly LoadedSlice[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A slice to read. */
export interface PlannedSlice {
  readonly stream: string
  readonly advertiserId: string
  readonly days: DayRange | null
  /** No later run will read these days again. */
  readonly isFinal: boolean
}

// TikTok books conversions back on the day of the click for up to 28 days, and repairs a little longer.
const SETTLED_AFTER_DAYS = 30

/**
 * The slices of a run: whole tables first, then days from the newest back. A day is read when it never was, and again until
 * it was read at an age of more than `backfillDays`; so a run on 10 March with 2 days makes the next one begin at 8 March,
 * and what a run failed to read is read by the next.
 */
export function planRun(input: PlanInput): readonly PlannedSlice[] {
  const { streams, days } = input.request
  const chosen = input.streams.filter(({ table }) => streams === null || streams.includes(table.name))
  const byPlace = Map.groupBy(input.loaded, (slice) => placeOf(slice.table, slice.advertiserId))
  const whole = chosen
    .filter((stream) => !isCutByDays(stream) && (days === null || streams !== null))
    .flatMap(({ table }) => input.advertisers.map(({ id }) => wholeSlice(table.name, id)))
  const windows = chosen
    .filter(isCutByDays)
    .flatMap((stream) =>
      input.advertisers.flatMap((advertiser) =>
        planWindow(stream, advertiser, byPlace.get(placeOf(stream.table.name, advertiser.id)) ?? [], input),
      ),
    )
  return [...whole, ...windows.toSorted(byNewestDay)]
}

/** What a run would cost; `callsPerSecond` is the budget the app has. */
export function estimateRun(input: PlanInput, callsPerSecond: number): RunEstimate {
  const byStream = Map.groupBy(planRun(input), ({ stream }) => stream)
  const costOf = new Map(input.streams.map(({ table, callsPerSlice }) => [table.name, callsPerSlice]))
  const streams = [...byStream].map(([stream, slices]) => ({
    stream,
    slices: slices.length,
    calls: slices.length * costOf.get(stream)!,
    days: spanOf(slices.flatMap(({ days }) => days ?? [])),
  }))
  const calls = streams.reduce((sum, one) => sum + one.calls, 0)
  const slices = streams.reduce((sum, one) => sum + one.slices, 0)
  return { slices, calls, minutes: Math.ceil(calls / callsPerSecond / 60), streams }
}

/** The last day worth asking for: zones ahead of UTC have begun tomorrow, and an empty day costs nothing. */
export const lastDay = (now: number): Day => addDays(localDay(now, 'UTC'), 1)

const isCutByDays = ({ table }: PlannableStream): boolean => table.windowColumn !== null

const placeOf = (table: string, advertiserId: string): string => `${table}/${advertiserId}`

const wholeSlice = (stream: string, advertiserId: string): PlannedSlice => ({
  stream,
  advertiserId,
  days: null,
  isFinal: false,
})

// Sorting is stable: within a day the order of the streams and advertisers stays.
const byNewestDay = (a: PlannedSlice, b: PlannedSlice): number =>
  a.days!.to < b.days!.to ? 1 : a.days!.to > b.days!.to ? -1 : 0

function planWindow(
  stream: PlannableStream,
  { id, timezone }: Advertiser,
  loaded: readonly LoadedSlice[],
  input: PlanInput,
): readonly PlannedSlice[] {
  const today = localDay(input.now, timezone)
  const wanted = daysToRead(loaded, timezone, input)
  // A slice is final as a whole, so none may reach over that edge.
  const finalTo = addDays(today, -Math.max(input.backfillDays + 1, SETTLED_AFTER_DAYS))
  const cut = (days: readonly Day[], isFinal: boolean) =>
    rangesOf(days)
      .flatMap((range) => stream.slices(range))
      .map((slice) => ({ stream: stream.table.name, advertiserId: id, days: slice.days, isFinal }))
  return [
    ...cut(
      wanted.filter((day) => day > finalTo),
      false,
    ),
    ...cut(
      wanted.filter((day) => day <= finalTo),
      true,
    ),
  ]
}

function daysToRead(loaded: readonly LoadedSlice[], timezone: string, input: PlanInput): readonly Day[] {
  const { request, now, historyDays, backfillDays } = input
  const to = lastDay(now)
  if (request.days) return daysOf({ from: request.days.from, to: least([request.days.to, to]) })
  const windows = loaded.filter(({ days }) => days !== null)
  const historyFrom = (at: number) => addDays(localDay(at, timezone), 1 - historyDays)
  if (windows.length === 0) return daysOf({ from: historyFrom(now), to })
  if (request.kind === 'resync') {
    return daysOf({ from: least([historyFrom(now), ...windows.map(({ days }) => days!.from)]), to })
  }
  const readAt = lastReadings(windows)
  // Counted from the first reading, so that history which failed then is still wanted, and no more of it later on.
  const from = historyFrom(Math.min(...windows.map(({ loadedAt }) => loadedAt)))
  return daysOf({ from, to }).filter((day) => {
    const at = readAt.get(day)
    return at === undefined || daysBetween(day, localDay(at, timezone)) <= backfillDays
  })
}

/** When each day was read last. */
function lastReadings(windows: readonly LoadedSlice[]): ReadonlyMap<Day, number> {
  const readAt = new Map<Day, number>()
  for (const { days, loadedAt } of windows) {
    for (const day of daysOf(days!)) readAt.set(day, Math.max(loadedAt, readAt.get(day) ?? 0))
  }
  return readAt
}

const least = (days: readonly Day[]): Day => days.reduce((a, b) => (a < b ? a : b))

function spanOf(ranges: readonly DayRange[]): DayRange | null {
  if (ranges.length === 0) return null
  return {
    from: least(ranges.map(({ from }) => from)),
    to: ranges.map(({ to }) => to).reduce((a, b) => (a > b ? a : b)),
  }
}
