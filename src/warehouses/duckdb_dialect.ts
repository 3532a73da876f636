import type { ColumnType } from '../core/table.ts'
import { type Dialect, qualified } from './sql_dialect.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'BIGINT',
  text: 'VARCHAR',
  integer: 'BIGINT',
  money: 'DECIMAL(20,6)',
  ratio: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  local_time: 'TIMESTAMP',
  instant: 'TIMESTAMP WITH TIME ZONE',
  json: 'JSON',
}

const TYPES_OF: Readonly<Record<string, ColumnType>> = {
  ...Object.fromEntries(Object.entries(TYPES).map(([type, native]) => [native, type as ColumnType])),
  BIGINT: 'integer',
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

export const duckdbDialect: Dialect = {
  quote,
  text,
  instant: (at) => `timestamptz ${text(new Date(at).toISOString().replace('Z', '+00'))}`,
  typeName: (type) => TYPES[type],
  enter: () => [],
  keyTextName: () => TYPES.text,
  typeOf: (native) => TYPES_OF[native] ?? null,
  lock: () => [],
  unlock: () => [],
  describe: (schema, table) => `
    select c.table_name, c.column_name, c.data_type, nullif(list_position(k.constraint_column_names, c.column_name), 0)
    from duckdb_columns() c
    join duckdb_tables() t on t.database_name = c.database_name and t.table_oid = c.table_oid
    left join duckdb_constraints() k on k.database_name = c.database_name and k.table_oid = c.table_oid
      and k.constraint_type = 'PRIMARY KEY'
    where c.database_name = current_database() and c.schema_name = ${text(schema)}${table === null ? '' : ` and c.table_name = ${text(table)}`}
    order by c.table_name, c.column_index`,
  tableEnd: (key) => (key.length > 0 ? `,\n  primary key (${key.map(quote).join(', ')})\n)` : '\n)'),
  // DuckDB skips blocks by their least and greatest values; an index would only slow writing down.
  indexStatements: () => [],
  retype: (table, column, type) => `alter table ${table} alter column ${quote(column)} set data type ${type}`,
  rename: (schema, from, to) => `alter table ${qualified({ quote }, schema, from)} rename to ${quote(to)}`,
  update: (target, source, on, set) =>
    `update ${target} t set ${set.map(([name, value]) => `${quote(name)} = ${value}`).join(', ')} from ${source} where ${on}`,
  deleteFrom: (target, where) => `delete from ${target} t where ${where}`,
  asText: (expression) => `cast(${expression} as varchar)`,
  asDay: (expression) => `cast(${expression} as date)`,
  millis: (expression) => `epoch_ms(${expression})`,
  jsonObject: (pairs) => `json_object(${pairs.flatMap(([name, value]) => [text(name), value]).join(', ')})`,
  jsonRow: (alias) => `to_json(${alias})`,
}
