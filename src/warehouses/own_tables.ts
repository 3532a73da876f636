import type { ColumnType } from '../core/table.ts'

/** A table that is ours alone: it keeps what a warehouse must remember of its own filling. */
export interface OwnTable {
  readonly name: string
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[]
  readonly index: readonly string[]
}

/** Slices that were replaced, the newest entry for each table, advertiser and first day. */
export const LOADED_SLICES = {
  name: '_loaded_slices',
  columns: [
    { name: 'table_name', type: 'text' },
    { name: 'advertiser_id', type: 'id' },
    { name: 'first_day', type: 'date' },
    { name: 'last_day', type: 'date' },
    { name: 'run_id', type: 'text' },
    { name: 'loaded_at', type: 'instant' },
    { name: 'row_count', type: 'integer' },
  ],
  index: ['advertiser_id'],
} as const satisfies OwnTable

/** Rows that TikTok no longer gave and that were taken out, whole. */
export const REMOVED_ROWS = {
  name: '_removed_rows',
  columns: [
    { name: 'table_name', type: 'text' },
    { name: 'advertiser_id', type: 'id' },
    { name: 'row_key', type: 'json' },
    { name: 'row_data', type: 'json' },
    { name: 'run_id', type: 'text' },
    { name: 'removed_at', type: 'instant' },
  ],
  index: ['advertiser_id'],
} as const satisfies OwnTable

/** What TikTok changed in figures it had given before, by day and column. */
export const RESTATEMENTS = {
  name: '_restatements',
  columns: [
    { name: 'table_name', type: 'text' },
    { name: 'advertiser_id', type: 'id' },
    { name: 'day', type: 'date' },
    { name: 'column_name', type: 'text' },
    { name: 'sum_before', type: 'text' },
    { name: 'sum_after', type: 'text' },
    { name: 'rows_changed', type: 'integer' },
    { name: 'run_id', type: 'text' },
    { name: 'restated_at', type: 'instant' },
  ],
  index: ['advertiser_id'],
} as const satisfies OwnTable

export const OWN_TABLES: readonly OwnTable[] = [LOADED_SLICES, REMOVED_ROWS, RESTATEMENTS]
