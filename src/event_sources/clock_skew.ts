import type { Json } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { type IngestWarningCode, ingestWarning } from './reasons.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const FUTURE_MAX = 5 * MINUTE // transit and rounding; more is a wrong or a forged clock
const SERVER_SKEW_MAX = DAY // a server's clock is not a day off: its batch waited, or is a replay of an old one
const SECONDS_BELOW = 100_000_000_000 // as milliseconds this is 1973; as seconds it is the year 5138

const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?)?$/i

/** The three times an event comes with. */
export interface SentTimes {
  /** When the event happened, by the sender's clock, as it was written. */
  readonly original: Json
  /** When the sender sent it, by the same clock. */
  readonly sentAt: Json | undefined
  /** When we got it, by our clock. Milliseconds since 1970. */
  readonly receivedAt: number
  readonly isServer: boolean
}

/** When an event happened, as far as can be told. */
export interface CorrectedTime {
  /** Milliseconds since 1970. */
  readonly timestamp: number
  readonly warnings: readonly Reason[]
}

const NO_WARNINGS: readonly Reason[] = []

/**
 * When an event really happened: `receivedAt − (sentAt − original)`, in which a wrong clock of the sender cancels out.
 * Without `sentAt` the sender's time is taken as it is; where that leads nowhere, `receivedAt` stands, with a warning.
 */
export function correctTime(sent: SentTimes): CorrectedTime {
  const { receivedAt } = sent
  const original = parseTime(sent.original)
  if (original === null) return unusable(receivedAt, 'ingest.time_unreadable', 'it is not a time we can read')
  const corrected = withoutSkew(original, parseTime(sent.sentAt), sent)
  if (corrected < 0) return unusable(receivedAt, 'ingest.time_out_of_range', 'it is before 1970')
  if (corrected > receivedAt + FUTURE_MAX) {
    return unusable(receivedAt, 'ingest.time_in_future', 'it is more than 5 minutes in the future')
  }
  return { timestamp: corrected, warnings: NO_WARNINGS }
}

function withoutSkew(original: number, sentAt: number | null, sent: SentTimes): number {
  if (sentAt === null) return original
  const skew = sent.receivedAt - sentAt
  if (sent.isServer && Math.abs(skew) > SERVER_SKEW_MAX) return original
  return original + skew
}

/**
 * Milliseconds since 1970 of a time as senders write it: ISO 8601 with `Z`, an offset or none (then UTC), any precision;
 * or the epoch in milliseconds or seconds, as a number or as digits. Null for anything else.
 */
export function parseTime(value: Json | undefined): number | null {
  if (typeof value === 'number') return epoch(value)
  if (typeof value !== 'string') return null
  const zone = ISO_TIME.exec(value)
  if (zone === null) return /^\d{9,14}$/.test(value) ? epoch(Number(value)) : null
  const time = Date.parse(isoOf(value, zone[1]))
  return Number.isNaN(time) ? null : time
}

// JavaScript reads a time without a zone as local, and knows neither a decimal comma nor an offset of hours alone.
function isoOf(value: string, zone: string | undefined): string {
  if (zone === 'Z' && value[10] === 'T' && value[19] !== ',') return value
  const time = value.slice(0, value.length - (zone?.length ?? 0)).trimEnd()
  if (time.length === 10) return time
  return `${time.toUpperCase().replace(' ', 'T').replace(',', '.')}${offsetOf(zone)}`
}

function offsetOf(zone: string | undefined): string {
  if (zone === undefined || zone.length === 1) return 'Z'
  return zone.length === 3 ? `${zone}:00` : zone
}

function epoch(value: number): number | null {
  if (!Number.isFinite(value)) return null
  return Math.trunc(Math.abs(value) < SECONDS_BELOW ? value * 1000 : value)
}

function unusable(receivedAt: number, code: IngestWarningCode, found: string): CorrectedTime {
  const message = `Cannot use the time of the event: ${found}; the time it was received stands instead`
  return { timestamp: receivedAt, warnings: [ingestWarning(code, message, 'timestamp')] }
}
