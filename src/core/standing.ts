import type { Reason } from './outcome.ts'
import type { RunSlice } from './run.ts'
import type { Advertiser, Day, DayRange } from './stream.ts'

/** How a sync from TikTok stands after its last run, so that nobody has to ask TikTok or the warehouse. */
export interface SyncStanding {
  /** As the last run found them. */
  readonly advertisers: readonly Advertiser[]
  readonly streams: Readonly<Record<string, StreamStanding>>
}

/** What the last run that touched a stream did there. */
export interface StreamStanding {
  readonly run: string
  /** Days it read; null for a table that is not cut by days. */
  readonly window: DayRange | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly removed: number
  /** Slices that failed, were skipped or wait for a confirmation. */
  readonly open: number
  /** Of the first of those; or why the stream was not read at all. */
  readonly reason: Reason | null
  /** Whether it waits for a decision about its table. */
  readonly isHeld: boolean
  /** Last day that was read, by advertiser, not later than the advertiser's today. */
  readonly through: Readonly<Record<string, Day>>
}

export interface StandingInput {
  readonly before: SyncStanding | null
  readonly run: string
  readonly slices: readonly RunSlice[]
  readonly advertisers: readonly Advertiser[]
  /** By advertiser. */
  readonly todays: ReadonlyMap<string, Day>
  /** Streams that were left out because of their tables, and why. */
  readonly held: ReadonlyMap<string, Reason>
}

/** How a sync stands once a run has ended: streams it did not touch stay as they were. */
export function standingAfter(input: StandingInput): SyncStanding {
  const byStream = Map.groupBy(input.slices, ({ stream }) => stream)
  const touched = [...byStream].map(([stream, slices]) => [stream, standingOf(stream, slices, input)] as const)
  const held = [...input.held].map(([stream, reason]) => [stream, heldStanding(stream, reason, input)] as const)
  return {
    advertisers: input.advertisers,
    streams: { ...input.before?.streams, ...Object.fromEntries(touched), ...Object.fromEntries(held) },
  }
}

const NOTHING = { read: 0, added: 0, changed: 0, same: 0, removed: 0 }

function heldStanding(stream: string, reason: Reason, { before, run }: StandingInput): StreamStanding {
  const earlier = before?.streams[stream]
  const none = { run, window: null, startedAt: null, endedAt: null, ...NOTHING, open: 0, through: {} }
  return { ...(earlier ?? none), reason, isHeld: true }
}

function standingOf(stream: string, slices: readonly RunSlice[], input: StandingInput): StreamStanding {
  const open = slices.filter(({ state }) => state !== 'done')
  const days = slices.flatMap((slice) => slice.days ?? [])
  const sum = (of: (slice: RunSlice) => number) => slices.reduce((total, slice) => total + of(slice), 0)
  return {
    run: input.run,
    window:
      days.length === 0 ? null : { from: least(days.map(({ from }) => from)), to: most(days.map(({ to }) => to)) },
    startedAt: edge(
      slices.map(({ startedAt }) => startedAt),
      Math.min,
    ),
    endedAt: edge(
      slices.map(({ endedAt }) => endedAt),
      Math.max,
    ),
    read: sum(({ read }) => read),
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    same: sum(({ same }) => same),
    removed: sum(({ removed }) => removed),
    open: open.length,
    reason: open.find(({ reason }) => reason !== null)?.reason ?? null,
    isHeld: false,
    through: { ...input.before?.streams[stream]?.through, ...throughOf(slices, input) },
  }
}

/** The last day, by advertiser, up to which nothing is missing in this run; an advertiser without such a day is left out. */
function throughOf(slices: readonly RunSlice[], { todays, before }: StandingInput): Record<string, Day> {
  const done = slices.filter(({ state, days }) => state === 'done' && days !== null)
  const byAdvertiser = Map.groupBy(done, ({ advertiserId }) => advertiserId)
  return Object.fromEntries(
    [...byAdvertiser].map(([advertiser, own]) => {
      const stream = own[0]!.stream
      const last = most([...own.map(({ days }) => days!.to), before?.streams[stream]?.through[advertiser] ?? ''])
      return [advertiser, least([last, todays.get(advertiser) ?? last])]
    }),
  )
}

const least = (days: readonly Day[]): Day => days.reduce((a, b) => (a < b ? a : b))
const most = (days: readonly Day[]): Day => days.reduce((a, b) => (a > b ? a : b))

function edge(times: readonly (number | null)[], pick: (...times: number[]) => number): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : known.reduce((a, b) => pick(a, b))
}
