import { Cron } from 'croner'
import type { StreamSyncSpec } from './kinds.ts'

export type Schedule = StreamSyncSpec['schedule']

const MINUTE_MS = 60_000

/**
 * First moment after `since` (milliseconds since 1970) at which a sync is due; null when it runs only when told to, or never
 * again. The schedule has passed `scheduleProblems`.
 */
export function dueAfter(schedule: Schedule, since: number): number | null {
  if (schedule === null) return null
  if ('every_minutes' in schedule) return since + schedule.every_minutes * MINUTE_MS
  return open(schedule).nextRun(new Date(since))?.getTime() ?? null
}

/** What is wrong with a schedule beyond its shape, and where below `spec.schedule`. */
export function scheduleProblems(schedule: Schedule): readonly { readonly path: string; readonly message: string }[] {
  if (schedule === null || 'every_minutes' in schedule) return []
  if (!isZone(schedule.zone)) {
    return [{ path: 'zone', message: `"${schedule.zone}" is no time zone; give an IANA name such as "Europe/Berlin"` }]
  }
  const right = 'give minute, hour, day, month and weekday, such as "30 12 * * *"'
  try {
    if (dueAfter(schedule, 0) !== null) return []
    return [{ path: 'cron', message: `"${schedule.cron}" never comes; ${right}` }]
  } catch {
    return [{ path: 'cron', message: `"${schedule.cron}" is no cron line; ${right}` }]
  }
}

const open = ({ cron, zone }: { readonly cron: string; readonly zone: string }): Cron =>
  new Cron(cron, { timezone: zone, paused: true, mode: '5-part' })

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
