import { getOrAdd } from '../get_or_add.ts'
import { cellsOf } from './cells.ts'
import { type Counting, type Period, partOf, type View } from './figures.ts'
import type { ReportObject } from './objects.ts'
import type { NamedPeriod } from './periods.ts'
import { hasFigures, seenIn } from './presence.ts'
import { textSeed } from './scatter.ts'

/** What the rows of one account are made of. */
export interface Part {
  readonly objects: readonly ReportObject[]
  readonly periods: readonly NamedPeriod[]
}

/** One row of a report, before its figures are counted. `cell` is null without breakdowns. */
export interface Place {
  readonly object: ReportObject
  readonly period: NamedPeriod
  readonly cell: string | null
}

/** What decides which rows there are. */
export interface Layout {
  readonly breakdowns: readonly string[]
  readonly counting: Counting
  readonly view: View
  /** Rows of fewer impressions are withheld. */
  readonly impressionsMin: number
  /** Some objects without delivery have a row of zeros. */
  readonly hasZeroRows: boolean
}

/** Which rows a report has, in order; a place is packed into one number, so that a million of them are 8 MB. */
export interface RowIndex {
  readonly count: number
  placeAt(row: number): Place
}

const PARTS = 8
const PERIODS = 512
const CELLS = 8192

class Packed {
  #numbers = new Float64Array(1024)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(number: number): void {
    if (this.#count === this.#numbers.length) {
      const longer = new Float64Array(this.#count * 2)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#numbers[this.#count++] = number
  }

  at(index: number): number {
    return this.#numbers[index]!
  }
}

/** Impressions of an object in a period, for each cell that has any. */
function cellImpressions(object: ReportObject, period: Period, { breakdowns, view }: Layout): Map<string, number> {
  const found = new Map<string, number>()
  for (const running of object.ads) {
    const cells = cellsOf(running.ad, breakdowns)
    for (const { day, stretch } of seenIn(running, period, view)) {
      for (const cell of cells) {
        const own = partOf(stretch, cell.share, day)
        if (own.to > own.from) found.set(cell.key, (found.get(cell.key) ?? 0) + own.to - own.from)
      }
    }
  }
  return found
}

const hasZeroRow = ({ id }: ReportObject) => textSeed(id) % 2 === 0

const isThere = (object: ReportObject, period: Period, { counting, view }: Layout) =>
  object.ads.some((running) => hasFigures(running, period, counting, view))

/** Throws TooManyRows when there are more than `most`. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows'
}

/** Finds the rows of a report. Throws TooManyRows. */
export function indexRows(parts: readonly Part[], layout: Layout, most: number): RowIndex {
  const packed = new Packed()
  const cellNumbers = new Map<string, number>()
  const cellNames: string[] = []
  const numberOf = (key: string) => getOrAdd(cellNumbers, key, () => cellNames.push(key))
  const add = (part: number, object: number, period: number, cell: number) => {
    if (packed.count >= most) throw new TooManyRows()
    packed.add(((object * PERIODS + period) * CELLS + cell) * PARTS + part)
  }

  for (const [part, { objects, periods }] of parts.entries()) {
    for (const [objectAt, object] of objects.entries()) {
      for (const [periodAt, period] of periods.entries()) {
        if (layout.breakdowns.length > 0) {
          for (const [key, impressions] of cellImpressions(object, period, layout))
            if (impressions >= layout.impressionsMin) add(part, objectAt, periodAt, numberOf(key))
        } else if (isThere(object, period, layout) || (layout.hasZeroRows && hasZeroRow(object)))
          add(part, objectAt, periodAt, 0)
      }
    }
  }

  return {
    count: packed.count,
    placeAt(row) {
      const number = packed.at(row)
      const { objects, periods } = parts[number % PARTS]!
      const cell = Math.floor(number / PARTS) % CELLS
      const rest = Math.floor(number / (PARTS * CELLS))
      return {
        object: objects[Math.floor(rest / PERIODS)]!,
        period: periods[rest % PERIODS]!,
        cell: cell === 0 ? null : cellNames[cell - 1]!,
      }
    },
  }
}
