import { DAY_MS } from '../world/calendar.ts'
import type { Day } from '../world/world.ts'
import { type AdDay, adDayOf, isDelivering } from './ad_day.ts'
import { noFigures } from './columns.ts'
import { curveOf } from './day_curve.ts'
import type { Stretch } from './delivery.ts'
import { addFigures, type Counting, type Period, type RunningAd, stretchOf, type View } from './figures.ts'
import { longestWindowMs } from './journeys.ts'

/** An ad's day and the part of it that is seen. */
export interface Seen {
  readonly day: AdDay
  readonly stretch: Stretch
}

const NOTHING: Stretch = { from: 0, to: 0 }

/** What is seen of an ad on one day of a period. */
function stretchOn({ ad }: RunningAd, day: Day, own: AdDay, period: Period, view: View): Stretch {
  const curve = curveOf(day, ad.adGroup.campaign.advertiser.display_timezone)
  if (view.heldMs !== null && view.now < Math.min(period.to, curve.end) + view.heldMs) return NOTHING
  return stretchOf(own, curve, period, view.now - view.latencyMs)
}

/** What is seen of an ad in a period, day by day, for those days on which there is any. */
export function* seenIn(running: RunningAd, period: Period, view: View): Generator<Seen> {
  const { ad, lastDay } = running
  if (period.from >= view.now - view.latencyMs) return
  const last = Math.min(period.lastDay, lastDay ?? Infinity)
  for (let at = Math.max(period.firstDay, ad.delivery.firstDay); at <= last; at++) {
    if (!isDelivering(ad, lastDay, at)) continue
    const day = adDayOf(ad, at)
    const stretch = stretchOn(running, at, day, period, view)
    if (stretch.to > stretch.from) yield { day, stretch }
  }
}

/** Whether people the ad brought before may still act in a period. */
function mayBeLate({ ad, lastDay }: RunningAd, period: Period, view: View): boolean {
  if (period.from >= view.now || period.lastDay < ad.delivery.firstDay) return false
  const daysAfter = longestWindowMs(ad.adGroup.windows) / DAY_MS
  return lastDay === null || period.firstDay <= lastDay + daysAfter + 1
}

/** Whether there is anything to tell of an ad in a period. */
export function hasFigures(running: RunningAd, period: Period, counting: Counting, view: View): boolean {
  if (!seenIn(running, period, view).next().done) return true
  if (view.heldMs === null && view.received.has(running.ad.id, period)) return true
  if (!counting.hasArrivals || !mayBeLate(running, period, view)) return false
  const figures = noFigures()
  addFigures(figures, running, period, null, counting, view)
  return figures.some((figure) => figure !== 0)
}
