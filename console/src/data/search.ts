import { addDays, isDay } from '../parts/days.ts'
import { readTexts } from '../parts/read_texts.ts'

/** What is looked at; lives in the address. */
export interface DataSearch {
  /** The connection whose tables these are. */
  readonly sync?: string
  readonly table?: string
  /** Figures that are charted, with commas between. */
  readonly columns?: string
  readonly advertiser?: string
  readonly from?: string
  readonly to?: string
  /** A query of one's own; without it, the rows of the table. */
  readonly sql?: string
}

/** Reads it from an address; what it does not know it leaves out. */
export const readDataSearch = (search: Record<string, unknown>): DataSearch =>
  readTexts(search, ['sync', 'table', 'columns', 'advertiser', 'from', 'to', 'sql'])

// Days that are shown when none are asked for.
const FIRST_DAYS = 30

/** The days that are looked at: those asked for, else the last 30. */
export function daysShown({ from, to }: DataSearch, today: string): { readonly from: string; readonly to: string } {
  const last = to && isDay(to) ? to : today
  return { from: from && isDay(from) ? from : addDays(last, 1 - FIRST_DAYS), to: last }
}
