import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A sample week, as the data folder remembers it. */
interface BegunWeek {
  readonly seed: number
  /** When it ends, ms since 1970. */
  readonly endsAt: number
  readonly isComplete: boolean
}

/** A week that has to be sent. */
export type DueWeek = Pick<BegunWeek, 'seed' | 'endsAt'>

const WEEK_MS = 7 * 86_400_000

const pathIn = (folder: string): string => join(folder, 'sample_week.json')

/**
 * The sample week that a start of the demo must send; null when it is there already. One that was cut off comes again as
 * it was, so that what had arrived is recognised as repeated. After seven days its events are gone, and it is due anew.
 */
export function dueWeek(folder: string, seed: number, now: number): DueWeek | null {
  const path = pathIn(folder)
  const last = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BegunWeek) : null
  if (last === null || last.seed !== seed || now - last.endsAt >= WEEK_MS) return { seed, endsAt: now }
  return last.isComplete ? null : { seed, endsAt: last.endsAt }
}

/** Remembers that a week is being sent, or has been. */
export function rememberWeek(folder: string, { seed, endsAt }: DueWeek, isComplete: boolean): void {
  writeFileSync(pathIn(folder), `${JSON.stringify({ seed, endsAt, isComplete } satisfies BegunWeek)}\n`)
}
