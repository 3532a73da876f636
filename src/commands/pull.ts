import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { DesiredResource } from '../files/check_files.ts'
import { DEFAULT_PATHS, defaultPaths } from '../files/find_files.ts'
import { loadFiles } from '../files/load_files.ts'
import { type Pulled, pullFiles } from '../files/pull_files.ts'
import type { StoredResource } from '../store/resources.ts'
import { checkAll, counted, demandValid } from './config_files.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { withExistingStore } from './with_store.ts'

/** Writes what is stored into files; `out` null for the usual place. */
export async function pull(shell: Shell, out: string | null, json: boolean): Promise<void> {
  const stored = await withExistingStore(shell, ({ resources }) => resources.list())
  const target = out ?? defaultPaths(shell.folder)[0] ?? DEFAULT_PATHS[0]
  const whole = (path: string) => resolve(shell.folder, path)
  const pulled = pullFiles(stored, {
    out: target,
    present: presentAt(shell, out === null ? defaultPaths(shell.folder) : [target], stored, json),
    read: (path) => (existsSync(whole(path)) ? readFileSync(whole(path), 'utf8') : null),
  })
  for (const [path, text] of pulled.files) {
    mkdirSync(dirname(whole(path)), { recursive: true })
    writeFileSync(whole(path), text)
  }
  report(shell, pulled, json)
}

/** What the files say so far; they must be right, for a mistake in them would be written on. */
function presentAt(
  shell: Shell,
  paths: readonly string[],
  stored: readonly StoredResource[],
  json: boolean,
): readonly DesiredResource[] {
  const there = paths.filter((path) => existsSync(resolve(shell.folder, path)))
  return there.length === 0 ? [] : demandValid(shell, checkAll(loadFiles(there, shell.folder), stored), json)
}

function report(shell: Shell, { files, unchanged, onlyInFiles, withoutReference }: Pulled, json: boolean): void {
  const written = [...files.keys()].sort()
  const { talk, data } = shell.outlet
  for (const secret of withoutReference)
    talk(`${shell.tone('careful', '!')} ${secret} was set without a reference; its file names a variable to put it in`)
  for (const resource of onlyInFiles) talk(`${resource} stands in the files only; "apply" would make it`)
  if (json) printJson(shell, { written, unchanged, onlyInFiles, withoutReference })
  else for (const path of written) data(path)
  talk(`Wrote ${counted(written.length, 'file')}; ${counted(unchanged, 'resource')} stood there as stored`)
}
