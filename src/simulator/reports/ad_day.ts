import type { Ad, Day } from '../world/world.ts'
import { chance, scatter } from './scatter.ts'

/** What an ad delivers on one day, when the day is over. */
export interface AdDay {
  readonly impressions: number
  /** As first billed, in the currency's smallest unit. */
  readonly spend: number
  /** Draws of this ad and day. */
  readonly seed: number
}

/** From Sunday: people watch more at the week's end. */
const WEEKDAYS = [1.18, 0.94, 0.92, 0.95, 1, 1.06, 1.15]
const IDLE_CHANCE = 0.015
const RAMP = [0.35, 0.6, 0.85] // of an ad's first days, while it is learnt what it is good for

const SALT = { day: 1, idle: 2, volume: 3, price: 4, wave: 5 } as const

const seedOf = (ad: Ad, day: Day) => scatter(ad.delivery.seed ^ SALT.day, day)

/** Whether an ad has figures of its own on a day: it runs, and is not one of the few days on which it finds nobody. */
export const isDelivering = (ad: Ad, lastDay: Day | null, day: Day): boolean =>
  day >= ad.delivery.firstDay &&
  (lastDay === null || day <= lastDay) &&
  chance(seedOf(ad, day), SALT.idle) >= IDLE_CHANCE

function volumeOf({ delivery }: Ad, day: Day, seed: number): number {
  const weekday = WEEKDAYS[(day + 4) % 7]! // 1970-01-01 was a Thursday
  const phase = 2 * Math.PI * chance(delivery.seed, SALT.wave)
  const wave = 1 + 0.15 * Math.sin(day / 9 + phase)
  const ramp = RAMP[day - delivery.firstDay] ?? 1
  return delivery.dailySpend * weekday * wave * ramp * (0.8 + 0.4 * chance(seed, SALT.volume))
}

/** A delivering ad's day: at least one impression and one unit of money. */
export function adDayOf(ad: Ad, day: Day): AdDay {
  const seed = seedOf(ad, day)
  const amount = volumeOf(ad, day, seed)
  const price = ad.delivery.cpm * (0.9 + 0.2 * chance(seed, SALT.price))
  const units = 10 ** ad.adGroup.campaign.advertiser.currencyDigits
  return {
    impressions: Math.max(1, Math.round((amount / price) * 1000)),
    spend: Math.max(1, Math.round(amount * units)),
    seed,
  }
}
