import type { Column, ColumnType, TableMode } from './table.ts'

const column = (name: string, type: ColumnType, about: string): Column => ({
  name,
  type,
  about,
  apiField: null,
  totals: null,
  latencyHours: null,
})

const EVERYWHERE: readonly Column[] = [
  column('_synced_at', 'instant', 'When the row was last written, in UTC.'),
  column('_fivetran_synced', 'instant', 'The same moment as _synced_at, under the name that dbt packages read.'),
  column('_run_id', 'text', 'Run that last wrote the row.'),
  column('_row_hash', 'text', 'Digest of everything in the row that came from TikTok; it tells whether a row changed.'),
  column('_first_seen_at', 'instant', 'When the row was first written, in UTC.'),
  column('_restated_count', 'integer', 'How often the row was written anew with other values.'),
]

const IS_FINAL = column('_is_final', 'boolean', 'True when no later run will read the row again.')
const DELETED = column(
  '_deleted',
  'boolean',
  'True when TikTok no longer gives it; a history says so in its newest version.',
)

/** What every table of a mode gets from us behind its own columns. */
export function auditColumns(mode: TableMode): readonly Column[] {
  return [...EVERYWHERE, keepsWhatWent(mode) ? DELETED : IS_FINAL]
}

/** Whether rows that no longer come are kept and marked, or taken out of the table. */
export const keepsWhatWent = (mode: TableMode): boolean => mode === 'upsert' || mode === 'history'
