import { auditColumns } from '../audit_columns.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Column, ColumnType, Table } from '../table.ts'

/** Raised when a reader of an older contract would misread a newer one. */
const VERSION = 1

/** What each type promises, in words that hold for every warehouse and file. */
export const TYPE_MEANINGS: Readonly<Record<ColumnType, string>> = {
  id: 'Up to 19 digits; BIGINT in SQL, text in files',
  text: 'Text',
  integer: 'Whole number of up to 19 digits',
  money: 'Decimal number with up to 6 places, in the currency of the advertiser',
  ratio: 'Floating point number',
  boolean: 'True or false',
  date: 'Day in the time zone of the advertiser',
  local_time: 'Time without a zone: of the advertiser in reports, UTC where the column says so',
  instant: 'Moment in UTC',
  json: 'JSON',
}

/**
 * The data contract of these tables: what they hold, how a row is told from others, what may be added up, and when TikTok is
 * done with a figure. Everything that says something about the tables, such as DDL and documentation, comes from it.
 */
export function toDataContract(tables: readonly Table[]): JsonObject {
  return { contract: 'backbeat.tables', version: VERSION, types: { ...TYPE_MEANINGS }, tables: tables.map(tableIn) }
}

function tableIn(table: Table): Json {
  return {
    name: table.name,
    about: table.about,
    group: table.group,
    mode: table.mode,
    key: [...table.key],
    advertiser_column: table.advertiserColumn,
    window_column: table.windowColumn,
    references: table.references.map((one) => ({ columns: [...one.columns], table: one.table, to: [...one.to] })),
    columns: [
      ...table.columns.map((column) => columnIn(column, false)),
      ...auditColumns(table.mode).map((column) => columnIn(column, true)),
    ],
  }
}

function columnIn({ name, type, about, apiField, totals, latencyHours }: Column, isOurs: boolean): Json {
  return { name, type, about, api_field: apiField, totals, latency_hours: latencyHours, added_by_backbeat: isOurs }
}
