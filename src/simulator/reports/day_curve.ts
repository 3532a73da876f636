import { getOrAdd } from '../get_or_add.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, offsetMsAt, startOfDay } from '../world/calendar.ts'
import type { Day } from '../world/world.ts'

/** A stretch of a day that has one hour on its clock: 60 minutes, or another length where clocks are changed. */
export interface HourSlot {
  /** 0 to 23. */
  readonly hour: number
  /** In ms; the end is the next one's start. */
  readonly start: number
  readonly end: number
  /** Share of the day's figures before it, and with it. */
  readonly before: number
  readonly after: number
}

/** How a day's figures come in over its hours. A day of 25 hours has one long slot, a day of 23 lacks one. */
export interface DayCurve {
  readonly start: number
  readonly end: number
  readonly slots: readonly HourSlot[]
}

/** How busy each hour of the clock is: people watch in the evening. */
const WEIGHTS = [22, 16, 12, 10, 10, 12, 18, 26, 34, 40, 44, 48, 50, 50, 49, 49, 51, 55, 61, 69, 74, 72, 60, 42]

const STEP_MS = 15 * MINUTE_MS // clocks are changed at quarters of an hour

const clockHour = (ms: number, zone: string) =>
  Math.floor((((ms + offsetMsAt(zone, ms)) % DAY_MS) + DAY_MS) / HOUR_MS) % 24

function stretches(day: Day, zone: string): { hour: number; start: number; end: number }[] {
  const found: { hour: number; start: number; end: number }[] = []
  const end = startOfDay(day + 1, zone)
  for (let at = startOfDay(day, zone); at < end; at += STEP_MS) {
    const hour = clockHour(at, zone)
    const last = found.at(-1)
    if (last?.hour === hour) last.end = at + STEP_MS
    else found.push({ hour, start: at, end: at + STEP_MS })
  }
  return found
}

function makeCurve(day: Day, zone: string): DayCurve {
  const found = stretches(day, zone)
  const weights = found.map(({ hour, start, end }) => WEIGHTS[hour]! * (end - start))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  let done = 0
  const slots = found.map((slot, nth) => {
    const before = done / sum
    done += weights[nth]!
    return { ...slot, before, after: done / sum }
  })
  return { start: found[0]!.start, end: found.at(-1)!.end, slots }
}

const KEPT = 4000
const curves = new Map<string, Map<Day, DayCurve>>()

/** The curve of a day in a zone. */
export function curveOf(day: Day, zone: string): DayCurve {
  const known = getOrAdd(curves, zone, () => new Map<Day, DayCurve>())
  if (known.size > KEPT) known.clear()
  return getOrAdd(known, day, () => makeCurve(day, zone))
}

/** Share of the day's figures up to a moment. */
export function shareAt({ start, end, slots }: DayCurve, ms: number): number {
  if (ms <= start) return 0
  if (ms >= end) return 1
  let index = Math.min(slots.length - 1, Math.floor((ms - start) / HOUR_MS))
  while (slots[index]!.start > ms) index -= 1
  while (slots[index]!.end <= ms) index += 1
  const slot = slots[index]!
  return slot.before + ((slot.after - slot.before) * (ms - slot.start)) / (slot.end - slot.start)
}

/** The moment by which a share of the day's figures has come in. */
export function momentOf({ slots }: DayCurve, share: number): number {
  let index = Math.min(slots.length - 1, Math.floor(share * slots.length))
  while (index > 0 && slots[index]!.before > share) index -= 1
  while (index < slots.length - 1 && slots[index]!.after <= share) index += 1
  const slot = slots[index]!
  return slot.start + ((slot.end - slot.start) * (share - slot.before)) / (slot.after - slot.before)
}
