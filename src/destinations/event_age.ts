import type { Findings } from '../tiktok/reasons.ts'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

// Views are attributed for at most 7 days (Attribution Manager); older events count for clicks and audiences only.
const OLD_DAYS = 7
// Ours: TikTok documents nothing about the future. Clocks are minutes off, time zones up to 14 hours; nothing is a day off.
const AHEAD_SECONDS = 5 * MINUTE
const AHEAD_SECONDS_MAX = DAY

/** Checks how long ago an event happened; `seconds` since 1970, `now` in milliseconds, no limit of age when null. */
export function checkAge(seconds: number, now: number, maxAgeDays: number | null, findings: Findings): void {
  const age = now / 1000 - seconds
  const days = Math.floor(age / DAY)
  if (age < -AHEAD_SECONDS) checkAhead(-age, findings)
  else if (maxAgeDays !== null && age > maxAgeDays * DAY) {
    const message = `Cannot send the event: it happened ${days} days ago, the limit of the destination is ${maxAgeDays}`
    findings.reject('tiktok.event_too_old', 'event_time', message)
  } else if (age > OLD_DAYS * DAY) {
    findings.warn('tiktok.event_old', 'event_time', `Goes late: it happened ${days} days ago`)
  }
}

function checkAhead(seconds: number, findings: Findings): void {
  const minutes = Math.round(seconds / MINUTE)
  if (seconds > AHEAD_SECONDS_MAX) {
    const message = `Cannot send the event: it lies ${minutes} minutes in the future`
    findings.reject('tiktok.event_in_future', 'event_time', message)
  } else {
    findings.warn('tiktok.event_in_future', 'event_time', `Goes with a time ${minutes} minutes in the future`)
  }
}
