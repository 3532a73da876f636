import type { ColumnType } from '../core/table.ts'
import { type Dialect, qualified } from './sql_dialect.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'INT64',
  text: 'STRING',
  integer: 'INT64',
  money: 'NUMERIC(20, 6)',
  ratio: 'FLOAT64',
  boolean: 'BOOL',
  date: 'DATE',
  local_time: 'DATETIME',
  instant: 'TIMESTAMP',
  json: 'JSON',
}

// Answers name types as the older dialect did, and tell no digits.
const TYPES_OF: Readonly<Record<string, ColumnType>> = {
  ...Object.fromEntries(Object.entries(TYPES).map(([type, native]) => [native, type as ColumnType])),
  INT64: 'integer',
  INTEGER: 'integer',
  NUMERIC: 'money',
  FLOAT: 'ratio',
  BOOLEAN: 'boolean',
}

const quote = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``
// Its escapes are those of JSON.
const text = (value: string): string => `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'")}'`
const list = (names: readonly string[]): string => names.map(quote).join(', ')

export const bigqueryDialect: Dialect = {
  quote,
  text,
  instant: (at) => `timestamp ${text(new Date(at).toISOString())}`,
  typeName: (type) => TYPES[type],
  enter: () => [],
  keyTextName: () => TYPES.text,
  typeOf: (native) => TYPES_OF[native] ?? null,
  // It has none; of two transactions that change the same table it ends one, which is tried again.
  lock: () => [],
  unlock: () => [],
  describe(schema, table) {
    const information = (name: string) => `${quote(schema)}.INFORMATION_SCHEMA.${name}`
    return `
    select c.table_name, c.column_name, c.data_type, cast(k.ordinal_position as string)
    from ${information('COLUMNS')} c
    join ${information('TABLES')} t on t.table_name = c.table_name and t.table_type = 'BASE TABLE'
    left join ${information('KEY_COLUMN_USAGE')} k on k.table_name = c.table_name and k.column_name = c.column_name
    where not starts_with(c.table_name, ${text(STAGE)})${table === null ? '' : ` and c.table_name = ${text(table)}`}
    order by c.table_name, c.ordinal_position`
  },
  tableEnd: (key, index) =>
    [
      key.length > 0 ? `,\n  primary key (${list(key)}) not enforced` : '',
      `\n)`,
      index.length > 0 ? ` cluster by ${list(index)}` : '',
    ].join(''),
  indexStatements: () => [],
  retype: (table, column, type) => `alter table ${table} alter column ${quote(column)} set data type ${type}`,
  rename: (schema, from, to) => `alter table ${qualified({ quote }, schema, from)} rename to ${quote(to)}`,
  update: (target, source, on, set) =>
    `merge into ${target} t using ${source} on ${on} when matched then update set ${set.map(([name, value]) => `${quote(name)} = ${value}`).join(', ')}`,
  deleteFrom: (target, where) => `delete from ${target} t where ${where}`,
  newest: (table, ids, version) =>
    `select * from ${table} where true qualify row_number() over (partition by ${ids.join(', ')} order by ${version} desc) = 1`,
  asText: (expression) => `cast(${expression} as string)`,
  asDay: (expression) => `cast(${expression} as date)`,
  millis: (expression) => `unix_millis(${expression})`,
  jsonObject: (pairs) => `json_object(${pairs.flatMap(([name, value]) => [text(name), value]).join(', ')})`,
  jsonRow: (alias) => `to_json(${alias})`,
}

/** What the names of tables begin with in which rows wait. */
export const STAGE = '_backbeat_stage_'
