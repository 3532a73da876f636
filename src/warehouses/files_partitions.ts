import { extname, join } from 'node:path'
import { duckdbDialect } from './duckdb_dialect.ts'
import { fileName, makeFolders, schemaFolder } from './files_folder.ts'
import { copyStatement, type FileFormat, readExpression } from './files_format.ts'
import { type DataFile, type FileTable, type Manifest, withShape } from './files_manifest.ts'
import { type Need, type PartitionStore, rebuild } from './rebuild.ts'
import type { Session } from './sql_dialect.ts'

const { quote, typeName } = duckdbDialect

/** Where files stand, and how new ones are written. */
export interface Place {
  readonly folder: string
  readonly schema: string
  readonly format: FileFormat
}

/** What tables have become in files; no manifest names them yet, and the files are not safe on the disk. */
export interface Rebuilt<T> {
  readonly result: T
  readonly tables: Manifest['tables']
  readonly written: readonly string[]
}

/** Lets `work` change tables, and writes each partition that is another one afterwards into a new file. */
export async function rebuildFiles<T>(
  session: Session,
  place: Place,
  { tables, generation }: Manifest,
  needs: readonly Need[],
  work: () => Promise<T>,
): Promise<Rebuilt<T>> {
  let rebuilt = tables
  const written: string[] = []
  const store: PartitionStore = {
    async rowsOf({ table, partitions }) {
      const found = tables[table]!
      const files = found.files.filter(({ partition }) => partitions?.has(partition) ?? true)
      return selectRows(place, found, files)
    },
    async keep({ table: name, partition, rows, question }) {
      const { shape, table } = withShape(rebuilt[name]!)
      const files: DataFile[] = table.files.filter((file) => file.partition !== partition)
      if (rows > 0) {
        const path = `${fileName(name)}/${partition}.${generation + 1}.${place.format}`
        await makeFolders(place.folder, place.schema, [path])
        await session.run(copyStatement(place.format, table.columns, question, fullPath(place, path)))
        files.push({ partition, path, rows, shape })
        written.push(path)
      }
      rebuilt = { ...rebuilt, [name]: { ...table, files } }
    },
  }
  const result = await rebuild(session, place.schema, tables, needs, store, work)
  return { result, tables: rebuilt, written }
}

/** The question that gives a table's rows out of some of its files. */
export function selectRows(place: Omit<Place, 'format'>, table: FileTable, files: readonly DataFile[]): string {
  const alike = Map.groupBy(files, ({ shape, path }) => `${shape}${extname(path)}`)
  const parts = [...alike.values()].map((group) => {
    const columns = table.shapes[group[0]!.shape]!
    const format = extname(group[0]!.path).slice(1) as FileFormat
    const paths = group.map(({ path }) => fullPath(place, path))
    return `select ${columnsFrom(table, columns)} from ${readExpression(format, columns, paths)}`
  })
  return parts.length > 0 ? parts.join(' union all ') : `select ${columnsFrom(table, [])} where false`
}

const fullPath = ({ folder, schema }: Omit<Place, 'format'>, path: string): string =>
  join(schemaFolder(folder, schema), path)

/** The columns of a table out of those that are stored: what is not there is null, what has another type gets its own. */
export function columnsFrom({ columns }: Pick<FileTable, 'columns'>, stored: FileTable['columns']): string {
  const types = new Map(stored.map(({ name, type }) => [name, type]))
  return columns
    .map(({ name, type }) => {
      if (types.get(name) === type) return quote(name)
      return `cast(${types.has(name) ? quote(name) : 'null'} as ${typeName(type)}) as ${quote(name)}`
    })
    .join(', ')
}
