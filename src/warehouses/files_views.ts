import { createView } from './ddl.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { manifestText, onDisk, schemasOf } from './files_folder.ts'
import { parseManifest } from './files_manifest.ts'
import { selectRows } from './files_partitions.ts'
import { inTransaction, qualified, type Session } from './sql_dialect.ts'
import type { Engine } from './sql_warehouse.ts'

/** A schema as queries see it now. */
interface Shown {
  readonly manifest: string
  /** Statements by the name of the view they make. */
  readonly views: ReadonlyMap<string, readonly string[]>
}

/**
 * Gives what makes every table of a folder a view in a DuckDB in memory, over the files that count at that moment; what
 * has not changed since the last time is left alone.
 */
export function showTables(folder: string, engine: Engine): () => Promise<void> {
  let shown: ReadonlyMap<string, Shown> = new Map()
  return () =>
    engine.use('read the folder', async (session) => {
      shown = await onDisk(`read ${folder}`, () => showAll(session, folder, shown))
    })
}

async function showAll(
  session: Session,
  folder: string,
  shown: ReadonlyMap<string, Shown>,
): Promise<ReadonlyMap<string, Shown>> {
  const schemas = await schemasOf(folder)
  const now: [string, Shown][] = []
  for (const schema of schemas) {
    const manifest = await manifestText(folder, schema)
    const before = shown.get(schema)
    if (manifest === null) continue
    if (before?.manifest === manifest) now.push([schema, before])
    else now.push([schema, await inTransaction(session, () => showSchema(session, folder, schema, manifest, before))])
  }
  for (const schema of shown.keys())
    if (!now.some(([name]) => name === schema)) await session.run(`drop schema ${duckdbDialect.quote(schema)} cascade`)
  return new Map(now)
}

async function showSchema(
  session: Session,
  folder: string,
  schema: string,
  text: string,
  before: Shown | undefined,
): Promise<Shown> {
  const { tables } = parseManifest(text)
  const views = new Map(
    Object.entries(tables).map(([name, table]) => {
      const rows = selectRows({ folder, schema }, table, table.files)
      const view = `create or replace view ${qualified(duckdbDialect, schema, name)} as ${rows}`
      const newest = table.mode ? createView(duckdbDialect, schema, { name, mode: table.mode, key: table.key }) : []
      return [name, [view, ...newest]]
    }),
  )
  await session.run(`create schema if not exists ${duckdbDialect.quote(schema)}`)
  for (const [name, statements] of views) {
    if (before?.views.get(name)?.join() === statements.join()) continue
    for (const statement of statements) await session.run(statement)
  }
  return { manifest: text, views }
}
