import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// In memory where there is such a folder: tests make thousands of commits, and a busy disk takes 20 ms for each.
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A new folder that is removed at the end; `after` is a test's or a file's. */
export function tempFolder({ after }: { readonly after: (remove: () => void) => void }): string {
  const folder = mkdtempSync(join(PLACE, 'backbeat-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
