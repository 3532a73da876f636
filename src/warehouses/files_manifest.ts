import { z } from 'zod'
import { auditColumns } from '../core/audit_columns.ts'
import { variantAfter } from '../core/compare_schema.ts'
import type { ColumnType, Table, TableMode } from '../core/table.ts'
import type { SchemaChange, StoredTable } from '../core/warehouse.ts'
import { nameByKey } from './ddl.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import type { FileColumn } from './files_format.ts'
import { OWN_TABLES, REMOVED_ROWS, RESTATEMENTS } from './own_tables.ts'
import { type PartedTable, partsOf } from './rebuild.ts'

/** One file of rows: all rows of one advertiser and, where the table is cut by months, of one month. */
export interface DataFile {
  /** Such as `7300000000000000001_2026-03`. */
  readonly partition: string
  /** From the manifest's folder on, such as `ad_report_daily/7300000000000000001_2026-03.17.parquet`. */
  readonly path: string
  readonly rows: number
  /** Which of the table's shapes it has. */
  readonly shape: number
}

/** A table that stands in files. */
export interface FileTable extends PartedTable {
  /** Null for tables of our own. */
  readonly mode: TableMode | null
  /** Columns that files have or had: a file is not written anew because its table gets another column. */
  readonly shapes: readonly (readonly FileColumn[])[]
  readonly files: readonly DataFile[]
}

/** A file that no longer counts. Who began to read earlier may still need it for a while. */
export interface StaleFile {
  readonly path: string
  /** Milliseconds since 1970. */
  readonly since: number
}

/** What a schema holds: `manifest.json` in its folder. What it does not name does not count. */
export interface Manifest {
  readonly version: 1
  /** Grows with every change; the files that a change wrote bear its number. */
  readonly generation: number
  readonly tables: Readonly<Record<string, FileTable>>
  readonly stale: readonly StaleFile[]
}

export const EMPTY_MANIFEST: Manifest = { version: 1, generation: 0, tables: {}, stale: [] }

const COLUMN_TYPES = [
  'id',
  'text',
  'integer',
  'money',
  'ratio',
  'boolean',
  'date',
  'local_time',
  'instant',
  'json',
] as const satisfies readonly ColumnType[]

const columns = z.array(z.object({ name: z.string(), type: z.enum(COLUMN_TYPES) }))

const manifestSchema = z.object({
  version: z.literal(1),
  generation: z.int(),
  tables: z.record(
    z.string(),
    z.object({
      mode: z.enum(['upsert', 'history', 'window', 'snapshot']).nullable(),
      key: z.array(z.string()),
      columns,
      advertiserColumn: z.string(),
      monthColumn: z.string().nullable(),
      shapes: z.array(columns),
      files: z.array(z.object({ partition: z.string(), path: z.string(), rows: z.int(), shape: z.int() })),
    }),
  ),
  stale: z.array(z.object({ path: z.string(), since: z.number() })),
})

/** Reads what `manifest.json` holds; throws when it is none of ours. */
export const parseManifest = (text: string): Manifest => manifestSchema.parse(JSON.parse(text))

/** A table as `Warehouse.describe` tells of it. */
export const storedTable = (name: string, { key, columns }: FileTable): StoredTable => ({
  name,
  key: key.length > 0 ? key : null,
  columns: columns.map((column) => ({ ...column, nativeType: duckdbDialect.typeName(column.type) })),
})

/** The tables of our own beside those that are there. */
export function withOwnTables(manifest: Manifest): Manifest {
  const own = OWN_TABLES.map(({ name, columns }) => [
    name,
    newTable({
      mode: null,
      key: [],
      columns,
      advertiserColumn: 'advertiser_id',
      monthColumn: OWN_MONTHS[name] ?? null,
    }),
  ])
  return { ...manifest, tables: { ...Object.fromEntries(own), ...manifest.tables } }
}

/** Of the tables that only grow, the column that keeps their files short. */
const OWN_MONTHS: Readonly<Record<string, string>> = {
  [REMOVED_ROWS.name]: 'removed_at',
  [RESTATEMENTS.name]: 'restated_at',
}

/** What is left of a manifest's files and columns after a change of the schema; writes nothing. */
export function changeManifest(manifest: Manifest, change: SchemaChange): Manifest {
  const { name } = change.table
  const found = manifest.tables[name]
  const put = (tables: Readonly<Record<string, FileTable>>): Manifest => ({
    ...manifest,
    tables: { ...manifest.tables, ...tables },
  })
  if (change.kind === 'create_table') return found ? manifest : put({ [name]: tableOf(change.table) })
  if (!found) throw new Error(`Cannot change ${name}: it is not there`)
  switch (change.kind) {
    case 'add_column':
      return put({ [name]: withColumn(found, change.column) })
    case 'retire_column':
      return manifest
    case 'widen_column':
      return put({ [name]: withColumn(found, { name: change.from.name, type: change.column.type }) })
    case 'retype_column':
      return put({ [name]: withColumn(found, { name: variantAfter(change.from.name), type: change.column.type }) })
    case 'change_key':
      return put({ [nameByKey(name, change.from)]: found, [name]: tableOf(change.table) })
  }
}

/** Takes all files of a table out. */
export function emptyTable(manifest: Manifest, name: string): Manifest {
  const found = manifest.tables[name]
  return found ? { ...manifest, tables: { ...manifest.tables, [name]: { ...found, files: [] } } } : manifest
}

const newTable = (table: Omit<FileTable, 'shapes' | 'files'>): FileTable => ({ ...table, shapes: [], files: [] })

const tableOf = (table: Table): FileTable =>
  newTable({
    mode: table.mode,
    key: table.key,
    columns: [...table.columns, ...auditColumns(table.mode)].map(({ name, type }) => ({ name, type })),
    ...partsOf(table),
  })

function withColumn(table: FileTable, { name, type }: FileColumn): FileTable {
  const isThere = table.columns.some((column) => column.name === name)
  const columns = isThere
    ? table.columns.map((column) => (column.name === name ? { name, type } : column))
    : [...table.columns, { name, type }]
  return { ...table, columns }
}

/** A table whose new files have its columns of now, and the number of that shape. */
export function withShape(table: FileTable): { readonly table: FileTable; readonly shape: number } {
  const text = JSON.stringify(table.columns)
  const shape = table.shapes.findIndex((columns) => JSON.stringify(columns) === text)
  if (shape >= 0) return { table, shape }
  return { table: { ...table, shapes: [...table.shapes, table.columns] }, shape: table.shapes.length }
}

/**
 * What follows a manifest whose tables have become those of `edited`: what `before` named and it does not name is stale,
 * and what has been stale since before `graceEnd` is named no more. Gives the paths that may go, too.
 */
export function nextManifest(
  before: Manifest,
  edited: Manifest,
  now: number,
  graceEnd: number,
): { readonly manifest: Manifest; readonly gone: readonly string[] } {
  const kept = new Set(pathsOf(edited))
  const stale = [
    ...before.stale,
    ...pathsOf(before)
      .filter((path) => !kept.has(path))
      .map((path) => ({ path, since: now })),
  ]
  return {
    manifest: { ...edited, generation: before.generation + 1, stale: stale.filter(({ since }) => since > graceEnd) },
    gone: stale.filter(({ since }) => since <= graceEnd).map(({ path }) => path),
  }
}

/** All files that count. */
export const pathsOf = ({ tables }: Pick<Manifest, 'tables'>): readonly string[] =>
  Object.values(tables).flatMap(({ files }) => files.map(({ path }) => path))
