import { endpointOf } from '../entities/endpoint_of.ts'
import { MINUTE_MS, offsetMsAt } from '../world/calendar.ts'
import type { Endpoint } from './endpoint.ts'

const JANUARY = Date.UTC(2026, 0, 1)
const JULY = Date.UTC(2026, 6, 1)

/** Without daylight saving, as TikTok gives it all year: `GMT-05:00`. */
function gmtOffset(zone: string): string {
  const minutes = Math.min(offsetMsAt(zone, JANUARY), offsetMsAt(zone, JULY)) / MINUTE_MS
  const two = (value: number) => `${Math.floor(value)}`.padStart(2, '0')
  return `GMT${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}

/** `GET /tool/timezone/`: the zones an account can have. Source: OpenAPI definition of TikTok's SDK. */
export const toolTimezone: Endpoint = endpointOf(
  () => null,
  () => ({
    timezones: Intl.supportedValuesOf('timeZone').map((timezone) => ({ timezone, gmt_offset: gmtOffset(timezone) })),
  }),
)
