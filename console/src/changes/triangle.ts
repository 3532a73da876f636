import type { RestatementRow } from '../../../src/server/contract_streams.ts'
import { addDecimals, subtractDecimals } from '../parts/decimals.ts'

/** What one reading changed of one day. */
export interface Cell {
  readonly before: string
  readonly after: string
  /** After less before, exact. */
  readonly difference: string
  readonly rows: number
}

/** Days against the days on which they were read: the lower the older, the farther right the later. */
export interface Triangle {
  readonly days: readonly string[]
  /** Days of reading, in UTC. */
  readonly readings: readonly string[]
  /** By day, then by day of reading. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>
}

/** How much each reading changed each day, of one column of one table; several advertisers are added up. */
export function triangleOf(rows: readonly RestatementRow[]): Triangle {
  const cells = new Map<string, Map<string, Cell>>()
  for (const row of rows) {
    if (row.day === null) continue
    const reading = readingDay(row.at)
    const line = cells.get(row.day) ?? new Map<string, Cell>()
    cells.set(row.day, line.set(reading, joined(line.get(reading), row)))
  }
  const readings = new Set([...cells.values()].flatMap((line) => [...line.keys()]))
  return { days: [...cells.keys()].sort().reverse(), readings: [...readings].sort(), cells }
}

const readingDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

function joined(cell: Cell | undefined, { before, after, rows }: RestatementRow): Cell {
  const sums = { before: addDecimals(cell?.before ?? '0', before), after: addDecimals(cell?.after ?? '0', after) }
  return { ...sums, difference: difference(sums), rows: (cell?.rows ?? 0) + rows }
}

/** After less before, as exact decimal text. */
export const difference = ({ before, after }: { readonly before: string; readonly after: string }): string =>
  subtractDecimals(after, before)

/** By how much a figure changed in parts of a hundred; null when it was nothing before. */
export function percent({ before, after }: { readonly before: string; readonly after: string }): number | null {
  const start = Number(before)
  return start === 0 ? null : (100 * (Number(after) - start)) / Math.abs(start)
}
