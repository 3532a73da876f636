import { auditColumns } from '../audit_columns.ts'
import type { Column, ColumnType, Table } from '../table.ts'
import { relationsAmong } from './relations.ts'

/** Statements that make a table, without semicolons. */
export type StatementsOf = (table: Table) => readonly string[]

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

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

/**
 * Statements that make the tables. What they refer to stands in remarks: a history has several rows for an id, so no
 * foreign key can say it. Without statements of a warehouse they are PostgreSQL's, and say what each column means.
 */
export function toSql(tables: readonly Table[], schema: string, statementsOf?: StatementsOf): string {
  const relations = relationsAmong(tables)
  const parts = tables.map((table) => {
    const remarks = [table.about, ...relations.filter(({ from }) => from === table.name).map(remarkOf)]
    const statements = statementsOf ? statementsOf(table) : postgresStatements(table, schema)
    return [
      ...remarks.map((remark) => `-- ${oneLine(remark)}`),
      ...statements.map((statement) => `${statement};`),
    ].join('\n')
  })
  const head = statementsOf ? [] : [`create schema if not exists ${quote(schema)};`]
  return `${[...head, ...parts].join('\n\n')}\n`
}

function postgresStatements(table: Table, schema: string): readonly string[] {
  const name = `${quote(schema)}.${quote(table.name)}`
  const columns = [...table.columns, ...auditColumns(table.mode)]
  const lines = [
    ...columns.map((column) => definition(column, table.key.includes(column.name))),
    `primary key (${table.key.map(quote).join(', ')})`,
  ]
  return [
    `create table ${name} (\n  ${lines.join(',\n  ')}\n)`,
    `comment on table ${name} is ${text(table.about)}`,
    ...columns.map((column) => `comment on column ${name}.${quote(column.name)} is ${text(column.about)}`),
  ]
}

const definition = ({ name, type }: Column, isInKey: boolean): string =>
  `${quote(name)} ${TYPES[type]}${isInKey ? ' not null' : ''}`

const remarkOf = ({
  columns,
  table,
  to,
}: {
  columns: readonly string[]
  table: string
  to: readonly string[]
}): string => `${columns.join(', ')} → ${table} (${to.join(', ')})`

const oneLine = (words: string): string => words.replace(/\s+/g, ' ')
