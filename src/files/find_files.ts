import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const YAML = /\.ya?ml$/
const SKIPPED = /^(\.|node_modules$)/

/** Where configuration is looked for when no path is named. */
export const DEFAULT_PATHS = ['backbeat', 'backbeat.yaml'] as const

/**
 * Every YAML file of these files and folders, sorted, each once; paths are relative to `folder`. A file that is named
 * itself may have any ending. Throws an Error naming a path that does not exist.
 */
export function findFiles(paths: readonly string[], folder: string): readonly string[] {
  const found = paths.flatMap((path) => {
    const whole = resolve(folder, path)
    if (!existsSync(whole)) throw new Error(`Cannot read the configuration: "${path}" does not exist`)
    return statSync(whole).isDirectory() ? filesIn(path, folder) : [path]
  })
  return [...new Map(found.map((path) => [resolve(folder, path), path])).values()].sort()
}

/** Those of the default paths that exist. */
export function defaultPaths(folder: string): readonly string[] {
  return DEFAULT_PATHS.filter((path) => existsSync(resolve(folder, path)))
}

function filesIn(path: string, folder: string): readonly string[] {
  return readdirSync(resolve(folder, path), { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.test(name))
    .flatMap((entry) => {
      const inside = join(path, entry.name)
      if (entry.isDirectory()) return filesIn(inside, folder)
      // A file mounted by Kubernetes is a link; a link to a folder could lead round in circles.
      const isFile = statSync(resolve(folder, inside), { throwIfNoEntry: false })?.isFile()
      return YAML.test(entry.name) && isFile ? [inside] : []
    })
}
