import type { Reference, Table } from '../table.ts'

/** A reference from one table of a set to another of it. */
export interface Relation extends Reference {
  readonly from: string
}

/** References among these tables, in their order; those that lead out of the set are left out. */
export function relationsAmong(tables: readonly Table[]): readonly Relation[] {
  const names = new Set(tables.map(({ name }) => name))
  return tables.flatMap((table) =>
    table.references
      .filter((reference) => names.has(reference.table))
      .map((reference) => ({ from: table.name, ...reference })),
  )
}
