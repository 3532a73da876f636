import type { Ad } from '../world/world.ts'
import type { AdDay } from './ad_day.ts'
import { COLUMNS, columnOf, type Figures } from './columns.ts'
import { STEPS, type Step, stepsFor } from './delivery_steps.ts'
import { BITS_32, chance, scatter } from './scatter.ts'

/** A stretch of an ad's day, counted in impressions: those after the first `from` up to the first `to`. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const IMPRESSIONS = columnOf('impressions')
const ENGAGEMENTS = columnOf('engagements')

/** All clicks on an ad, those that lead away and those that do not. */
const ENGAGING = ['clicks', 'likes', 'comments', 'shares', 'follows', 'profile_visits', 'clicks_on_music_disc'].map(
  columnOf,
)

/** The steps to take for some columns, and whether clicks of all kinds are among them. */
export interface DeliveryPlan {
  readonly steps: readonly Step[]
  readonly hasEngagements: boolean
}

/** What has to be counted for these columns. */
export function planDelivery(columns: ReadonlySet<number>): DeliveryPlan {
  const hasEngagements = columns.has(ENGAGEMENTS)
  return { steps: stepsFor(new Set([...columns, ...(hasEngagements ? ENGAGING : [])])), hasEngagements }
}

const NUMBER_OF = new Map(STEPS.map((step, number) => [step, number]))
const RATES = new WeakMap<Ad, Float32Array>()

function ratesOf(ad: Ad): Float32Array {
  const known = RATES.get(ad)
  if (known !== undefined) return known
  const rates = Float32Array.from(STEPS, (step) => step.rate(ad))
  RATES.set(ad, rates)
  return rates
}

/** A day's total of a step, from its parent's: a little different each day, never across one for each. */
function totalOf(parent: number, rate: number, seed: number, column: number): number {
  if (rate === 0 || parent === 0) return 0
  const bits = scatter(seed, column)
  const noise = 0.88 + ((bits & 0xffff) / 0x10000) * 0.24
  const varied = rate <= 1 ? Math.min(1, rate * noise) : 1 + (rate - 1) * noise
  return Math.floor(parent * varied + bits / BITS_32)
}

const PHASES = 1000

/** Where the first of something falls on an ad's day. */
export const phaseOf = (seed: number, column: number): number => chance(seed, column + PHASES)

// What was counted of the day up to the stretch's two ends, and of the whole day; only inside one call.
const before = new Float64Array(COLUMNS)
const until = new Float64Array(COLUMNS)
const whole = new Float64Array(COLUMNS)

/**
 * Counted so far of a step, when so many of its parent are: spread evenly, so never more than one for each where there are
 * fewer of them. `phase`, 0 to below 1, says where between its parents the first one falls.
 */
export const thinned = (parentSoFar: number, total: number, parentTotal: number, phase: number): number =>
  parentTotal === 0 ? 0 : Math.floor((parentSoFar * total) / parentTotal + phase)

function climb(ad: Ad, day: AdDay, { from, to }: Stretch, steps: readonly Step[]): void {
  const rates = ratesOf(ad)
  before[IMPRESSIONS] = from
  until[IMPRESSIONS] = to
  whole[IMPRESSIONS] = day.impressions
  for (const step of steps) {
    const { column, parent } = step
    const parentTotal = whole[parent]!
    const total = totalOf(parentTotal, rates[NUMBER_OF.get(step)!]!, day.seed, column)
    whole[column] = total
    const phase = phaseOf(day.seed, column)
    before[column] = thinned(before[parent]!, total, parentTotal, phase)
    until[column] = thinned(until[parent]!, total, parentTotal, phase)
  }
}

/** Adds what an ad delivered in a stretch of its day. */
export function addDelivery(out: Figures, ad: Ad, day: AdDay, stretch: Stretch, plan: DeliveryPlan): void {
  climb(ad, day, stretch, plan.steps)
  out[IMPRESSIONS]! += stretch.to - stretch.from
  for (const { column } of plan.steps) out[column]! += until[column]! - before[column]!
  if (!plan.hasEngagements) return
  for (const column of ENGAGING) out[ENGAGEMENTS]! += until[column]! - before[column]!
}

/** A step's count up to both ends of a stretch, and of the whole day. */
export interface Counted {
  readonly before: number
  readonly until: number
  readonly whole: number
}

/** How often one step was taken: up to both ends of a stretch, and in the whole day. */
export function countStep(ad: Ad, day: AdDay, stretch: Stretch, column: number): Counted {
  climb(ad, day, stretch, stepsOf(column))
  return { before: before[column]!, until: until[column]!, whole: whole[column]! }
}

const PATHS = new Map<number, readonly Step[]>()

function stepsOf(column: number): readonly Step[] {
  const known = PATHS.get(column)
  if (known !== undefined) return known
  const steps = stepsFor(new Set([column]))
  PATHS.set(column, steps)
  return steps
}
