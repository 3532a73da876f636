import type { ColumnType } from '../core/table.ts'
import { type Dialect, qualified } from './sql_dialect.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'NUMBER(19,0)',
  text: 'TEXT',
  integer: 'NUMBER(19,0)',
  money: 'NUMBER(20,6)',
  ratio: 'FLOAT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  local_time: 'TIMESTAMP_NTZ',
  instant: 'TIMESTAMP_TZ',
  json: 'VARIANT',
}

const TYPES_OF: Readonly<Record<string, ColumnType>> = {
  ...Object.fromEntries(Object.entries(TYPES).map(([type, native]) => [native, type as ColumnType])),
  'NUMBER(19,0)': 'integer',
}

// Names that are not quoted mean upper case there: people can write tiktok_ads.ad_history as it is.
const quote = (name: string): string =>
  `"${name.replace(/[a-z]+/g, (part) => part.toUpperCase()).replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`

export const snowflakeDialect: Dialect = {
  quote,
  text,
  instant: (at) => `to_timestamp_tz(${text(new Date(at).toISOString())})`,
  typeName: (type) => TYPES[type],
  enter: () => [],
  keyTextName: () => TYPES.text,
  typeOf: (native) => TYPES_OF[native] ?? (/^NUMBER\(\d+,0\)$/.test(native) ? 'integer' : null),
  // Statements that change rows lock their table until the transaction ends.
  lock: () => [],
  unlock: () => [],
  // Its information schema does not tell the columns of a key, so that a table's comment does.
  describe: (schema, table) => `
    select lower(c.table_name), lower(c.column_name),
      iff(c.data_type = 'NUMBER', 'NUMBER(' || c.numeric_precision || ',' || c.numeric_scale || ')', c.data_type),
      array_position(lower(c.column_name)::variant, try_parse_json(t.comment)) + 1
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where lower(c.table_schema) = ${text(schema)} and t.table_type = 'BASE TABLE'${table === null ? '' : ` and lower(c.table_name) = ${text(table)}`}
    order by c.table_name, c.ordinal_position`,
  tableEnd: (key) =>
    key.length > 0
      ? `,\n  primary key (${key.map(quote).join(', ')})\n) comment = ${text(JSON.stringify(key))}`
      : '\n)',
  indexStatements: () => [],
  retype: (table, column, type) => `alter table ${table} alter column ${quote(column)} set data type ${type}`,
  rename: (schema, from, to) =>
    `alter table ${qualified({ quote }, schema, from)} rename to ${qualified({ quote }, schema, to)}`,
  update: (target, source, on, set) =>
    `merge into ${target} t using ${source} on ${on} when matched then update set ${set.map(([name, value]) => `${quote(name)} = ${value}`).join(', ')}`,
  deleteFrom: (target, where) => `delete from ${target} t where ${where}`,
  newest: (table, ids, version) =>
    `select * from ${table} qualify row_number() over (partition by ${ids.join(', ')} order by ${version} desc) = 1`,
  asText: (expression) => `cast(${expression} as text)`,
  asDay: (expression) => `cast(${expression} as date)`,
  millis: (expression) => `date_part(epoch_millisecond, ${expression})`,
  jsonObject: (pairs) =>
    `object_construct_keep_null(${pairs.flatMap(([name, value]) => [text(name), value]).join(', ')})`,
  jsonRow: (alias, names) =>
    `object_construct_keep_null(${names.flatMap((name) => [text(name), `${alias}.${quote(name)}`]).join(', ')})`,
}
