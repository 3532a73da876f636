import { auditColumns } from '../audit_columns.ts'
import type { Column, Table } from '../table.ts'
import { type Relation, relationsAmong } from './relations.ts'

/** The tables in DBML, the language of dbdiagram.io: keys, notes and references. */
export function toDbml(tables: readonly Table[], schema: string): string {
  const parts = [
    ...tables.map((table) => tableIn(table, schema)),
    ...relationsAmong(tables).map((relation) => referenceIn(relation, schema)),
  ]
  return `${parts.join('\n\n')}\n`
}

function tableIn(table: Table, schema: string): string {
  const columns = [...table.columns, ...auditColumns(table.mode)]
  const [only, ...others] = table.key
  const lines = columns.map((column) => lineOf(column, others.length === 0 && column.name === only))
  const index = others.length > 0 ? `\n\n  indexes {\n    (${table.key.map(quote).join(', ')}) [pk]\n  }` : ''
  return `Table ${quote(schema)}.${quote(table.name)} {\n${lines.join('\n')}${index}\n\n  Note: ${note(table.about)}\n}`
}

function lineOf({ name, type, about }: Column, isKey: boolean): string {
  const settings = [...(isKey ? ['pk'] : []), `note: ${note(about)}`]
  return `  ${quote(name)} ${type} [${settings.join(', ')}]`
}

function referenceIn({ from, columns, table, to }: Relation, schema: string): string {
  return `Ref: ${endIn(schema, from, columns)} > ${endIn(schema, table, to)}`
}

function endIn(schema: string, table: string, columns: readonly string[]): string {
  const [only, ...others] = columns
  const names = others.length > 0 ? `(${columns.map(quote).join(', ')})` : quote(only!)
  return `${quote(schema)}.${quote(table)}.${names}`
}

const quote = (name: string): string => `"${name.replaceAll('"', '')}"`

const note = (words: string): string =>
  `'${words.replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
