import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// In memory where there is such a folder: tests make thousands of commits, and a busy disk takes 20 ms for each.
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Whose end removes the folder: a test's context, or `{ after }` of a file. */
export interface Scope {
  after(remove: () => void): void
}

/** A new folder that is removed at the end. */
export function tempFolder(scope: Scope): string {
  const folder = mkdtempSync(join(PLACE, 'backbeat-'))
  scope.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A new folder that takes only so many bytes; null where this process may not mount one. */
export function smallDisk(scope: Scope, bytes: number): string | null {
  const folder = mkdtempSync(join(PLACE, 'backbeat-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]).status === 0
  scope.after(() => {
    if (mounted) spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return mounted ? folder : null
}
