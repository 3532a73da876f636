import type { RowsPreview, Table } from '../../../src/server/contract_streams.ts'

// What a warehouse calls a whole number may be an id to us: nobody parts its digits or adds it up.
const ID = /(^|_)id$/

/** Rows with the types that the table's contract gives to columns of these names; a warehouse only knows its own. */
export function withContract(found: RowsPreview, table: Table): RowsPreview {
  const types = new Map(table.columns.map(({ name, type }) => [name, type]))
  const columns = found.columns.map(({ name, type }) => ({
    name,
    type: types.get(name) ?? (type === 'integer' && ID.test(name) ? 'id' : type),
  }))
  return { ...found, columns }
}
