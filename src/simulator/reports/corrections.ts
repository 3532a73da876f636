import { DAY_MS, HOUR_MS } from '../world/calendar.ts'
import { chance } from './scatter.ts'

/** TikTok's daily repair of figures, UTC. Source: latency page. */
const REPAIR_HOUR = 12
const SECOND_REPAIR_DAYS = 2

const SALT = { first: 11, firstSize: 12, second: 13, secondSize: 14 } as const
const FIRST_SHARE = 0.35
const SECOND_SHARE = 0.08

/** The first repair that finds a day that ended at `end` (ms) complete. */
function repairAfter(end: number): number {
  const sameDay = Math.floor(end / DAY_MS) * DAY_MS + REPAIR_HOUR * HOUR_MS
  return sameDay >= end ? sameDay : sameDay + DAY_MS
}

/**
 * What a day's spend is at a moment: as billed at first; then some days lose up to 1.2 % for invalid traffic, and two
 * days later a few are corrected by a little more, up or down.
 */
export function spendAt(spend: number, seed: number, dayEnd: number, now: number): number {
  const repair = repairAfter(dayEnd)
  if (now < repair) return spend
  let corrected = spend
  if (chance(seed, SALT.first) < FIRST_SHARE) corrected -= Math.floor(spend * 0.012 * chance(seed, SALT.firstSize))
  if (now < repair + SECOND_REPAIR_DAYS * DAY_MS) return corrected
  if (chance(seed, SALT.second) < SECOND_SHARE)
    corrected += Math.round(spend * 0.004 * (2 * chance(seed, SALT.secondSize) - 1))
  return Math.max(1, corrected)
}
