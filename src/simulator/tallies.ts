import { getOrAdd } from './get_or_add.ts'

export const VERDICTS = ['counted', 'duplicate', 'merged', 'test', 'refused'] as const

/** What became of one event: refused ones exist only in the partial batches of the 1.0 endpoints. */
export type Verdict = (typeof VERDICTS)[number]

/** How many events were taken, and what TikTok would count. `received` = counted + duplicates + merged + test. */
export interface Tally {
  received: number
  counted: number
  duplicates: number
  merged: number
  test: number
}

const PLACE = { counted: 'counted', duplicate: 'duplicates', merged: 'merged', test: 'test' } as const

const emptyTally = (): Tally => ({ received: 0, counted: 0, duplicates: 0, merged: 0, test: 0 })

function add(sum: Tally, more: Tally): Tally {
  return {
    received: sum.received + more.received,
    counted: sum.counted + more.counted,
    duplicates: sum.duplicates + more.duplicates,
    merged: sum.merged + more.merged,
    test: sum.test + more.test,
  }
}

/** Names beyond this many a source are counted under one name, so that invented names cannot fill the memory. */
const NAMES_MAX = 2000
const OTHER = '(other names)'

/** The whole and each event name's part. */
export interface Totals extends Tally {
  readonly by_event: Readonly<Record<string, Tally>>
}

/** Counts by event source and by the name TikTok counts under. */
export class Tallies {
  readonly #sources = new Map<string, Map<string, Tally>>()

  count(sourceId: string, event: string, verdict: Exclude<Verdict, 'refused'>): void {
    const events = getOrAdd(this.#sources, sourceId, () => new Map<string, Tally>())
    const name = events.size < NAMES_MAX || events.has(event) ? event : OTHER
    const tally = getOrAdd(events, name, emptyTally)
    tally.received += 1
    tally[PLACE[verdict]] += 1
  }

  /** Totals of the sources and names that pass. */
  totals(isWanted: (sourceId: string, event: string) => boolean): Totals {
    const byEvent = new Map<string, Tally>()
    for (const [sourceId, events] of this.#sources) {
      for (const [event, tally] of events) {
        if (isWanted(sourceId, event)) byEvent.set(event, add(byEvent.get(event) ?? emptyTally(), tally))
      }
    }
    const whole = [...byEvent.values()].reduce(add, emptyTally())
    return { ...whole, by_event: Object.fromEntries(byEvent) }
  }

  clear(): void {
    this.#sources.clear()
  }
}

/** The same totals counted from a list. */
export function tallyOf(events: Iterable<{ readonly counted_as: string; readonly verdict: Verdict }>): Totals {
  const tallies = new Tallies()
  for (const { counted_as, verdict } of events) if (verdict !== 'refused') tallies.count('', counted_as, verdict)
  return tallies.totals(() => true)
}
