import { auditColumns, keepsWhatWent } from '../core/audit_columns.ts'
import { placeOf } from '../core/compare_schema.ts'
import { TerminalError } from '../core/errors.ts'
import type { ColumnType, Table } from '../core/table.ts'
import type { LoadRequest, StoredTable } from '../core/warehouse.ts'
import type { PlacedColumn } from './row_cells.ts'
import { type Dialect, qualified, type StageColumn } from './sql_dialect.ts'

/** Everything that is known of a load before its first row comes. */
export interface LoadPlan {
  readonly dialect: Dialect
  readonly request: LoadRequest
  /** The table's name, quoted. */
  readonly target: string
  /** Columns that are kept, as the stored table names them. */
  readonly columns: readonly PlacedColumn[]
  /** Names of the stored table. */
  readonly key: readonly string[]
  /** Columns that may be added up. */
  readonly sums: readonly string[]
  readonly stage: readonly StageColumn[]
  /** What tells whose and which rows `t` are replaced. */
  readonly scope: string
  /** Stored name of the column that a window is cut from. */
  readonly windowColumn: string | null
}

const ADDABLE: readonly (ColumnType | null)[] = ['id', 'integer', 'money', 'ratio']

/** Throws a TerminalError when the stored table lacks what a load cannot do without. */
export function planLoad(dialect: Dialect, stored: StoredTable | null, request: LoadRequest): LoadPlan {
  const { schema, table } = request
  if (!stored) throw new TerminalError('warehouse.missing', `Cannot load ${table.name}: ${schema} has no such table`)
  const places = table.columns.map((column) => placeOf(stored, column))
  const storedNameOf = (name: string): string => {
    const place = places[table.columns.findIndex((column) => column.name === name)]
    if (place) return place.name
    throw lacks(table, name)
  }
  const columns = table.columns.flatMap(({ type }, index): PlacedColumn[] => {
    const place = places[index]
    // Where a wider column takes the values, it takes them as text or as the type it has.
    return place ? [{ name: place.name, type: stagedAs(type, place.type!), index }] : []
  })
  const missing = auditColumns(table.mode).find(({ name }) => !stored.columns.some((column) => column.name === name))
  if (missing) throw lacks(table, missing.name)
  const key = table.key.map(storedNameOf)
  const windowColumn = table.windowColumn === null ? null : storedNameOf(table.windowColumn)
  return {
    dialect,
    request,
    target: qualified(dialect, schema, table.name),
    columns,
    key,
    windowColumn,
    sums: table.columns.flatMap(({ totals }, i) =>
      totals === 'sum' && places[i] && ADDABLE.includes(places[i].type) ? [places[i].name] : [],
    ),
    stage: [
      ...columns.map(({ name, type }) => ({ name, type, isKey: key.includes(name) })),
      { name: '_row_hash', type: 'text', isKey: false },
    ],
    scope: scopeOf(dialect, request, storedNameOf(table.advertiserColumn), windowColumn),
  }
}

const stagedAs = (type: ColumnType, stored: ColumnType): ColumnType =>
  stored === 'id' || stored === 'integer' || stored === 'json' ? type : stored

function lacks({ name, columns }: Table, column: string): TerminalError {
  const type = columns.find((one) => one.name === column)?.type
  return new TerminalError(
    'warehouse.other_shape',
    `Cannot load ${name}: it lacks a column "${column}"${type ? ` that takes values of type ${type}` : ''}; accept the change of its schema first`,
  )
}

function scopeOf(dialect: Dialect, request: LoadRequest, advertiser: string, window: string | null): string {
  const { advertiserId, days, table } = request
  if (!/^\d{1,19}$/.test(advertiserId))
    throw new Error(`Cannot load ${table.name}: "${advertiserId}" is no advertiser id`)
  const isMine = `t.${dialect.quote(advertiser)} = ${advertiserId}`
  if (days === null) return isMine
  if (window === null || keepsWhatWent(table.mode))
    throw new Error(`Cannot load ${table.name} by days: it is not cut by days`)
  const column = `t.${dialect.quote(window)}`
  return `${isMine} and ${column} >= ${start(days.from)} and ${column} < ${start(dayAfter(days.to))}`
}

// A text compares rightly with columns of dates and of times, whatever a database calls them.
const start = (day: string): string => `'${day}'`

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}
