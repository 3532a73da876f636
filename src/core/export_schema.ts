import { toDataContract } from './schema_export/data_contract.ts'
import { toDbml } from './schema_export/dbml.ts'
import { toMermaid } from './schema_export/mermaid.ts'
import { type StatementsOf, toSql } from './schema_export/sql.ts'
import type { Table } from './table.ts'

/** Forms in which the shape of tables leaves the program, for people and for other tools. */
export const SCHEMA_FORMATS = ['sql', 'dbml', 'mermaid', 'json'] as const

export type SchemaFormat = (typeof SCHEMA_FORMATS)[number]

export interface SchemaExport {
  /** Schema or dataset the tables stand in. */
  readonly schema: string
  /** Statements that make a table, of one warehouse; PostgreSQL's when left out. Only SQL needs them. */
  readonly statementsOf?: StatementsOf
}

/**
 * The tables as one text, ending with a line feed: statements, DBML, a Mermaid ER diagram, or the data contract in JSON.
 * References to tables that are not among them are left out.
 */
export function exportSchema(format: SchemaFormat, tables: readonly Table[], options: SchemaExport): string {
  switch (format) {
    case 'sql':
      return toSql(tables, options.schema, options.statementsOf)
    case 'dbml':
      return toDbml(tables, options.schema)
    case 'mermaid':
      return toMermaid(tables)
    case 'json':
      return `${JSON.stringify(toDataContract(tables), null, 2)}\n`
  }
}
