import { DAY_MS } from '../world/calendar.ts'
import type { Ad, AttributionWindows } from '../world/world.ts'
import type { AdDay } from './ad_day.ts'
import type { Figures } from './columns.ts'
import { type DayCurve, momentOf } from './day_curve.ts'
import { countStep, phaseOf, type Stretch, thinned } from './delivery.ts'
import { type Credit, type Journey, journeyOf, type Outcome } from './outcomes.ts'
import { BITS_32, chance, scatter } from './scatter.ts'

const DAYS: Readonly<Record<string, number>> = {
  OFF: 0,
  ONE_DAY: 1,
  SEVEN_DAYS: 7,
  FOURTEEN_DAYS: 14,
  TWENTY_EIGHT_DAYS: 28,
}

/** The longest of an ad group's attribution windows, in ms: later than this nothing changes. */
export const longestWindowMs = ({ click, view, engagedView }: AttributionWindows): number =>
  Math.max(DAYS[click]!, DAYS[view]!, DAYS[engagedView]!) * DAY_MS

/** How long after a click a conversion is still the ad's, in ms. */
export const clickWindowMs = ({ click }: AttributionWindows): number => DAYS[click]! * DAY_MS

/** A person who set out after an ad. Times in ms. */
interface Traveller {
  readonly credit: Credit
  readonly clickedAt: number
  /** From the click to the last step. */
  readonly delayMs: number
  /** How far they come: they take the steps whose share is greater. */
  readonly reach: number
  readonly seed: number
}

const SALT = { count: 31, delay: 33, reach: 34, value: 35, again: 36 } as const

const VIEWED = 0.2
const ENGAGED = 0.12

function creditOf(bits: number, { view, click }: AttributionWindows): Credit {
  const share = (bits & 0xffff) / 0x10000
  if (share < ENGAGED) return 'engaged'
  if (share < ENGAGED + VIEWED && view !== 'OFF') return 'view'
  return click === 'OFF' ? 'engaged' : 'click'
}

const windowOf = (credit: Credit, { click, view, engagedView }: AttributionWindows): number =>
  DAY_MS * DAYS[credit === 'click' ? click : credit === 'view' ? view : engagedView]!

/** Most act within hours, some at the very end of the window. */
const delayOf = (windowMs: number, seed: number): number => Math.floor(windowMs * chance(seed, SALT.delay) ** 5)

function traveller(ad: Ad, day: AdDay, curve: DayCurve, index: number, count: number): Traveller {
  const seed = scatter(day.seed ^ SALT.count, index)
  const { windows } = ad.adGroup
  const credit = creditOf(seed, windows)
  return {
    credit,
    clickedAt: momentOf(curve, (index + 0.5) / count),
    delayMs: delayOf(windowOf(credit, windows), seed),
    reach: chance(seed, SALT.reach),
    seed,
  }
}

const amountOf = ({ delivery, adGroup }: Ad, seed: number): number => {
  const units = 10 ** adGroup.campaign.advertiser.currencyDigits
  return Math.max(1, Math.round(delivery.orderValue * units * (0.3 + 1.4 * chance(seed, SALT.value))))
}

const again = (seed: number) => (chance(seed, SALT.again) < 0.3 ? 2 : 1)

const addTo = (out: Figures, columns: readonly number[], amount: number): void => {
  for (const column of columns) out[column]! += amount
}

function book(out: Figures, outcome: Outcome, one: Traveller, value: number, sinceFirstMs: number): void {
  addTo(out, outcome.counts, 1)
  addTo(out, outcome.credits[one.credit], 1)
  if (outcome.totals.length > 0) addTo(out, outcome.totals, again(one.seed))
  addTo(out, outcome.values, value)
  addTo(out, outcome.creditValues[one.credit], value)
  for (const { days, column } of outcome.within) if (sinceFirstMs <= (days + 1) * DAY_MS) out[column]! += value
}

/** How many set out on an ad's day: up to both ends of a stretch, and in all. */
function countTravellers(ad: Ad, day: AdDay, stretch: Stretch, { origin, share }: Journey) {
  const step = countStep(ad, day, stretch, origin)
  const rate = Math.min(1, share * ad.delivery.conversionFactor)
  const whole = Math.floor(step.whole * rate + scatter(day.seed, SALT.count) / BITS_32)
  const phase = phaseOf(day.seed, SALT.count)
  return {
    before: thinned(step.before, whole, step.whole, phase),
    until: thinned(step.until, whole, step.whole, phase),
    whole,
  }
}

/** A part of an ad's figures: those from here to there, when all of them are one. */
export interface Share {
  readonly from: number
  readonly to: number
}

/** One day of an ad, to be counted. */
export interface Visit {
  readonly ad: Ad
  readonly day: AdDay
  readonly curve: DayCurve
}

/**
 * Adds what became, by the moment `now`, of the people an ad brought in a stretch of its day. It is booked on the day of the
 * click, so it grows until the attribution window has closed.
 */
export function addJourneys(out: Figures, { ad, day, curve }: Visit, stretch: Stretch, now: number): void {
  const journey = journeyOf(ad.adGroup.campaign.goal)
  if (journey === null) return
  const count = countTravellers(ad, day, stretch, journey)
  const firstAt = journey.outcomes[0]!.at
  for (let index = count.before; index < count.until; index++) {
    const one = traveller(ad, day, curve, index, count.whole)
    const value = amountOf(ad, one.seed)
    for (const outcome of journey.outcomes) {
      if (one.reach >= outcome.share || one.clickedAt + one.delayMs * outcome.at > now) continue
      book(out, outcome, one, value, one.delayMs * (outcome.at - firstAt))
    }
  }
}

/** From a moment to before another, in ms. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Adds what people did within a span, whenever the ad had brought them: figures booked on the day of the conversion. */
export function addArrivals(out: Figures, { ad, day, curve }: Visit, span: Span, stretch: Stretch): void {
  const journey = journeyOf(ad.adGroup.campaign.goal)
  if (journey === null) return
  const count = countTravellers(ad, day, stretch, journey)
  for (let index = count.before; index < count.until; index++) {
    const one = traveller(ad, day, curve, index, count.whole)
    if (one.clickedAt + one.delayMs < span.from) continue
    for (const outcome of journey.outcomes) {
      const at = one.clickedAt + one.delayMs * outcome.at
      if (one.reach >= outcome.share || at < span.from || at >= span.to) continue
      addTo(out, outcome.realTime, 1)
      addTo(out, outcome.realTimeValues, amountOf(ad, one.seed))
    }
  }
}
