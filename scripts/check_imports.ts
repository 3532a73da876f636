import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** Files of src/ itself that put the parts together. */
const ROOT = [
  'account_app.ts',
  'account_connection.ts',
  'account_sign_in.ts',
  'catalog.ts',
  'check_account.ts',
  'config.ts',
  'configure.ts',
  'connect.ts',
  'custom_reports.ts',
  'estimate_sync.ts',
  'explain.ts',
  'kinds.ts',
  'known_streams.ts',
  'open_stream_sync.ts',
  'open_warehouse.ts',
  'save_resource.ts',
  'schedule.ts',
  'secret_field.ts',
]

/** Folder to the folders it may import from, besides itself. The picture of the house; see ARCHITECTURE.md. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  mapping: ['core'],
  tiktok: ['core'],
  event_sources: ['core'],
  streams: ['tiktok', 'core'],
  destinations: ['tiktok', 'core'],
  warehouses: ['core', 'secret_field.ts'],
  store: ['core'],
  worker: ['store', 'connect.ts', 'open_stream_sync.ts', 'schedule.ts', 'core', 'config.ts'],
  server: ['store', 'mapping', 'core', 'event_sources', ...ROOT],
  simulator: [],
  demo: ['simulator', 'store', 'core', 'configure.ts', 'save_resource.ts'],
  files: ['store', 'core', ...ROOT],
  commands: ['demo', 'files', 'store', 'server', 'worker', 'simulator', 'mapping', 'event_sources', 'core', ...ROOT],
}

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, target]) =>
    relative('src', join(dirname(file), target!)),
  )

const folderOf = (path: string): string => path.split(sep)[0]!

const files = globSync('src/*/**/*.ts').filter((file) => !file.endsWith('.test.ts'))
const unlisted = [...new Set(files.map((file) => folderOf(relative('src', file))))].filter(
  (folder) => !(folder in MAY_IMPORT),
)
const wrong = files.flatMap((file) => {
  const home = folderOf(relative('src', file))
  return importsOf(file)
    .map(folderOf)
    .filter((folder) => folder !== home && folder !== '..' && !MAY_IMPORT[home]?.includes(folder))
    .map((folder) => `${file} may not import from ${folder}`)
})
const problems = [...unlisted.map((folder) => `src/${folder} has no line in scripts/check_imports.ts`), ...wrong]
for (const line of problems) console.error(line)
process.exitCode = problems.length > 0 ? 1 : 0
