import type { Day, DayRange } from './stream.ts'

const DAY_MS = 86_400_000

/** The day so many days later; earlier when negative. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** How many days later `to` is than `from`. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

/** All days of a range, oldest first. */
export const daysOf = ({ from, to }: DayRange): readonly Day[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))

/** Days in a row as ranges, oldest first; `days` must be sorted and without repetition. */
export function rangesOf(days: readonly Day[]): readonly DayRange[] {
  const ranges: DayRange[] = []
  for (const day of days) {
    const last = ranges.at(-1)
    if (last && addDays(last.to, 1) === day) ranges[ranges.length - 1] = { from: last.from, to: day }
    else ranges.push({ from: day, to: day })
  }
  return ranges
}

/** Whether text is a day there was or will be, `2026-02-30` being none. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text

const formats = new Map<string, Intl.DateTimeFormat>()

/** The day it is at a moment in a time zone, by its IANA name; in UTC when nobody knows the zone. */
export function localDay(at: number, timezone: string): Day {
  const format = formats.get(timezone) ?? formatOf(timezone)
  formats.set(timezone, format)
  return format.format(at)
}

// The Swedish write dates as ISO does. A zone we have not heard of shifts a window by a day at most, which windows allow for.
function formatOf(timezone: string): Intl.DateTimeFormat {
  const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  try {
    return new Intl.DateTimeFormat('sv-SE', { ...day, timeZone: timezone })
  } catch {
    return new Intl.DateTimeFormat('sv-SE', { ...day, timeZone: 'UTC' })
  }
}
