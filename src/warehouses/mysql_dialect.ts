import { createHash } from 'node:crypto'
import type { ColumnType } from '../core/table.ts'
import { type Dialect, qualified } from './sql_dialect.ts'

const TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'bigint',
  text: 'mediumtext',
  integer: 'bigint',
  money: 'decimal(20,6)',
  ratio: 'double',
  boolean: 'tinyint(1)',
  date: 'date',
  local_time: 'datetime',
  instant: 'datetime(3)', // in UTC: it keeps no zone
  json: 'json',
}

// MariaDB calls its JSON columns longtext, so that no text of ours is one.
const TYPES_OF: readonly (readonly [RegExp, ColumnType])[] = [
  [/^bigint(\(\d+\))?$/, 'integer'],
  [/^(varchar\(\d+\)|text|mediumtext)$/, 'text'],
  [/^(json|longtext)$/, 'json'],
  [/^decimal\(20,6\)$/, 'money'],
  [/^double$/, 'ratio'],
  [/^tinyint\(1\)$/, 'boolean'],
  [/^date$/, 'date'],
  [/^datetime$/, 'local_time'],
  [/^datetime\(3\)$/, 'instant'],
]

const KEY_TEXT_CHARACTERS_MAX = 255
const KEY_BYTES_MAX = 3072 // of InnoDB
const KEY_BYTES_ELSE = 64 // room for ids and times beside the texts
const BYTES_PER_CHARACTER = 4

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``
const text = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`
const list = (names: readonly string[]): string => names.map(quote).join(', ')

const LOCK_SECONDS = 600

/** Names of locks hold for the whole server, and have 64 characters at most. */
const lockName = (name: string): string =>
  text(`backbeat ${createHash('sha256').update(name).digest('hex').slice(0, 40)}`)

export const mysqlDialect: Dialect = {
  quote,
  text,
  instant: (at) => `timestamp ${text(new Date(at).toISOString().replace('T', ' ').replace('Z', ''))}`,
  typeName: (type) => TYPES[type],
  // Deleting by an alias asks what may be done in the database that is chosen.
  enter: (schema) => [`use ${quote(schema)}`],
  keyTextName(texts) {
    const most = Math.floor((KEY_BYTES_MAX - KEY_BYTES_ELSE) / BYTES_PER_CHARACTER / texts)
    return `varchar(${Math.min(KEY_TEXT_CHARACTERS_MAX, most)})`
  },
  typeOf: (native) => TYPES_OF.find(([pattern]) => pattern.test(native))?.[1] ?? null,
  lock: (name) => [`select get_lock(${lockName(name)}, ${LOCK_SECONDS})`],
  unlock: (name) => [`do release_lock(${lockName(name)})`],
  describe: (schema, table) => `
    select c.table_name, c.column_name, c.column_type, k.ordinal_position
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    left join information_schema.key_column_usage k on k.table_schema = c.table_schema and k.table_name = c.table_name
      and k.column_name = c.column_name and k.constraint_name = 'PRIMARY'
    where c.table_schema = ${text(schema)} and t.table_type = 'BASE TABLE'${table === null ? '' : ` and c.table_name = ${text(table)}`}
    order by c.table_name, c.ordinal_position`,
  // Keys tell upper from lower case, as those of the other databases do.
  tableEnd: (key, index) =>
    [
      key.length > 0 ? `,\n  primary key (${list(key)})` : '',
      index.length > 0 ? `,\n  key (${list(index)})` : '',
      '\n) character set utf8mb4 collate utf8mb4_bin',
    ].join(''),
  indexStatements: () => [],
  retype: (table, column, type) => `alter table ${table} modify column ${quote(column)} ${type}`,
  rename: (schema, from, to) =>
    `rename table ${qualified({ quote }, schema, from)} to ${qualified({ quote }, schema, to)}`,
  update: (target, source, on, set) =>
    `update ${target} t join ${source} on ${on} set ${set.map(([name, value]) => `t.${quote(name)} = ${value}`).join(', ')}`,
  deleteFrom: (target, where) => `delete t from ${target} t where ${where}`,
  asText: (expression) => `cast(${expression} as char)`,
  asDay: (expression) => `cast(${expression} as date)`,
  millis: (expression) => `timestampdiff(microsecond, timestamp '1970-01-01 00:00:00', ${expression}) div 1000`,
  jsonObject: (pairs) => `json_object(${pairs.flatMap(([name, value]) => [text(name), value]).join(', ')})`,
  jsonRow: (alias, names) =>
    `json_object(${names.flatMap((name) => [text(name), `${alias}.${quote(name)}`]).join(', ')})`,
}
