import { identityOf } from '../configure.ts'
import { showProblem } from '../files/problem.ts'
import { checkAll, counted, readFiles, toJson } from './config_files.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'

/** Checks configuration files on their own. */
export function validate(shell: Shell, paths: readonly string[], json: boolean): void {
  const loaded = readFiles(shell, paths)
  const { desired, problems } = checkAll(loaded, [])
  for (const problem of problems) shell.outlet.talk(showProblem(problem))
  if (json) {
    const resources = desired.map(identityOf)
    printJson(shell, { valid: problems.length === 0, files: loaded.files, resources, problems: problems.map(toJson) })
  }
  const looked = `${counted(loaded.resources.length, 'resource')} in ${counted(loaded.files.length, 'file')}`
  if (problems.length > 0)
    throw new CommandError(EXIT.usage, `Found ${counted(problems.length, 'problem')} in ${looked}`)
  shell.outlet.talk(`${shell.tone('good', '✓')} ${looked}: nothing wrong`)
}
