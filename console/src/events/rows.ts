import type { EventRow } from '../../../src/server/contract.ts'
import { type EventFilters, matches } from './filters.ts'

/** The newer version of each row, newest first, at most `limit`. Rows that no longer match are left out. */
export function mergeRows(
  known: readonly EventRow[],
  arrived: readonly EventRow[],
  filters: EventFilters,
  limit: number,
): readonly EventRow[] {
  const byId = new Map([...known, ...arrived].map((row) => [row.id, row]))
  return [...byId.values()]
    .filter((row) => matches(row, filters))
    .sort((a, b) => b.id - a.id)
    .slice(0, limit)
}
