import { relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { keepsWhatWent } from '../core/audit_columns.ts'
import { TerminalError } from '../core/errors.ts'
import type { LoadRequest, Warehouse } from '../core/warehouse.ts'
import { changeStatements, forgetSlices } from './ddl.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { duckdbEngine } from './duckdb_engine.ts'
import { type DuckDbFile, openDuckDb } from './duckdb_file.ts'
import { checkFolder } from './files_check.ts'
import {
  makeFolders,
  onDisk,
  publishManifest,
  readManifest,
  removeFiles,
  schemaFolder,
  spillFolder,
  sweep,
  sweepSpills,
} from './files_folder.ts'
import { FILE_FORMATS, type FileFormat } from './files_format.ts'
import {
  changeManifest,
  emptyTable,
  type FileTable,
  type Manifest,
  nextManifest,
  storedTable,
  withOwnTables,
} from './files_manifest.ts'
import { rebuildFiles } from './files_partitions.ts'
import { showTables } from './files_views.ts'
import { withLock } from './folder_lock.ts'
import { LOADED_SLICES, REMOVED_ROWS, RESTATEMENTS } from './own_tables.ts'
import { type Need, partitionsOfLoad } from './rebuild.ts'
import { inTransaction, qualified, type Session, type StageColumn } from './sql_dialect.ts'
import { loadSlice } from './sql_load.ts'
import { readLoaded } from './sql_warehouse.ts'

/** What a person says of a warehouse of files. */
export const filesSpec = z.strictObject({
  type: z.literal('files'),
  folder: z
    .string()
    .min(1)
    .regex(/^[^*?[\]]+$/, 'must not hold "*", "?", "[" or "]"')
    .default('warehouse')
    .describe("Folder the files stand in; a relative path starts in Backbeat's own folder."),
  format: z.enum(FILE_FORMATS).default('parquet').describe('How rows are written; files of another format stay valid.'),
})

export interface FilesOptions {
  /** Absolute path. */
  readonly folder: string
  readonly format: FileFormat
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** How long a file stays after another one took its place: whoever read the manifest before has as long to read the file. */
const GRACE_MS = 15 * 60_000

/**
 * A warehouse of files in a folder, read through DuckDB: `<folder>/<schema>/<table>/<partition>.<generation>.<format>`, and
 * a `manifest.json` in each schema that names the files that count. A load writes the partitions it changes into new files
 * and then replaces the manifest, in one step: whoever reads sees all of it or nothing.
 */
export function filesWarehouse({ folder, format, now }: FilesOptions): Warehouse {
  const instances: Promise<DuckDbFile>[] = []
  const inMemory = () => {
    let mine: Promise<DuckDbFile> | null = null
    return () => {
      mine ??= openDuckDb({ path: null, folders: [folder], spill: spillFolder(folder) })
      if (!instances.includes(mine)) instances.push(mine)
      return mine
    }
  }
  // What loads need of a table and what people read of it have one name, so each has its own DuckDB.
  const loads = duckdbEngine(inMemory())
  const queries = duckdbEngine(inMemory())
  const show = showTables(folder, queries)
  const swept = new Set<string>()

  /** Changes what a schema holds, all of it or nothing, and nobody else meanwhile. */
  const change = <T>(session: Session, doing: string, schema: string, plan: Change<T>): Promise<T> =>
    onDisk(doing, async () => {
      await makeFolders(folder, schema)
      return withLock(`${schemaFolder(folder, schema)}/.lock`, async () => {
        const standing = await readManifest(folder, schema)
        if (!swept.has(schema)) {
          await sweep(folder, schema, standing)
          await sweepSpills(folder, now())
          swept.add(schema)
        }
        const edited = plan.edit(standing)
        const needs = await plan.needs(edited)
        try {
          const { result, tables, written } = await rebuildFiles(
            session,
            { folder, schema, format },
            edited,
            needs,
            plan.work,
          )
          const { manifest, gone } = nextManifest(standing, { ...edited, tables }, now(), now() - GRACE_MS)
          await publishManifest(folder, schema, manifest, written)
          // They are swept another time when they cannot be removed now.
          await removeFiles(folder, schema, gone).catch(() => swept.delete(schema))
          return result
        } catch (error) {
          swept.delete(schema)
          throw error
        }
      })
    })

  /** The same, in a session of its own. */
  const changeAlone = (doing: string, schema: string, planOf: (session: Session) => Change<void>): Promise<void> =>
    loads.use(doing, (session) => inTransaction(session, () => change(session, doing, schema, planOf(session))))

  const tablesOf = async (schema: string): Promise<Manifest['tables']> =>
    (await onDisk(`describe the schema ${schema}`, () => readManifest(folder, schema))).tables

  return {
    type: 'files',
    check: (schema) => checkFolder(loads, { folder, schema, format }),
    describe: async (schema) => Object.entries(await tablesOf(schema)).map(([name, table]) => storedTable(name, table)),
    ddl: (schema, one) => changeStatements(duckdbDialect, schema, one),
    change: (schema, changes) =>
      changeAlone(`change the schema ${schema}`, schema, (session) => {
        const forgotten = changes.filter(({ kind }) => kind === 'change_key').map(({ table }) => table)
        return {
          edit: (standing) => changes.reduce(changeManifest, withOwnTables(standing)),
          needs: async () => (forgotten.length > 0 ? [{ table: LOADED_SLICES.name, partitions: null }] : []),
          async work() {
            for (const table of forgotten) await session.run(forgetSlices(duckdbDialect, schema, table))
          },
        }
      }),
    load: (request) =>
      loadSlice(
        {
          dialect: duckdbDialect,
          async describeTable(schema, name) {
            const table = (await tablesOf(schema))[name]
            return table ? storedTable(name, table) : null
          },
          async openStage(schema, table, columns) {
            const stage = await loads.openStage(schema, table, columns)
            return {
              ...stage,
              apply: (work) =>
                stage.apply((session) =>
                  change(session, `load ${schema}.${table}`, schema, {
                    edit: (standing) => standing,
                    needs: ({ tables }) => needsOfLoad(session, request, tables[table], stage.table, columns),
                    work: () => work(session),
                  }),
                ),
            }
          },
        },
        request,
      ),
    async loaded(schema) {
      if (!(LOADED_SLICES.name in (await tablesOf(schema)))) return []
      await show()
      return queries.use('read what has been loaded', (session) => readLoaded(duckdbDialect, session, schema))
    },
    clear: (schema, table) =>
      changeAlone(`clear ${table.name}`, schema, (session) => ({
        edit: (standing) => emptyTable(standing, table.name),
        needs: async () => [{ table: LOADED_SLICES.name, partitions: null }],
        work: () => session.run(forgetSlices(duckdbDialect, schema, table)),
      })),
    async query(sql, params = []) {
      await show()
      return queries.query(sql, params)
    },
    quote: (...names) => qualified(duckdbDialect, ...names),
    async close() {
      for (const instance of instances) await (await instance).close()
    },
  }
}

interface Change<T> {
  /** What becomes of the tables beside their rows. */
  edit(standing: Manifest): Manifest
  needs(edited: Manifest): Promise<readonly Need[]>
  work(): Promise<T>
}

async function needsOfLoad(
  session: Session,
  request: LoadRequest,
  table: FileTable | undefined,
  stage: string,
  columns: readonly StageColumn[],
): Promise<readonly Need[]> {
  const { table: wanted, advertiserId, run } = request
  if (!table) throw new TerminalError('warehouse.missing', `Cannot load ${wanted.name}: it was removed meanwhile`)
  const standing = table.files.map(({ partition }) => partition)
  const partitions = await partitionsOfLoad(session, table, request, standing, stage, columns)
  const month = new Date(run.at).toISOString().slice(0, 7)
  const removing = [REMOVED_ROWS.name, RESTATEMENTS.name]
  return [
    { table: wanted.name, partitions },
    { table: LOADED_SLICES.name, partitions: new Set([advertiserId]) },
    ...(keepsWhatWent(wanted.mode) ? [] : removing).map((own) => ({
      table: own,
      partitions: new Set([`${advertiserId}_${month}`]),
    })),
  ]
}

/** As the catalog lists it. */
export const filesType = {
  type: 'files',
  about: 'Parquet, CSV or JSONL files in a folder of this machine.',
  spec: filesSpec,
  secrets: [],
  open(spec: unknown, { folder: own }: { readonly folder: string }): Warehouse {
    const { folder, format } = spec as z.infer<typeof filesSpec>
    const place = resolve(own, folder)
    refuseOwnFolder(place, resolve(own))
    return filesWarehouse({ folder: place, format, now: Date.now })
  },
} as const

/** Queries may read every file in the folder, and none of ours is for them. */
function refuseOwnFolder(folder: string, own: string): void {
  const way = relative(folder, own)
  if (way === '' || (way !== '..' && !way.startsWith(`..${sep}`)))
    throw new TerminalError(
      'warehouse.bad_folder',
      `Cannot keep tables in ${folder}: Backbeat's own files stand there; give a folder of its own`,
    )
}
