import { auditColumns } from '../audit_columns.ts'
import type { Column, Table } from '../table.ts'
import { relationsAmong } from './relations.ts'

/** The tables as an entity-relationship diagram of Mermaid, which GitHub and many wikis draw. */
export function toMermaid(tables: readonly Table[]): string {
  const relations = relationsAmong(tables)
  const lines = [
    ...tables.flatMap((table) => {
      const references = relations.filter(({ from }) => from === table.name)
      return tableIn(table, new Set(references.flatMap(({ columns }) => columns)))
    }),
    // The other side may lack the row, and of a history only the newest version is meant.
    ...relations.map(({ from, table, columns }) => `${wordOf(table)} |o--o{ ${wordOf(from)} : "${columns.join(', ')}"`),
  ]
  return `erDiagram\n${lines.map((line) => `  ${line}\n`).join('')}`
}

function tableIn(table: Table, referring: ReadonlySet<string>): readonly string[] {
  const columns = [...table.columns, ...auditColumns(table.mode)]
  return [
    `${wordOf(table.name)} {`,
    ...columns.map((column) => `  ${lineOf(column, table.key.includes(column.name), referring.has(column.name))}`),
    '}',
  ]
}

function lineOf({ name, type, about }: Column, isKey: boolean, isReferring: boolean): string {
  const marks = [...(isKey ? ['PK'] : []), ...(isReferring ? ['FK'] : [])].join(', ')
  return [type, wordOf(name), ...(marks ? [marks] : []), `"${quotable(about)}"`].join(' ')
}

/** Mermaid's names know letters, digits and "_" only. */
const wordOf = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_')

/** Its texts have no way to write a quote, and the page it stands on may read angle brackets. */
const quotable = (words: string): string => words.replace(/\s+/g, ' ').replaceAll('"', "'").replace(/[<>]/g, '')
