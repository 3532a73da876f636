import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findFiles } from './find_files.ts'
import { type ParsedFile, parseFile } from './parse_file.ts'

/** Everything that was read, and from where. */
export interface LoadedFiles extends ParsedFile {
  readonly files: readonly string[]
}

/** Reads every configuration file of these paths, relative to `folder`. Throws an Error when a path does not exist. */
export function loadFiles(paths: readonly string[], folder: string): LoadedFiles {
  const files = findFiles(paths, folder)
  const parsed = files.map((path) => parseFile(path, readFileSync(resolve(folder, path), 'utf8')))
  return {
    files,
    resources: parsed.flatMap(({ resources }) => resources),
    problems: parsed.flatMap(({ problems }) => problems),
  }
}
