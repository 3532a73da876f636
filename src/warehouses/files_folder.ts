import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { TerminalError } from '../core/errors.ts'
import { EMPTY_MANIFEST, type Manifest, parseManifest, pathsOf } from './files_manifest.ts'
import { type Trouble, toCallError } from './sql_errors.ts'

/**
 * The folder of a file warehouse: `<folder>/<schema>/manifest.json`, the tables' files beside it. Everything that touches
 * the disk without DuckDB is here.
 */

const MANIFEST = 'manifest.json'

/** Folder of a schema. */
export const schemaFolder = (folder: string, schema: string): string => join(folder, fileName(schema))

/** Any name as one that a file may have, which no pattern takes for several: `a*b/c` → `a%2Ab%2Fc`. */
export const fileName = (name: string): string =>
  encodeURIComponent(name).replace(/^\.|[*!'()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** The name that a file bears; null when it is none that we give. */
function nameOfFile(file: string): string | null {
  try {
    const name = decodeURIComponent(file)
    return fileName(name) === file ? name : null
  } catch {
    return null
  }
}

/** The schemas of a folder, by name. */
export async function schemasOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneIfMissing)
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => nameOfFile(name))
    .filter((name) => name !== null)
}

/** The manifest of a schema as it stands on disk; null when there is none. */
export const manifestText = (folder: string, schema: string): Promise<string | null> =>
  readFile(join(schemaFolder(folder, schema), MANIFEST), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw toCallError(`read what ${schema} holds`, error, diskTrouble)
  })

/** What a schema holds; nothing when it is not there. Throws a TerminalError when its manifest is none of ours. */
export async function readManifest(folder: string, schema: string): Promise<Manifest> {
  const text = await manifestText(folder, schema)
  if (text === null) return EMPTY_MANIFEST
  try {
    return parseManifest(text)
  } catch (error) {
    throw new TerminalError(
      'warehouse.broken',
      `Cannot read what ${schema} holds: ${join(schemaFolder(folder, schema), MANIFEST)} is no manifest of ours; put it back from a copy`,
      { cause: error },
    )
  }
}

/**
 * Makes a manifest the one that counts. What it names is on the disk before it is; whatever stops this machine, the old one
 * or the new one stands there afterwards.
 */
export async function publishManifest(
  folder: string,
  schema: string,
  manifest: Manifest,
  written: readonly string[],
): Promise<void> {
  const place = schemaFolder(folder, schema)
  const paths = written.map((path) => join(place, path))
  for (const path of paths) await syncPath(path)
  for (const parent of new Set(paths.map((path) => dirname(path)))) await syncPath(parent)
  await syncPath(place)
  const draft = join(place, `${MANIFEST}.new`)
  const file = await open(draft, 'w')
  try {
    await file.writeFile(JSON.stringify(manifest))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(place, MANIFEST))
  await syncPath(place)
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the folders that these files will stand in. */
export async function makeFolders(folder: string, schema: string, paths: readonly string[] = []): Promise<void> {
  const place = schemaFolder(folder, schema)
  for (const parent of new Set([place, ...paths.map((path) => dirname(join(place, path)))]))
    await mkdir(parent, { recursive: true })
}

/** Removes files of a schema; what is gone already does not matter. */
export async function removeFiles(folder: string, schema: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await rm(join(schemaFolder(folder, schema), path), { force: true })
}

const OURS = /^(?:none|\d+)(?:_(?:none|\d{4}-\d\d))?\.\d+\.(?:parquet|csv|jsonl)$/

/** Removes what a load that was killed has left: files that bear our names, and that no manifest names. */
export async function sweep(folder: string, schema: string, manifest: Manifest): Promise<void> {
  const known = new Set([...pathsOf(manifest), ...manifest.stale.map(({ path }) => path)])
  const place = schemaFolder(folder, schema)
  for (const table of await readdir(place, { withFileTypes: true })) {
    if (!table.isDirectory()) continue
    const entries = await readdir(join(place, table.name), { withFileTypes: true })
    const ours = entries.filter((entry) => entry.isFile() && OURS.test(entry.name))
    const left = ours.map(({ name }) => `${table.name}/${name}`).filter((path) => !known.has(path))
    await removeFiles(folder, schema, left)
  }
}

const SPILL = '.spill-'
const DAY_MS = 86_400_000

/** A name in `folder` for what does not fit into memory; nobody else has it. */
export const spillFolder = (folder: string): string => join(folder, `${SPILL}${process.pid}-${randomUUID()}`)

/** Removes what programs that were killed had not in memory: of processes that are gone, untouched for a day. */
export async function sweepSpills(folder: string, now: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((one) => one.startsWith(SPILL))) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs < now - DAY_MS && !isAlive(Number.parseInt(name.slice(SPILL.length), 10)))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const noneIfMissing = (error: NodeJS.ErrnoException): [] => {
  if (error.code === 'ENOENT') return []
  throw toCallError('read the folder', error, diskTrouble)
}

/** Says errors of the disk in our words; others stay what they are. */
export async function onDisk<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error
    throw isOfDisk ? toCallError(doing, error, diskTrouble) : error
  }
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOENT: 'missing',
  ENOTDIR: 'missing',
}

const diskTrouble = (error: Error): Trouble => TROUBLES[(error as NodeJS.ErrnoException).code ?? ''] ?? 'broken'
