import { extname, join } from 'node:path'
import { duckdbDialect } from './duckdb_dialect.ts'
import { fileName, makeFolders, schemaFolder } from './files_folder.ts'
import { copyStatement, type FileFormat, readExpression } from './files_format.ts'
import { type DataFile, type FileTable, type Manifest, withShape } from './files_manifest.ts'
import { type Dialect, qualified, type Session } from './sql_dialect.ts'

const dialect: Dialect = duckdbDialect
const { quote, text, typeName } = dialect

/** Where files stand, and how new ones are written. */
export interface Place {
  readonly folder: string
  readonly schema: string
  readonly format: FileFormat
}

/** What `work` will read and change: partitions of a table; null: all it has. */
export interface Need {
  readonly table: string
  readonly partitions: ReadonlySet<string> | null
}

/** What a table has become in files; the manifest is not on the disk yet, and the files are not safe there. */
export interface Rebuilt<T> {
  readonly result: T
  readonly tables: Manifest['tables']
  readonly written: readonly string[]
}

/**
 * Puts what is needed into tables in memory, lets `work` change them, and writes each partition that is another one
 * afterwards into a new file. The session is in a transaction; nothing of the tables stays in it.
 */
export async function rebuild<T>(
  session: Session,
  place: Place,
  { tables, generation }: Manifest,
  needs: readonly Need[],
  work: () => Promise<T>,
): Promise<Rebuilt<T>> {
  await session.run(`create schema if not exists ${quote(place.schema)}`)
  const opened = []
  for (const need of needs) opened.push({ ...need, before: await openTable(session, place, tables, need) })
  const result = await work()
  const rebuilt: [string, FileTable][] = []
  const written: string[] = []
  for (const { table, before, partitions } of opened) {
    const { shape, table: shaped } = withShape(tables[table]!)
    const changed = await changedPartitions(session, place.schema, table, shaped, before)
    const files: DataFile[] = []
    for (const { partition, rows } of changed.filter((one) => one.rows > 0)) {
      const path = `${fileName(table)}/${partition}.${generation + 1}.${place.format}`
      await writeFile(session, place, table, shaped, partition, path)
      files.push({ partition, path, rows, shape })
    }
    await session.run(`drop table ${qualified(dialect, place.schema, table)}`)
    const replaced = new Set(changed.map(({ partition }) => partition))
    const kept = shaped.files.filter((file) => !replaced.has(file.partition) || !isNeeded(partitions, file))
    rebuilt.push([table, { ...shaped, files: [...kept, ...files] }])
    written.push(...files.map(({ path }) => path))
  }
  return { result, tables: { ...tables, ...Object.fromEntries(rebuilt) }, written }
}

const isNeeded = (partitions: ReadonlySet<string> | null, { partition }: DataFile): boolean =>
  partitions?.has(partition) ?? true

/** The question that gives a table's rows out of some of its files. */
export function selectRows(
  { folder, schema }: Omit<Place, 'format'>,
  table: FileTable,
  files: readonly DataFile[],
): string {
  const alike = Map.groupBy(files, ({ shape, path }) => `${shape}${extname(path)}`)
  const parts = [...alike.values()].map((group) => {
    const columns = table.shapes[group[0]!.shape]!
    const format = extname(group[0]!.path).slice(1) as FileFormat
    const paths = group.map(({ path }) => join(schemaFolder(folder, schema), path))
    return `select ${columnsFrom(table, columns)} from ${readExpression(format, columns, paths)}`
  })
  return parts.length > 0 ? parts.join(' union all ') : `select ${columnsFrom(table, [])} where false`
}

function columnsFrom({ columns }: FileTable, stored: FileTable['columns']): string {
  const types = new Map(stored.map(({ name, type }) => [name, type]))
  return columns
    .map(({ name, type }) => {
      if (types.get(name) === type) return quote(name)
      return `cast(${types.has(name) ? quote(name) : 'null'} as ${typeName(type)}) as ${quote(name)}`
    })
    .join(', ')
}

/** What names the partition of a row, when the row has these columns. */
export function partitionOf({ advertiserColumn, monthColumn, columns }: FileTable, has: ReadonlySet<string>): string {
  const nameOf = (column: string, expression: string) =>
    has.has(column) ? `coalesce(${expression}, 'none')` : `'none'`
  const advertiser = nameOf(advertiserColumn, `cast(${quote(advertiserColumn)} as varchar)`)
  if (monthColumn === null) return advertiser
  const isInstant = columns.some(({ name, type }) => name === monthColumn && type === 'instant')
  const time = isInstant ? `make_timestamp(epoch_us(${quote(monthColumn)}))` : quote(monthColumn)
  return `${advertiser} || '_' || ${nameOf(monthColumn, `strftime(${time}, '%Y-%m')`)}`
}

const partitionIn = (table: FileTable): string => partitionOf(table, new Set(table.columns.map(({ name }) => name)))

async function openTable(
  session: Session,
  { folder, schema }: Place,
  tables: Manifest['tables'],
  need: Need,
): Promise<Digests> {
  const table = tables[need.table]
  if (!table) throw new Error(`Cannot open ${need.table}: ${schema} has no such table`)
  const files = table.files.filter((file) => isNeeded(need.partitions, file))
  const rows = selectRows({ folder, schema }, table, files)
  await session.run(`create table ${qualified(dialect, schema, need.table)} as ${rows}`)
  return digestsOf(session, schema, need.table, table)
}

/** For each partition how many rows it has, and a sum over all that is in them. */
type Digests = ReadonlyMap<string, { readonly rows: number; readonly sum: string }>

async function digestsOf(session: Session, schema: string, name: string, table: FileTable): Promise<Digests> {
  const columns = table.columns.map((column) => quote(column.name)).join(', ')
  const lines = await session.rows(
    `select ${partitionIn(table)}, count(*), cast(sum(hash(${columns})) as varchar) from ${qualified(dialect, schema, name)} group by 1`,
  )
  return new Map(lines.map(([partition, rows, sum]) => [partition!, { rows: Number(rows), sum: sum! }]))
}

async function changedPartitions(
  session: Session,
  schema: string,
  name: string,
  table: FileTable,
  before: Digests,
): Promise<readonly { readonly partition: string; readonly rows: number }[]> {
  const after = await digestsOf(session, schema, name, table)
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((partition) => before.get(partition)?.sum !== after.get(partition)?.sum)
    .map((partition) => ({ partition, rows: after.get(partition)?.rows ?? 0 }))
}

async function writeFile(
  session: Session,
  { folder, schema, format }: Place,
  name: string,
  table: FileTable,
  partition: string,
  path: string,
): Promise<void> {
  const order = table.key.length > 0 ? ` order by ${table.key.map(quote).join(', ')}` : ''
  const question = `select * from ${qualified(dialect, schema, name)} where ${partitionIn(table)} = ${text(partition)}${order}`
  await makeFolders(folder, schema, [path])
  await session.run(copyStatement(format, table.columns, question, join(schemaFolder(folder, schema), path)))
}
