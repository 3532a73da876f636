import type { RunSlice, SliceState } from '../../../src/server/contract_streams.ts'

/** One line of the heat strip: a stream of one advertiser, its slices from the oldest day to the newest. */
export interface HeatRow {
  readonly stream: string
  readonly advertiserId: string
  readonly slices: readonly RunSlice[]
}

/** The slices of a run by stream and advertiser, in the order in which they first appear. */
export function heatRows(slices: readonly RunSlice[]): readonly HeatRow[] {
  const rows = new Map<string, RunSlice[]>()
  for (const slice of slices) {
    const key = `${slice.stream} ${slice.advertiserId}`
    const row = rows.get(key)
    if (row) row.push(slice)
    else rows.set(key, [slice])
  }
  return [...rows.values()].map((row) => ({
    stream: row[0]!.stream,
    advertiserId: row[0]!.advertiserId,
    slices: row.toSorted(byDay),
  }))
}

const byDay = (a: RunSlice, b: RunSlice): number => (a.days?.from ?? '').localeCompare(b.days?.from ?? '')

/** How many slices stand in each state; states without any are left out. */
export function stateCounts(slices: readonly RunSlice[]): ReadonlyMap<SliceState, number> {
  const counts = new Map<SliceState, number>()
  for (const { state } of slices) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

// What needs a person comes first, what is over last.
const ORDER: readonly SliceState[] = ['failed', 'unconfirmed', 'reading', 'waiting', 'skipped', 'done']

/** Slices with those first that a person should look at; among equals their order stays. */
export const worstFirst = (slices: readonly RunSlice[]): readonly RunSlice[] =>
  slices.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))

/** A slice's name within its run. */
export const sliceKey = ({ stream, advertiserId, days }: RunSlice): string =>
  `${stream} ${advertiserId} ${days?.from ?? ''} ${days?.to ?? ''}`

/** What slices asked for and met, added up. */
export function sliceTotals(slices: readonly RunSlice[]) {
  const sum = (field: 'retries' | 'waitedMs' | 'calls') => slices.reduce((total, slice) => total + slice[field], 0)
  return {
    calls: sum('calls'),
    retries: sum('retries'),
    waitedMs: sum('waitedMs'),
    truncated: slices.filter(({ truncated }) => truncated).length,
    metricsDropped: [...new Set(slices.flatMap(({ metricsDropped }) => metricsDropped))].sort(),
  }
}
