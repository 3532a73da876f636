/** How often calls may be made: of a developer app, which all its users share, and of each advertiser. */
export interface RateBudget {
  /** Takes one call out; else milliseconds until it is worth asking again, and nothing is taken. Null: of no advertiser. */
  take(advertiserId: string | null): number
  /** TikTok said that calls come too often: half as many from now on, and none at all for a while when it said so. */
  slowDown(advertiserId: string | null, pauseMs: number | null): void
  /** Calls per second now. */
  perSecond(): number
}

export interface RateBudgetOptions {
  /** Most calls per second; 10 is TikTok's limit for an app of its basic level. */
  readonly perSecond?: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Limit of an app of the basic level, 600 calls a minute. Source: TikTok API for Business v1.3, Rate limits. */
export const CALLS_PER_SECOND = 10

/** Ours: from standstill to full speed, so that a halved budget is whole again after half of it. */
const GROWTH_MS = 5 * 60_000
/** Calls on their way when TikTok refuses one are refused too; together they are one sign. */
const ONE_SIGN_MS = 1_000
const SLOWEST_SHARE = 1 / 32

/** A budget for one app. Calls are spaced evenly, since TikTok counts within single seconds. */
export function createRateBudget({ perSecond = CALLS_PER_SECOND, now }: RateBudgetOptions): RateBudget {
  const app = newPace(perSecond)
  const advertisers = new Map<string, Pace>()

  return {
    take(advertiserId) {
      const at = now()
      const paces = [app, ...(advertiserId === null ? [] : [paceOf(advertisers, advertiserId, perSecond)])]
      const wait = Math.max(...paces.map(({ nextAt }) => nextAt - at))
      if (wait > 0) return Math.ceil(wait)
      for (const pace of paces) pace.nextAt = at + 1000 / speedOf(pace, at)
      return 0
    },
    slowDown(advertiserId, pauseMs) {
      slow(app, now(), pauseMs)
      if (advertiserId !== null) slow(paceOf(advertisers, advertiserId, perSecond), now(), pauseMs)
    },
    perSecond: () => speedOf(app, now()),
  }
}

/** Budgets by app, made when they are first asked for: all runs of a process share them. */
export function createRateBudgets(options: RateBudgetOptions): (app: string) => RateBudget {
  const budgets = new Map<string, RateBudget>()
  return (app) => {
    const budget = budgets.get(app) ?? createRateBudget(options)
    budgets.set(app, budget)
    return budget
  }
}

interface Pace {
  readonly fastest: number
  /** Calls per second at `slowedAt`; it grows from there. */
  speed: number
  slowedAt: number
  nextAt: number
}

const newPace = (fastest: number): Pace => ({ fastest, speed: fastest, slowedAt: -Infinity, nextAt: 0 })

function paceOf(paces: Map<string, Pace>, id: string, fastest: number): Pace {
  const pace = paces.get(id) ?? newPace(fastest)
  paces.set(id, pace)
  return pace
}

function speedOf({ fastest, speed, slowedAt }: Pace, at: number): number {
  return Math.min(fastest, speed + (fastest * (at - slowedAt)) / GROWTH_MS)
}

function slow(pace: Pace, at: number, pauseMs: number | null): void {
  if (at - pace.slowedAt >= ONE_SIGN_MS) {
    pace.speed = Math.max(speedOf(pace, at) / 2, pace.fastest * SLOWEST_SHARE)
    pace.slowedAt = at
  }
  pace.nextAt = Math.max(pace.nextAt, at + Math.max(pauseMs ?? 0, 1000 / pace.speed))
}
