import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { CommandError, EXIT } from './outlet.ts'

/**
 * Takes a data directory for this server; a second server on it would hand out the same places twice. A lock whose
 * owner is gone is taken over. Returns what releases it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'server.lock')
  const owner = ownerOf(path)
  if (owner !== null && isAlive(owner)) {
    throw new CommandError(
      EXIT.usage,
      `Cannot start: process ${owner} already serves ${folder}; stop it, or set BACKBEAT_DATA to another folder`,
    )
  }
  rmSync(path, { force: true })
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, String(process.pid))
  closeSync(file)
  return () => rmSync(path, { force: true })
}

function ownerOf(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8')) || null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
