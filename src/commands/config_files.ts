import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { identityOf, type Known } from '../configure.ts'
import { type CheckedFiles, checkFiles, type DesiredResource } from '../files/check_files.ts'
import { DEFAULT_PATHS, defaultPaths } from '../files/find_files.ts'
import { type LoadedFiles, loadFiles } from '../files/load_files.ts'
import { type FileProblem, showProblem, sortProblems } from '../files/problem.ts'
import { resolveReference } from '../files/secret_reference.ts'
import { type SettledSecrets, settleSecrets } from '../files/settle_secrets.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'

/** Reads the configuration files a person named, or those in the usual place. */
export function readFiles({ folder }: Shell, paths: readonly string[]): LoadedFiles {
  const chosen = paths.length > 0 ? paths : defaultPaths(folder)
  if (chosen.length > 0) return loadFiles(chosen, folder)
  throw new CommandError(
    EXIT.usage,
    `Cannot read the configuration: there is no ${DEFAULT_PATHS.map((path) => `./${path}`).join(' or ')}; name a file or folder`,
  )
}

/** Everything the files say, checked beside what is stored. */
export function checkAll(
  { resources, problems: unreadable }: LoadedFiles,
  stored: readonly StoredResource[],
  { mayRefer = true }: { readonly mayRefer?: boolean } = {},
): CheckedFiles {
  const specs: Known = new Map(stored.map((resource) => [identityOf(resource), resource.spec]))
  const { desired, problems } = checkFiles(resources, { stored: specs, mayRefer })
  // What stands in a document that cannot be read looks as if it were missing.
  const told = unreadable.length === 0 ? problems : problems.filter(({ message }) => !/^there is no /.test(message))
  return { desired, problems: sortProblems([...unreadable, ...told]) }
}

/** The files' resources; ends the command when anything is wrong with them. */
export function demandValid(shell: Shell, checked: CheckedFiles, json: boolean): readonly DesiredResource[] {
  if (checked.problems.length > 0) refuseProblems(shell, checked.problems, json)
  return checked.desired
}

/** Ends the command, having said what is wrong. */
export function refuseProblems(shell: Shell, problems: readonly FileProblem[], json: boolean): never {
  for (const problem of problems) shell.outlet.talk(showProblem(problem))
  if (json) printJson(shell, { problems: problems.map(toJson) })
  throw new CommandError(EXIT.usage, `Found ${counted(problems.length, 'problem')}; nothing was changed`)
}

/** A problem as `--json` prints it. */
export function toJson({ file, line, column, resource, path, message }: FileProblem): object {
  return { file, line, column, resource, path, message }
}

/** Resolves the secrets of the files against the environment, the disk and what is stored; `store` null when nothing is. */
export function settle(
  { environment, folder }: Shell,
  desired: readonly DesiredResource[],
  stored: readonly StoredResource[],
  store: Pick<Store, 'secrets'> | null,
): Promise<SettledSecrets> {
  return settleSecrets(desired, stored, {
    resolve: (reference) =>
      resolveReference(reference, { environment, readFile: (path) => readFileSync(resolve(folder, path), 'utf8') }),
    // A mark without its secret counts as changed.
    stored: async (subject) => (await store?.secrets.reveal(subject).catch(() => null)) ?? null,
  })
}

/** `1 problem`, `3 problems`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
