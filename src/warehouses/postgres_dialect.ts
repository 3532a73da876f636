import type { ColumnType } from '../core/table.ts'
import { type Dialect, qualified } from './sql_dialect.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'bigint',
  text: 'text',
  integer: 'bigint',
  money: 'numeric(20,6)',
  ratio: 'double precision',
  boolean: 'boolean',
  date: 'date',
  local_time: 'timestamp',
  instant: 'timestamptz',
  json: 'jsonb',
}

const TYPES_OF: Readonly<Record<string, ColumnType>> = {
  bigint: 'integer',
  text: 'text',
  'character varying': 'text',
  'numeric(20,6)': 'money',
  'double precision': 'ratio',
  boolean: 'boolean',
  date: 'date',
  'timestamp without time zone': 'local_time',
  'timestamp with time zone': 'instant',
  jsonb: 'json',
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

export const postgresDialect: Dialect = {
  quote,
  text,
  instant: (at) => text(new Date(at).toISOString()),
  typeName: (type) => TYPES[type],
  enter: () => [],
  keyTextName: () => TYPES.text,
  typeOf: (native) => TYPES_OF[native.replace(/^(character varying)\(\d+\)$/, '$1')] ?? null,
  lock: (name) => [`select pg_advisory_xact_lock(hashtextextended(${text(name)}, 0))`],
  unlock: () => [],
  describe: (schema, table) => `
    select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), array_position(i.indkey::int2[], a.attnum)
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
    where n.nspname = ${text(schema)} and c.relkind in ('r', 'p')${table === null ? '' : ` and c.relname = ${text(table)}`}
    order by c.relname, a.attnum`,
  tableEnd: (key) => (key.length > 0 ? `,\n  primary key (${key.map(quote).join(', ')})\n)` : '\n)'),
  indexStatements: (table, index) =>
    index.length > 0 ? [`create index on ${table} (${index.map(quote).join(', ')})`] : [],
  retype: (table, column, type) =>
    `alter table ${table} alter column ${quote(column)} type ${type} using ${quote(column)}::${type}`,
  rename: (schema, from, to) => `alter table ${qualified({ quote }, schema, from)} rename to ${quote(to)}`,
  update: (target, source, on, set) =>
    `update ${target} t set ${set.map(([name, value]) => `${quote(name)} = ${value}`).join(', ')} from ${source} where ${on}`,
  deleteFrom: (target, where) => `delete from ${target} t where ${where}`,
  asText: (expression) => `cast(${expression} as text)`,
  asDay: (expression) => `cast(${expression} as date)`,
  millis: (expression) => `cast(round(extract(epoch from ${expression}) * 1000) as bigint)`,
  jsonObject: (pairs) => `jsonb_build_object(${pairs.flatMap(([name, value]) => [text(name), value]).join(', ')})`,
  // An object of named values takes 50 of them at most; a row has no such limit.
  jsonRow: (alias) => `to_jsonb(${alias})`,
}
