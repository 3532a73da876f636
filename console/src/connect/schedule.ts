import type { Schedule } from '../api/specs.ts'

/** What the server takes when a connection says nothing: after TikTok's daily repair. */
export const DAILY: Schedule = { cron: '30 12 * * *', zone: 'UTC' }

interface Preset {
  readonly value: string
  readonly label: string
  readonly schedule: Schedule
}

/** The schedules most people want. */
export const PRESETS: readonly Preset[] = [
  { value: 'daily', label: 'Daily at 12:30 UTC', schedule: DAILY },
  { value: '360', label: 'Every 6 hours', schedule: { every_minutes: 360 } },
  { value: '60', label: 'Every hour', schedule: { every_minutes: 60 } },
  { value: '15', label: 'Every 15 minutes', schedule: { every_minutes: 15 } },
  { value: 'none', label: 'Only when told to', schedule: null },
]

/** The choice beside the presets. */
export const CRON = 'cron'

/** Which choice a schedule is. */
export function presetOf(schedule: Schedule): string {
  const found = PRESETS.find((preset) => scheduleText(preset.schedule) === scheduleText(schedule))
  return found ? found.value : CRON
}

/** A schedule in words. */
export function scheduleText(schedule: Schedule): string {
  if (schedule === null) return 'Only when told to'
  if ('every_minutes' in schedule) return everyText(schedule.every_minutes)
  const zone = schedule.zone ?? 'UTC'
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(schedule.cron) ?? []
  if (minute === undefined) return `Cron ${schedule.cron}, ${zone}`
  return `Daily at ${hour!.padStart(2, '0')}:${minute.padStart(2, '0')} ${zone}`
}

function everyText(minutes: number): string {
  if (minutes === 60) return 'Every hour'
  return minutes % 60 === 0 ? `Every ${minutes / 60} hours` : `Every ${minutes} minutes`
}
