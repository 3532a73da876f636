import { dayOf, HOUR_MS } from '../world/calendar.ts'
import type { Ad, Day } from '../world/world.ts'
import { type AdDay, adDayOf, isDelivering } from './ad_day.ts'
import { columnOf, type Figures } from './columns.ts'
import { spendAt } from './corrections.ts'
import { curveOf, type DayCurve, shareAt } from './day_curve.ts'
import { addDelivery, type DeliveryPlan, planDelivery, type Stretch, thinned } from './delivery.ts'
import { addArrivals, addJourneys, longestWindowMs, type Share, type Span } from './journeys.ts'
import type { ReceivedFigures } from './received.ts'
import { chance } from './scatter.ts'

/** Which columns are wanted; the others may be counted too, or not. */
export interface Counting {
  readonly delivery: DeliveryPlan
  readonly hasJourneys: boolean
  /** Figures booked on the day of the conversion: they look back over the attribution windows. */
  readonly hasArrivals: boolean
}

const REAL_TIME: ReadonlySet<number> = new Set(
  [
    'real_time_conversion',
    'real_time_app_install',
    'shop_total_purchase_by_order_submission',
    'shop_gross_revenue_by_order_submission',
  ].map(columnOf),
)

/** What has to be done to fill some columns. */
export function countingOf(columns: ReadonlySet<number>): Counting {
  const delivery = planDelivery(columns)
  const made = new Set(delivery.steps.map(({ column }) => column))
  const hasArrivals = [...columns].some((column) => REAL_TIME.has(column))
  return {
    delivery,
    hasArrivals,
    hasJourneys: [...columns].some((column) => !made.has(column) && !REAL_TIME.has(column)),
  }
}

/** When figures are looked at, and what is to be seen then. Times in ms. */
export interface View {
  readonly now: number
  /** Figures come in this much later. */
  readonly latencyMs: number
  /** A period shows nothing at all until so long after its end; null: as soon as figures come in. */
  readonly heldMs: number | null
  readonly received: ReceivedFigures
}

/** An ad with its last day of delivery, as things stand; null runs on. */
export interface RunningAd {
  readonly ad: Ad
  readonly lastDay: Day | null
}

/** A span of time with the days it touches in the advertiser's zone. */
export interface Period extends Span {
  readonly firstDay: Day
  readonly lastDay: Day
}

/** A span in a zone. */
export const periodOf = (from: number, to: number, zone: string): Period => ({
  from,
  to,
  firstDay: dayOf(from, zone),
  lastDay: dayOf(to - 1, zone),
})

const SPEND = columnOf('spend')
const BILLED = columnOf('billed_cost')
const CASH = columnOf('cash_spend')
const VOUCHER = columnOf('voucher_spend')
const SETTLED_IMPRESSIONS = columnOf('settled_impressions')
const SETTLED_SPEND = columnOf('settled_spend')
const SETTLED_WATCHED = columnOf('settled_watched_ms')
const WATCHED = columnOf('watched_ms')

/** Distinct people are counted this long after. Source: latency page. */
const DISTINCT_AFTER_MS = 16 * HOUR_MS
const BILLED_AFTER_MS = 11 * HOUR_MS
const PAID_AFTER_MS = 24 * HOUR_MS
const VOUCHERS = 0.1

function addMoney(out: Figures, day: AdDay, { from, to }: Stretch, curve: DayCurve, end: number, now: number): number {
  const total = spendAt(day.spend, day.seed, curve.end, now)
  const spend = thinned(to, total, day.impressions, 0) - thinned(from, total, day.impressions, 0)
  out[SPEND]! += spend
  if (now >= end + BILLED_AFTER_MS) out[BILLED]! += spend
  if (now < end + PAID_AFTER_MS) return spend
  const vouchers = Math.floor(spend * VOUCHERS)
  out[VOUCHER]! += vouchers
  out[CASH]! += spend - vouchers
  return spend
}

const SALT = { hours: 81, cells: 82 } as const

/** The part of a stretch of an ad's day that falls to a cell. */
export function partOf({ from, to }: Stretch, cell: Share | null, { seed }: AdDay): Stretch {
  if (cell === null) return { from, to }
  const phase = chance(seed, SALT.cells)
  return {
    from: from + Math.floor((to - from) * cell.from + phase),
    to: from + Math.floor((to - from) * cell.to + phase),
  }
}

/** The stretch of an ad's day that lies in a span and has come in. */
export function stretchOf(day: AdDay, curve: DayCurve, { from, to }: Span, visibleTo: number): Stretch {
  const phase = chance(day.seed, SALT.hours)
  const upTo = (ms: number) => Math.floor(day.impressions * shareAt(curve, ms) + phase)
  const end = Math.min(to, visibleTo)
  return { from: upTo(Math.min(from, end)), to: upTo(end) }
}

function addDay(
  out: Figures,
  ad: Ad,
  day: Day,
  period: Period,
  cell: Share | null,
  counting: Counting,
  view: View,
): void {
  const curve = curveOf(day, ad.adGroup.campaign.advertiser.display_timezone)
  const end = Math.min(period.to, curve.end)
  if (view.heldMs !== null && view.now < end + view.heldMs) return
  const visibleTo = view.now - view.latencyMs
  const own = adDayOf(ad, day)
  const stretch = partOf(stretchOf(own, curve, period, visibleTo), cell, own)
  if (stretch.to <= stretch.from) return
  const watched = out[WATCHED]!
  addDelivery(out, ad, own, stretch, counting.delivery)
  const spend = addMoney(out, own, stretch, curve, end, view.now)
  if (counting.hasJourneys) addJourneys(out, { ad, day: own, curve }, stretch, visibleTo)
  if (view.now < end + DISTINCT_AFTER_MS) return
  out[SETTLED_IMPRESSIONS]! += stretch.to - stretch.from
  out[SETTLED_SPEND]! += spend
  out[SETTLED_WATCHED]! += out[WATCHED]! - watched
}

function addLate({ ad, lastDay }: RunningAd, out: Figures, period: Period, cell: Share | null, view: View): void {
  const zone = ad.adGroup.campaign.advertiser.display_timezone
  const visibleTo = view.now - view.latencyMs
  const to = Math.min(period.to, visibleTo)
  const first = Math.max(dayOf(period.from - longestWindowMs(ad.adGroup.windows), zone), ad.delivery.firstDay)
  const last = Math.min(period.lastDay, lastDay ?? Infinity)
  for (let day = first; day <= last; day++) {
    if (!isDelivering(ad, lastDay, day)) continue
    const own = adDayOf(ad, day)
    const curve = curveOf(day, zone)
    const seen = stretchOf(own, curve, { from: curve.start, to: curve.end }, visibleTo)
    addArrivals(out, { ad, day: own, curve }, { from: period.from, to }, partOf(seen, cell, own))
  }
}

/** Adds an ad's figures of a period, or the part of them that falls to a cell, as they are seen. */
export function addFigures(
  out: Figures,
  running: RunningAd,
  period: Period,
  cell: Share | null,
  counting: Counting,
  view: View,
): void {
  const { ad, lastDay } = running
  const last = Math.min(period.lastDay, lastDay ?? Infinity)
  for (let day = Math.max(period.firstDay, ad.delivery.firstDay); day <= last; day++) {
    if (isDelivering(ad, lastDay, day)) addDay(out, ad, day, period, cell, counting, view)
  }
  if (counting.hasArrivals) addLate(running, out, period, cell, view)
  if (view.heldMs === null) view.received.addTo(out, ad.id, period, cell)
}
