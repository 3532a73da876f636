import { auditColumns } from '../core/audit_columns.ts'
import { variantAfter } from '../core/compare_schema.ts'
import type { ColumnType, Table } from '../core/table.ts'
import type { SchemaChange, StoredTable } from '../core/warehouse.ts'
import { nameByKey } from './ddl.ts'
import { LOADED_SLICES, OWN_TABLES } from './own_tables.ts'
import { type PartedTable, partsOf } from './rebuild.ts'
import type { Cell } from './sql_dialect.ts'

/** How ClickHouse is spoken to where tables are made and told of. */

const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'Int64',
  text: 'String',
  integer: 'Int64',
  money: 'Decimal(20, 6)',
  ratio: 'Float64',
  boolean: 'Bool',
  date: 'Date32',
  local_time: "DateTime64(0, 'UTC')", // whatever zone it is of: it is kept as it is written
  instant: "DateTime64(3, 'UTC')",
  json: 'String',
}

const TYPES_OF: Readonly<Record<string, ColumnType>> = {
  ...Object.fromEntries(Object.entries(TYPES).map(([type, native]) => [native, type as ColumnType])),
  Int64: 'integer',
  String: 'text',
}

/** Its comment tells a column of JSON from one of text. */
const JSON_COMMENT = 'json'

export const quote = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``
export const text = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`
export const qualified = (...names: readonly string[]): string => names.map(quote).join('.')

/** Null when it is none that we create. */
export const typeOf = (native: string, comment: string = ''): ColumnType | null => {
  const type = TYPES_OF[bareType(native)] ?? null
  return type === 'text' && comment === JSON_COMMENT ? 'json' : type
}

const bareType = (native: string): string => /^Nullable\((.*)\)$/.exec(native)?.[1] ?? native

const nullable = (type: ColumnType): string =>
  `Nullable(${TYPES[type]})${type === 'json' ? ` comment ${text(JSON_COMMENT)}` : ''}`

/** The statements that a change of the schema comes to. */
export function clickhouseStatements(schema: string, change: SchemaChange): readonly string[] {
  const { table } = change
  const name = qualified(schema, table.name)
  const column = (kind: 'add' | 'modify', column: string, type: ColumnType) =>
    `alter table ${name} ${kind} column ${kind === 'add' ? 'if not exists ' : ''}${quote(column)} ${nullable(type)}`
  switch (change.kind) {
    case 'create_table':
      return [...createTable(schema, table), ...createView(schema, table)]
    case 'add_column':
      return [column('add', change.column.name, change.column.type), ...createView(schema, table)]
    case 'retire_column':
      return []
    case 'widen_column':
      return [column('modify', change.from.name, change.column.type), ...createView(schema, table)]
    case 'retype_column':
      return [column('add', variantAfter(change.from.name), change.column.type), ...createView(schema, table)]
    case 'change_key':
      return [
        `rename table ${name} to ${qualified(schema, nameByKey(table.name, change.from))}`,
        ...createTable(schema, table),
        ...createView(schema, table),
      ]
  }
}

/** Makes the database and our own tables where they are missing. */
export const clickhouseSchema = (schema: string): readonly string[] => [
  `create database if not exists ${quote(schema)}`,
  ...OWN_TABLES.map(({ name, columns }) => {
    const lines = columns.map(({ name: column, type }) => lineOf({ name: column, type }, [OWN_PARTS.advertiserColumn]))
    return `create table if not exists ${qualified(schema, name)} (${lines.join(', ')}) ${engineOf(ownTable(columns))}`
  }),
]

const OWN_PARTS = { advertiserColumn: 'advertiser_id', monthColumn: null } as const

/** A table of our own as one that is parted by advertisers. */
export const ownTable = (columns: PartedTable['columns']): PartedTable => ({ key: [], columns, ...OWN_PARTS })

function createTable(schema: string, table: Table): readonly string[] {
  const columns = [...table.columns, ...auditColumns(table.mode)]
  const needed = [...table.key, table.advertiserColumn]
  const lines = columns.map((column) => lineOf(column, needed))
  const engine = engineOf({ key: table.key, columns, ...partsOf(table) })
  return [`create table if not exists ${qualified(schema, table.name)} (\n  ${lines.join(',\n  ')}\n) ${engine}`]
}

const lineOf = ({ name, type }: { readonly name: string; readonly type: ColumnType }, needed: readonly string[]) =>
  `${quote(name)} ${needed.includes(name) ? TYPES[type] : nullable(type)}`

const engineOf = (table: PartedTable): string =>
  `engine = MergeTree partition by ${partitionKey(table)} order by ${table.key.length > 0 ? `(${table.key.map(quote).join(', ')})` : 'tuple()'}`

function partitionKey({ advertiserColumn, monthColumn }: PartedTable): string {
  const month = monthColumn === null ? '' : `, toYYYYMM(${quote(monthColumn)})`
  return `(${quote(advertiserColumn)}${month})`
}

const HISTORY = /_history$/

/** Of a history, a view of the newest version of everything, named without `_history`. */
function createView(schema: string, { name, mode, key }: Table): readonly string[] {
  if (mode !== 'history' || !HISTORY.test(name)) return []
  const history = qualified(schema, name)
  const ids = key.slice(0, -1).map(quote).join(', ')
  const version = quote(key.at(-1)!)
  return [
    `create or replace view ${qualified(schema, name.replace(HISTORY, ''))} as select * from ${history} ` +
      `where (${ids}, ${version}) in (select ${ids}, max(${version}) from ${history} group by ${ids})`,
  ]
}

/** Statement that gives a line for each column: table, column, native type, comment, and the columns it is sorted by. */
export const describeStatement = (schema: string): string =>
  `select c.table, c.name, c.type, c.comment, t.sorting_key from system.columns c ` +
  `join system.tables t on t.database = c.database and t.name = c.table ` +
  `where c.database = ${text(schema)} and t.engine like '%MergeTree' and not startsWith(c.table, ${text(STAGE)}) ` +
  'order by c.table, c.position'

/** What the names of tables begin with in which partitions are built. */
export const STAGE = '_backbeat_stage_'

/** Statement that gives the names of such tables that nobody can be building in any more. */
export const leftStatement = (schema: string): string =>
  `select name from system.tables where database = ${text(schema)} and startsWith(name, ${text(STAGE)}) ` +
  'and metadata_modification_time < now() - interval 1 day'

/** Lines of `describeStatement` as tables. */
export const storedTables = (lines: readonly (readonly Cell[])[]): readonly StoredTable[] =>
  [...Map.groupBy(lines, ([table]) => table!)].map(([name, columns]) => ({
    name,
    key: keyOf(columns[0]![4]!),
    columns: columns.map(([, column, native, comment]) => ({
      name: column!,
      type: typeOf(native!, comment ?? ''),
      nativeType: native!,
    })),
  }))

const keyOf = (sortingKey: string): readonly string[] | null =>
  sortingKey === '' || sortingKey === 'tuple()' ? null : sortingKey.split(', ').map((name) => name.replaceAll('`', ''))

/** Every slice that is remembered, oldest first. */
export function selectLoaded(schema: string): string {
  const [table, advertiser, from, to, run, at, rows] = LOADED_SLICES.columns.map(({ name }) => quote(name))
  return (
    `select ${table}, ${advertiser}, ${from}, ${to}, ${run}, toUnixTimestamp64Milli(assumeNotNull(${at})), ${rows} ` +
    `from ${qualified(schema, LOADED_SLICES.name)} order by ${at}, ${table}, ${advertiser}, ${from}`
  )
}
