import { DAY_MS } from '../world/calendar.ts'
import type { Day } from '../world/world.ts'
import { adDayOf, isDelivering } from './ad_day.ts'
import { noFigures } from './columns.ts'
import { curveOf } from './day_curve.ts'
import { addFigures, type Counting, type Period, type RunningAd, stretchOf, type View } from './figures.ts'
import { longestWindowMs } from './journeys.ts'

/** Impressions of an ad on one day of a period, as far as they are seen. */
function impressionsOn({ ad }: RunningAd, day: Day, period: Period, view: View): number {
  const curve = curveOf(day, ad.adGroup.campaign.advertiser.display_timezone)
  const end = Math.min(period.to, curve.end)
  if (view.heldMs !== null && view.now < end + view.heldMs) return 0
  const visibleTo = view.now - view.latencyMs
  if (period.from >= visibleTo) return 0
  if (period.from <= curve.start && period.to >= curve.end && visibleTo >= curve.end)
    return adDayOf(ad, day).impressions
  const { from, to } = stretchOf(adDayOf(ad, day), curve, period, visibleTo)
  return to - from
}

/** The impressions an ad delivered in a period day by day, for those days on which there are any. */
export function* impressionsIn(running: RunningAd, period: Period, view: View): Generator<number> {
  const { ad, lastDay } = running
  const last = Math.min(period.lastDay, lastDay ?? Infinity)
  for (let day = Math.max(period.firstDay, ad.delivery.firstDay); day <= last; day++) {
    if (!isDelivering(ad, lastDay, day)) continue
    const impressions = impressionsOn(running, day, period, view)
    if (impressions > 0) yield impressions
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
  if (!impressionsIn(running, period, view).next().done) return true
  if (view.heldMs === null && view.received.has(running.ad.id, period)) return true
  if (!counting.hasArrivals || !mayBeLate(running, period, view)) return false
  const figures = noFigures()
  addFigures(figures, running, period, null, counting, view)
  return figures.some((figure) => figure !== 0)
}
