import type { Column, Table } from '../../../src/server/contract_streams.ts'
import { isFigure } from '../parts/figures.ts'

/** A figure that may be charted by day, or why it may not. */
export interface Chartable {
  readonly column: Column
  readonly why: string | null
}

/** The figures of a table, those that may be added up over a day first. */
export function chartables(table: Table): readonly Chartable[] {
  const figures = table.columns.filter(({ type, totals }) => isFigure(type) && totals !== null)
  const all = figures.map((column) => ({ column, why: whyNot(column) }))
  return [...all.filter(({ why }) => why === null), ...all.filter(({ why }) => why !== null)]
}

function whyNot({ totals }: Column): string | null {
  switch (totals) {
    case 'recompute':
      return 'a ratio: sums of it mean nothing'
    case 'none':
      return 'counts people once: it cannot be added up'
    default:
      return null
  }
}

// What most people look at first, where a table has it.
const USUAL = ['spend', 'impressions', 'clicks', 'conversion']

/** The figures that are charted: those asked for, else the usual ones. */
export function chartedColumns(table: Table, asked: string | undefined): readonly Column[] {
  const allowed = chartables(table).filter(({ why }) => why === null)
  const names = asked === undefined ? USUAL : asked.split(',')
  return names.flatMap((name) => allowed.find(({ column }) => column.name === name)?.column ?? [])
}
