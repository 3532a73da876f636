import { DAY_MS, dayText, readDay, startOfDay } from '../world/calendar.ts'
import type { Advertiser } from '../world/world.ts'
import { curveOf } from './day_curve.ts'
import { type Period, periodOf } from './figures.ts'
import { type ReportQuery, timeDimensionOf } from './query.ts'

/** A period and how rows name it; null when they do not. */
export interface NamedPeriod extends Period {
  readonly label: string | null
}

const named = (label: string | null, from: number, to: number, zone: string): NamedPeriod => ({
  ...periodOf(from, to, zone),
  label,
})

const hourText = (hour: number) => `${hour}`.padStart(2, '0')

/** The periods of a report's rows, first to last, for an account: its own days and hours, or UTC's when asked for. */
export function periodsOf(query: ReportQuery, { display_timezone }: Advertiser, now: number): readonly NamedPeriod[] {
  if (query.isLifetime) return [named(null, 0, now + DAY_MS, display_timezone)]
  const clock = query.isMulti && query.isUtc ? 'UTC' : display_timezone
  const first = readDay(query.startDate!)!
  const last = readDay(query.endDate!)!
  switch (timeDimensionOf(query)) {
    case null:
      return [named(null, startOfDay(first, clock), startOfDay(last + 1, clock), display_timezone)]
    case 'stat_time_day':
      return Array.from({ length: last - first + 1 }, (_, nth) => first + nth).map((day) =>
        named(`${dayText(day)} 00:00:00`, startOfDay(day, clock), startOfDay(day + 1, clock), display_timezone),
      )
    case 'stat_time_hour':
      return curveOf(first, clock).slots.map(({ hour, start, end }) =>
        named(`${dayText(first)} ${hourText(hour)}:00:00`, start, end, display_timezone),
      )
  }
}
