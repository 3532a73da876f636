import { TYPE_MEANINGS } from '../../src/core/schema_export/data_contract.ts'
import type { TableMode, Totals } from '../../src/core/table.ts'

const modes: Readonly<Record<TableMode, string>> = {
  upsert: 'A row for each key, brought up to date; one that TikTok no longer gives stays and is marked `_deleted`',
  history:
    'A row for each version that TikTok dated; what changed under the same date is updated in place, and the newest version is marked `_deleted` when the object is gone',
  window: 'The days of an advertiser are replaced; what did not come back goes to `_removed_rows`',
  snapshot: 'Everything of an advertiser is replaced; what did not come back goes to `_removed_rows`',
}

const totals: Readonly<Record<Totals, string>> = {
  sum: 'Added',
  recompute: 'Worked out anew from sums, such as clicks divided by impressions; never averaged',
  none: 'Not at all: people are counted once in each row, and may stand in several',
}

/** What the words mean that pages on tables are made of. */
export const COLUMN_WORDS = {
  modes,
  types: TYPE_MEANINGS,
  totals,
} as const

/** `16 h`; nothing when it is there within the hour. */
export const hoursWord = (hours: number | null): string => (hours === null ? '' : `${hours} h`)
