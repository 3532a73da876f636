import { keepsWhatWent } from '../src/core/audit_columns.ts'
import type { DayRange } from '../src/core/stream.ts'
import type { Row, Table, Value } from '../src/core/table.ts'
import type { LoadResult, Restatement } from '../src/core/warehouse.ts'

/** A table as plain rows in memory, loaded by the same rules as a warehouse's; slow and simple. */
export interface ModelTable {
  load(slice: ModelSlice): LoadResult
  /** Rows in order of their keys: values, then `_run_id`, `_restated_count`, first run, and the flag of the mode. */
  rows(): readonly Row[]
}

export interface ModelSlice {
  readonly advertiserId: string
  readonly days: DayRange | null
  readonly rows: readonly Row[]
  readonly run: string
  readonly isFinal: boolean
}

interface Kept {
  row: Row
  run: string
  readonly firstRun: string
  restated: number
  flag: boolean
}

export function modelTable(table: Table): ModelTable {
  const kept = new Map<string, Kept>()
  const at = (row: Row, name: string): Value => row[table.columns.findIndex((column) => column.name === name)] ?? null
  const keyOf = (row: Row): string => table.key.map((name) => at(row, name)).join('|')
  const isIn = ({ advertiserId, days }: ModelSlice, row: Row): boolean => {
    if (at(row, table.advertiserColumn) !== advertiserId) return false
    const day = table.windowColumn === null ? '' : String(at(row, table.windowColumn)).slice(0, 10)
    return days === null || (day >= days.from && day <= days.to)
  }
  const isSame = (one: Row, other: Row): boolean => one.every((value, i) => value === other[i])

  function load(slice: ModelSlice): LoadResult {
    const came = new Map(slice.rows.map((row) => [keyOf(row), row]))
    return keepsWhatWent(table.mode) ? loadMarking(slice, came) : loadRemoving(slice, came)
  }

  function loadRemoving(slice: ModelSlice, came: ReadonlyMap<string, Row>): LoadResult {
    const gone = [...kept].filter(([key, { row }]) => isIn(slice, row) && !came.has(key))
    const standing = [...came].filter(([key]) => kept.has(key))
    const differing = standing.filter(([key, row]) => !isSame(row, kept.get(key)!.row))
    const restated = restatements([
      ...gone.map(([, { row }]) => ({ before: row, after: null })),
      ...differing.map(([key, row]) => ({ before: kept.get(key)!.row, after: row })),
    ])
    for (const [key] of gone) kept.delete(key)
    for (const [key, row] of differing) rewrite(key, row, slice.run)
    for (const one of kept.values()) if (isIn(slice, one.row)) one.flag = slice.isFinal
    const added = insertNew(slice, came, slice.isFinal)
    return countsOf(came.size, added, differing.length, gone.length, restated)
  }

  const idOf = (row: Row): string =>
    (table.mode === 'history' ? table.key.slice(0, -1) : table.key).map((name) => at(row, name)).join('|')

  function loadMarking(slice: ModelSlice, came: ReadonlyMap<string, Row>): LoadResult {
    const ids = new Set([...came.values()].map(idOf))
    const standing = [...came].filter(([key]) => kept.has(key))
    const differing = standing.filter(([key, row]) => !isSame(row, kept.get(key)!.row))
    const returned = standing.filter(([key, row]) => kept.get(key)!.flag && isSame(row, kept.get(key)!.row))
    const added = insertNew(slice, came, false)
    for (const [key, row] of differing) rewrite(key, row, slice.run)
    for (const [key] of differing) kept.get(key)!.flag = false
    for (const [key] of returned) Object.assign(kept.get(key)!, { flag: false, run: slice.run })
    const newest = [...Map.groupBy(kept.values(), ({ row }) => idOf(row))].map(([id, versions]) => ({
      id,
      one: versions.reduce((a, b) => (keyOf(a.row) > keyOf(b.row) ? a : b)),
    }))
    for (const { id, one } of newest) if (ids.has(id) && one.flag) Object.assign(one, { flag: false, run: slice.run })
    const gone = newest.filter(({ id, one }) => !ids.has(id) && !one.flag && isIn(slice, one.row))
    for (const { one } of gone) Object.assign(one, { flag: true, run: slice.run })
    return countsOf(came.size, added, differing.length + returned.length, gone.length, [])
  }

  function rewrite(key: string, row: Row, run: string): void {
    const one = kept.get(key)!
    Object.assign(one, { row, run, restated: one.restated + 1 })
  }

  function insertNew({ run }: ModelSlice, came: ReadonlyMap<string, Row>, flag: boolean): number {
    const added = [...came].filter(([key]) => !kept.has(key))
    for (const [key, row] of added) kept.set(key, { row, run, firstRun: run, restated: 0, flag })
    return added.length
  }

  function restatements(
    pairs: readonly { readonly before: Row; readonly after: Row | null }[],
  ): readonly Restatement[] {
    const sums = new Map<string, { day: string | null; column: string; before: number; after: number; rows: number }>()
    for (const { before, after } of pairs)
      for (const { name } of table.columns.filter(({ totals }) => totals === 'sum')) {
        const [old, now] = [Number(at(before, name)), after ? Number(at(after, name)) : 0]
        if (old === now) continue
        const day = table.windowColumn === null ? null : String(at(before, table.windowColumn)).slice(0, 10)
        const sum = sums.get(`${day} ${name}`) ?? { day, column: name, before: 0, after: 0, rows: 0 }
        sums.set(`${day} ${name}`, {
          ...sum,
          before: sum.before + old,
          after: sum.after + now,
          rows: sum.rows + 1,
        })
      }
    return [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, sum]) => ({ ...sum, before: String(sum.before), after: String(sum.after) }))
  }

  return {
    load,
    rows: () =>
      [...kept]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { row, run, restated, firstRun, flag }]) => [...row, run, String(restated), firstRun, flag]),
  }
}

const countsOf = (
  read: number,
  added: number,
  changed: number,
  removed: number,
  restated: readonly Restatement[],
): LoadResult => ({ read, added, changed, same: read - added - changed, removed, restated })
