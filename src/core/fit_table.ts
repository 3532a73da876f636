import { placeOf, variantAfter } from './compare_schema.ts'
import type { Column, ColumnType, Row, Table, Value } from './table.ts'
import type { StoredTable } from './warehouse.ts'

/** A table as it can be loaded now: columns without a place are left out, others hold what fits the type that stands there. */
export interface Fit {
  readonly table: Table
  /** The same rows for that table; `onDrop` hears of each value that had no place. */
  project(rows: readonly Row[], onDrop: (column: string) => void): readonly Row[]
}

/** Fits a contract to the table that stands in the warehouse. */
export function fitTable(stored: StoredTable, table: Table): Fit {
  const columns = table.columns.map((column, index) => ({ index, column, as: placeFor(stored, column) }))
  const kept = columns.flatMap(({ index, column, as }) =>
    as ? [{ index, column: { ...column, type: as }, from: column }] : [],
  )
  if (kept.length === columns.length && kept.every(({ column, from }) => column.type === from.type)) {
    return { table, project: (rows) => rows }
  }
  const dropped = columns.filter(({ as }) => as === null)
  return {
    table: { ...table, columns: kept.map(({ column }) => column) },
    project: (rows, onDrop) =>
      rows.map((row) => {
        for (const { index, column } of dropped) if (row[index] !== null) onDrop(column.name)
        return kept.map(({ index, column, from }) => {
          const value = row[index]!
          if (column.type === from.type || value === null) return value
          const cast = castValue(value, column.type)
          if (cast === null) onDrop(column.name)
          return cast
        })
      }),
  }
}

/** The type a column's values are loaded with; null when they have no place. */
function placeFor(stored: StoredTable, column: Column): ColumnType | null {
  if (placeOf(stored, column)) return column.type
  const has = (name: string) => stored.columns.find((one) => one.name === name)
  // Beside a variant the first column is out of use.
  return has(variantAfter(column.name)) ? null : (has(column.name)?.type ?? null)
}

const INTEGER = /^-?\d{1,18}$/
const MONEY = /^-?\d{1,14}(\.\d{1,6})?$/

/** A value as another type holds it without loss; null when that cannot be. */
export function castValue(value: Value, type: ColumnType): Value {
  const text = String(value)
  switch (type) {
    case 'text':
      return text
    case 'id':
    case 'integer':
      return INTEGER.test(text) ? text : null
    case 'money':
      return MONEY.test(text) ? text : null
    case 'ratio':
      return typeof value !== 'boolean' && text !== '' && String(Number(text)) === text ? Number(text) : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null
    case 'local_time':
      return /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? text : null
    case 'instant':
    case 'json':
      return null
  }
}
