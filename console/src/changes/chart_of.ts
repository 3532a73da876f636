import type { RestatementRow } from '../../../src/server/contract_streams.ts'

// What people ask after first, where it was restated.
const USUAL_TABLES = ['ad_report_daily', 'campaign_report_daily', 'advertiser_report_daily']
const USUAL_COLUMNS = ['conversion', 'spend', 'clicks']

interface Chosen {
  readonly table?: string
  readonly column?: string
}

/**
 * The one column of one table that is charted: several tables hold the same figures, and their sum would count them twice. What
 * was chosen, else what most people look at, else what was restated most often.
 */
export function chartOf(
  rows: readonly RestatementRow[],
  chosen: Chosen,
): { readonly table: string; readonly column: string } {
  const cut = rows.filter(({ day }) => day !== null)
  const known = cut.length > 0 ? cut : rows
  const table =
    chosen.table ??
    favourite(
      known.map((row) => row.table),
      USUAL_TABLES,
    )
  const columns = known.filter((row) => row.table === table).map(({ column }) => column)
  return { table, column: chosen.column ?? favourite(columns, USUAL_COLUMNS) }
}

function favourite(names: readonly string[], usual: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return usual.find((name) => counts.has(name)) ?? [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ''
}
