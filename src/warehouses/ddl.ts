import { createHash } from 'node:crypto'
import { auditColumns } from '../core/audit_columns.ts'
import { variantAfter } from '../core/compare_schema.ts'
import type { Column, Table } from '../core/table.ts'
import type { SchemaChange } from '../core/warehouse.ts'
import { LOADED_SLICES, OWN_TABLES } from './own_tables.ts'
import { type Dialect, qualified } from './sql_dialect.ts'

/** The statements that a change of the schema comes to. */
export function changeStatements(dialect: Dialect, schema: string, change: SchemaChange): readonly string[] {
  const { table } = change
  const name = qualified(dialect, schema, table.name)
  switch (change.kind) {
    case 'create_table':
      return [...createTable(dialect, schema, table), ...createView(dialect, schema, table)]
    case 'add_column':
      return [addColumn(dialect, name, table, change.column), ...createView(dialect, schema, table)]
    case 'retire_column':
      return []
    case 'widen_column': {
      const type = typeIn(dialect, table, change.column)
      const retype = dialect.retype(name, change.from.name, type)
      return [...dropView(dialect, schema, table), retype, ...createView(dialect, schema, table)]
    }
    case 'retype_column': {
      const variant = { ...change.column, name: variantAfter(change.from.name) }
      return [addColumn(dialect, name, table, variant), ...createView(dialect, schema, table)]
    }
    case 'change_key':
      return [
        ...dropView(dialect, schema, table),
        dialect.rename(schema, table.name, nameByKey(table.name, change.from)),
        forgetSlices(dialect, schema, table),
        ...createTable(dialect, schema, table),
        ...createView(dialect, schema, table),
      ]
  }
}

/** Makes the schema and our own tables where they are missing. */
export function schemaStatements(dialect: Dialect, schema: string): readonly string[] {
  return [
    `create schema if not exists ${dialect.quote(schema)}`,
    ...dialect.enter(schema),
    ...OWN_TABLES.map(({ name, columns, index }) => {
      const lines = columns.map((column) => `${dialect.quote(column.name)} ${dialect.typeName(column.type)}`)
      return createStatement(
        `table if not exists ${qualified(dialect, schema, name)}`,
        lines,
        dialect.tableEnd([], index),
      )
    }),
  ]
}

/** Forgets which slices of a table were loaded, so that they are read anew. */
export function forgetSlices(dialect: Dialect, schema: string, table: Pick<Table, 'name'>): string {
  return dialect.deleteFrom(
    qualified(dialect, schema, LOADED_SLICES.name),
    `t.${dialect.quote('table_name')} = ${dialect.text(table.name)}`,
  )
}

function createTable(dialect: Dialect, schema: string, table: Table): readonly string[] {
  const columns = [...table.columns, ...auditColumns(table.mode)]
  const lines = columns.map(
    (column) =>
      `${dialect.quote(column.name)} ${typeIn(dialect, table, column)}${table.key.includes(column.name) ? ' not null' : ''}`,
  )
  const name = qualified(dialect, schema, table.name)
  const index = table.windowColumn ? [table.advertiserColumn, table.windowColumn] : [table.advertiserColumn]
  const isInKey = index.every((column, i) => table.key[i] === column)
  const needed = isInKey ? [] : index
  return [
    createStatement(`table ${name}`, lines, dialect.tableEnd(table.key, needed)),
    ...dialect.indexStatements(name, needed),
  ]
}

const createStatement = (what: string, lines: readonly string[], end: string): string =>
  `create ${what} (\n  ${lines.join(',\n  ')}${end}`

const addColumn = (dialect: Dialect, name: string, table: Table, column: Column): string =>
  `alter table ${name} add column ${dialect.quote(column.name)} ${typeIn(dialect, table, column)}`

/** The type of a column where it stands: a text that is part of a key may have to be a shorter one. */
export function typeIn(dialect: Dialect, { key, columns }: Pick<Table, 'key' | 'columns'>, column: Column): string {
  if (column.type !== 'text' || !key.includes(column.name)) return dialect.typeName(column.type)
  return dialect.keyTextName(columns.filter(({ name, type }) => type === 'text' && key.includes(name)).length)
}

const HISTORY = /_history$/

/** Of a history, a view of the newest version of everything, named without `_history`; of other tables nothing. */
export function createView(
  dialect: Dialect,
  schema: string,
  table: Pick<Table, 'name' | 'mode' | 'key'>,
): readonly string[] {
  if (table.mode !== 'history' || !HISTORY.test(table.name)) return []
  const name = qualified(dialect, schema, table.name)
  const newest = newestOf(dialect, name, table.key.slice(0, -1), table.key.at(-1)!)
  return [`create or replace view ${viewOf(dialect, schema, table)} as ${newest}`]
}

function newestOf(dialect: Dialect, name: string, ids: readonly string[], version: string): string {
  const { quote } = dialect
  if (dialect.newest) return dialect.newest(name, ids.map(quote), quote(version))
  const isSame = ids.map((column) => `n.${quote(column)} = h.${quote(column)}`)
  return (
    `select h.* from ${name} h where not exists ` +
    `(select 1 from ${name} n where ${[...isSame, `n.${quote(version)} > h.${quote(version)}`].join(' and ')})`
  )
}

function dropView(dialect: Dialect, schema: string, table: Table): readonly string[] {
  return createView(dialect, schema, table).length > 0 ? [`drop view if exists ${viewOf(dialect, schema, table)}`] : []
}

const viewOf = (dialect: Dialect, schema: string, table: Pick<Table, 'name'>): string =>
  qualified(dialect, schema, table.name.replace(HISTORY, ''))

const NAME_BYTES_MAX = 63 // of PostgreSQL; MySQL takes 64 characters

/** Name under which a table is kept whose key has changed, such as `ad_report__by_ad_id_stat_time_day`. */
export function nameByKey(table: string, key: readonly string[]): string {
  const name = `${table}__by_${key.join('_')}`
  if (Buffer.byteLength(name) <= NAME_BYTES_MAX) return name
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${Buffer.from(table)
    .subarray(0, NAME_BYTES_MAX - 15)
    .toString()}__by_${digest}`
}
