import type { DayRange } from '../../../src/server/contract_streams.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const WITH_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const WITHOUT_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

// A day is a date and no moment: it is counted in UTC so that no zone shifts it.
const moment = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** `2026-03-11` → `11 Mar 2026`. Text that is no day comes back as it is. */
export const dayText = (day: string): string => (Number.isNaN(moment(day)) ? day : WITH_YEAR.format(moment(day)))

/** `2026-03-11` → `11 Mar`, for places where the year is plain. */
export const shortDay = (day: string): string => (Number.isNaN(moment(day)) ? day : WITHOUT_YEAR.format(moment(day)))

/** Both ends of a range, the year said once where it is the same: `10 Feb – 11 Mar 2026`. */
export function rangeText({ from, to }: DayRange): string {
  if (from === to) return dayText(from)
  const start = from.slice(0, 4) === to.slice(0, 4) ? shortDay(from) : dayText(from)
  return `${start} – ${dayText(to)}`
}

/** The day so many days later, or earlier when negative. */
export const addDays = (day: string, days: number): string =>
  new Date(moment(day) + days * DAY_MS).toISOString().slice(0, 10)

/** Days of a range, both ends included; 0 when it ends before it begins. */
export const daysIn = ({ from, to }: DayRange): number =>
  Math.max(0, Math.round((moment(to) - moment(from)) / DAY_MS) + 1)

/** True for `YYYY-MM-DD` of a day that exists. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(moment(text)) && addDays(text, 0) === text

/** Today in UTC; an advertiser's own today may differ by one. */
export const todayAt = (now: number): string => new Date(now).toISOString().slice(0, 10)
