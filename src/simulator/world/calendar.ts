import { getOrAdd } from '../get_or_add.ts'
import type { Day } from './world.ts'

/** A minute in ms. */
export const MINUTE_MS = 60_000
/** An hour in ms. */
export const HOUR_MS = 3_600_000
/** A day of 24 hours in ms; days of a zone can differ. */
export const DAY_MS = 86_400_000

/** No zone has changed its offset at anything but a quarter of an hour since 1970, so that is how long one is kept. */
const STEP_MS = 15 * MINUTE_MS

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

const formatOf = (zone: string) =>
  getOrAdd(
    formats,
    zone,
    () =>
      new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      }),
  )

function readOffset(zone: string, ms: number): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms
}

/** How far a zone's clock is ahead of UTC at a moment, in ms. Throws for a zone nobody knows. */
export function offsetMsAt(zone: string, ms: number): number {
  const step = Math.floor(ms / STEP_MS)
  const known = getOrAdd(offsets, zone, () => new Map())
  return getOrAdd(known, step, () => readOffset(zone, step * STEP_MS))
}

/** The calendar day of a moment in a zone. */
export const dayOf = (ms: number, zone: string): Day => Math.floor((ms + offsetMsAt(zone, ms)) / DAY_MS)

/** `2026-03-01`. */
export const dayText = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/

/** The day a text names, or null when it names none. */
export function readDay(text: string): Day | null {
  const ms = DAY_TEXT.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(ms) || dayText(ms / DAY_MS) !== text ? null : ms / DAY_MS
}

/** The moment a day begins in a zone, in ms: its first instant, even where clocks are put forward at midnight. */
export function startOfDay(day: Day, zone: string): number {
  const utc = day * DAY_MS
  const guess = utc - offsetMsAt(zone, utc)
  const settled = utc - offsetMsAt(zone, guess)
  return dayOf(settled, zone) === day ? settled : settled + HOUR_MS
}

/** `2026-03-01 08:15:00`, UTC: how TikTok writes times of entities. */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

/** The moment a text of that form names, in ms, or null. */
export function readTime(text: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : Number.NaN
  return Number.isNaN(ms) ? null : ms
}

/** A zone's standard offset as TikTok names it, with the sign turned round: New York is `Etc/GMT+5`. */
export function etcZoneOf(zone: string): string {
  const winter = Math.min(offsetMsAt(zone, Date.UTC(2026, 0, 1)), offsetMsAt(zone, Date.UTC(2026, 6, 1)))
  const hours = Math.round(winter / HOUR_MS)
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}
