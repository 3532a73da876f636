import { auditColumns } from './audit_columns.ts'
import type { Column, ColumnType, Table } from './table.ts'
import type { SchemaChange, StoredColumn, StoredTable } from './warehouse.ts'

/** Types whose every value fits, beside the type itself. Ids and whole numbers are stored alike. */
const ALSO_FITS: Readonly<Record<ColumnType, readonly ColumnType[]>> = {
  id: ['integer'],
  integer: ['id'],
  money: ['integer', 'id'],
  local_time: ['date'],
  text: ['id', 'integer', 'money', 'ratio', 'boolean', 'date', 'local_time', 'instant', 'json'],
  ratio: [],
  boolean: [],
  date: [],
  instant: [],
  json: [],
}

const fits = (inner: ColumnType, outer: ColumnType): boolean => inner === outer || ALSO_FITS[outer].includes(inner)

const VARIANT = /^(.+)__v(\d+)$/

/** Name of the column that stands in for one whose type no longer fits: `spend` → `spend__v2` → `spend__v3`. */
export function variantAfter(name: string): string {
  const [, base, number] = VARIANT.exec(name) ?? []
  return base === undefined ? `${name}__v2` : `${base}__v${Number(number) + 1}`
}

/** The stored column that takes a column's values as it stands: itself, or its newest variant; null when there is none. */
export function placeOf(stored: StoredTable, column: Column): StoredColumn | null {
  const newest = variantsOf(stored, column.name).at(-1)
  return newest?.type && fits(column.type, newest.type) ? newest : null
}

/**
 * What would have to be done for the stored tables to be as their contracts say. Tables that no contract wants are left
 * out, and so are columns of our own and those that a variant has replaced.
 */
export function compareSchema(stored: readonly StoredTable[], wanted: readonly Table[]): readonly SchemaChange[] {
  const byName = new Map(stored.map((table) => [table.name, table]))
  return wanted.flatMap((table): readonly SchemaChange[] => {
    const found = byName.get(table.name)
    if (!found) return [{ kind: 'create_table', table }]
    // A table with another key is built anew, with all its columns.
    const otherKey = compareKey(found, table)
    return otherKey.length > 0 ? otherKey : [...compareColumns(found, table), ...retired(found, table)]
  })
}

function compareKey(stored: StoredTable, table: Table): readonly SchemaChange[] {
  if (stored.key === null) return []
  const isSame = stored.key.length === table.key.length && stored.key.every((name) => table.key.includes(name))
  return isSame ? [] : [{ kind: 'change_key', table, from: stored.key }]
}

function compareColumns(stored: StoredTable, table: Table): readonly SchemaChange[] {
  return [...table.columns, ...auditColumns(table.mode)].flatMap((column): readonly SchemaChange[] => {
    const from = variantsOf(stored, column.name).at(-1)
    if (!from) return [{ kind: 'add_column', table, column }]
    const isWidened = from.type !== null && fits(from.type, column.type)
    if (isWidened && from.type && fits(column.type, from.type)) return []
    return [{ kind: isWidened ? 'widen_column' : 'retype_column', table, column, from }]
  })
}

function retired(stored: StoredTable, table: Table): readonly SchemaChange[] {
  const known = new Set([...table.columns, ...auditColumns(table.mode)].map(({ name }) => name))
  return stored.columns
    .filter(({ name }) => !known.has(name) && !known.has(VARIANT.exec(name)?.[1] ?? name))
    .map((column) => ({ kind: 'retire_column', table, column }))
}

function variantsOf(stored: StoredTable, name: string): readonly StoredColumn[] {
  const numberOf = (column: StoredColumn): number => {
    if (column.name === name) return 1
    const [, base, number] = VARIANT.exec(column.name) ?? []
    return base === name ? Number(number) : 0
  }
  return stored.columns.filter((column) => numberOf(column) > 0).sort((a, b) => numberOf(a) - numberOf(b))
}
