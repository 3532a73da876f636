import type { Json } from '../core/json.ts'

// Seconds have 10 digits until 2286, milliseconds 13; below this a number is in seconds.
const SECONDS_MAX = 100_000_000_000
const ISO = /^(\d{4}-\d\d-(\d\d))(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|([+-]\d\d):?(\d\d)?)?)?$/i

// What nearly every sender writes, on a day every month has: JavaScript reads it right, and fast, without our help.
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/**
 * Whole seconds since 1970, as the wire wants them, from ISO 8601 text, seconds or milliseconds; null when it is none of
 * these. Text without an offset is UTC, wherever this machine stands.
 */
export function eventTime(value: Json): number | null {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return /^\d+(?:\.\d+)?$/.test(text) ? fromNumber(Number(text)) : fromIso(text)
}

function fromNumber(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null
  const seconds = Math.floor(value < SECONDS_MAX ? value : value / 1000)
  return seconds < SECONDS_MAX ? seconds : null
}

function fromIso(text: string): number | null {
  if (USUAL.test(text)) return toSeconds(Date.parse(text))
  const match = ISO.exec(text)
  if (!match) return null
  const [, date, day, time = '00:00', hours = '+00', minutes = '00'] = match
  // JavaScript takes 30 February for 2 March.
  if (day! > '28' && Number(day) > daysIn(date!)) return null
  const offset = Number(hours) * 60 + Number(hours[0] + minutes)
  return toSeconds(Date.parse(`${date}T${time}Z`) - offset * 60_000)
}

function toSeconds(ms: number): number | null {
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000)
}

function daysIn(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate()
}
