import { readTexts } from '../parts/read_texts.ts'
import { TABLE_GROUPS, type TableGroup } from './words.ts'

/** What the diagram shows and what is picked in it; lives in the address. */
export interface SchemaSearch {
  /** The connection whose warehouse is looked at; the catalogue alone without one. */
  readonly sync?: string
  readonly q?: string
  readonly group?: TableGroup
  readonly table?: string
  readonly column?: string
  readonly view?: 'list'
  /** `all`: every column in its box, not only keys and relations. */
  readonly columns?: 'all'
  /** `all`: tables that are off too. */
  readonly tables?: 'all'
}

/** Reads it from an address; what it does not know it leaves out. */
export function readSchemaSearch(search: Record<string, unknown>): SchemaSearch {
  const group = TABLE_GROUPS.find((known) => known === search['group'])
  return {
    ...readTexts(search, ['sync', 'q', 'table', 'column']),
    ...(group ? { group } : {}),
    ...(search['view'] === 'list' ? { view: 'list' as const } : {}),
    ...(search['columns'] === 'all' ? { columns: 'all' as const } : {}),
    ...(search['tables'] === 'all' ? { tables: 'all' as const } : {}),
  }
}
