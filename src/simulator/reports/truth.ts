import type { Settings } from '../settings.ts'
import { startOfDay } from '../world/calendar.ts'
import { exists, lastDayOf } from '../world/state.ts'
import type { Ad, Advertiser, Day } from '../world/world.ts'
import { type Level, METRICS } from './catalog.ts'
import { noFigures } from './columns.ts'
import { addFigures, countingOf, type Period, periodOf, type RunningAd } from './figures.ts'
import { columnsOf, readOf, textOf } from './measure.ts'
import type { ReportObject } from './objects.ts'
import { type Sources, viewOfAll } from './prepare.ts'
import { hasFigures } from './presence.ts'

/** What truth is asked about. */
export interface Question {
  readonly advertiser: Advertiser
  readonly level: Level
  readonly from: Day
  readonly to: Day
  readonly metrics: readonly string[]
  /** Tells each object apart, each day, both or neither. */
  readonly byObject: boolean
  readonly byDay: boolean
}

/** The figures of one group, as a report would write them. */
export interface True {
  readonly id: string | null
  readonly day: Day | null
  readonly metrics: Readonly<Record<string, string>>
}

/** What there is, whatever a report would hide. */
export interface Truth {
  readonly totals: Readonly<Record<string, string>>
  /** Pairs of an object and a day with delivery or a received event. */
  readonly rows: number
  readonly groups: readonly True[]
}

const idOf = (ad: Ad, level: Level): string => {
  switch (level) {
    case 'advertiser':
      return ad.adGroup.campaign.advertiser.advertiser_id
    case 'campaign':
      return ad.adGroup.campaign.id
    case 'adgroup':
      return ad.adGroup.id
    case 'ad':
      return ad.id
  }
}

/** An object for figures of some ads, as the metrics need it. */
const objectOf = (ads: readonly RunningAd[], advertiser: Advertiser, level: Level): ReportObject => {
  const [first] = ads
  const isOne = level !== 'advertiser' && first !== undefined
  return {
    id: first === undefined ? advertiser.advertiser_id : idOf(first.ad, level),
    kind: level,
    advertiser,
    campaign: isOne ? first.ad.adGroup.campaign : null,
    adGroup: null,
    ad: null,
    smartPlusAd: null,
    createdAt: 0,
    ads,
  }
}

/** The figures straight from what they are made of: everything deleted included, nothing cut, withheld or held back. */
export function truthOf(question: Question, sources: Sources, settings: Settings, now: number): Truth {
  const { advertiser, level, from, to, metrics, byObject, byDay } = question
  const zone = advertiser.display_timezone
  const view = viewOfAll(sources.received, settings, now)
  const counting = countingOf(columnsOf(metrics))
  const ads = advertiser.ads
    .filter((ad) => exists(ad, now))
    .map((ad): RunningAd => ({ ad, lastDay: lastDayOf(sources.adWorld, ad) }))
  const days = Array.from({ length: to - from + 1 }, (_, nth) => from + nth)
  const periodFrom = (first: Day, last: Day) => periodOf(startOfDay(first, zone), startOfDay(last + 1, zone), zone)

  const write = (group: readonly RunningAd[], period: Period, isWhole: boolean) => {
    const figures = noFigures()
    for (const running of group) addFigures(figures, running, period, null, counting, view)
    const object = objectOf(group, advertiser, isWhole ? 'advertiser' : level)
    return Object.fromEntries(
      metrics.map((name) => [
        name,
        textOf(readOf(name)({ object, figures }), METRICS.get(name)!, advertiser.currencyDigits),
      ]),
    )
  }

  const objects = [...Map.groupBy(ads, ({ ad }) => idOf(ad, level))]
  const plain = { ...counting, hasArrivals: false }
  const isThere = (group: readonly RunningAd[], day: Day) =>
    group.some((running) => hasFigures(running, periodFrom(day, day), plain, view))
  const rows = objects.reduce((sum, [, group]) => sum + days.filter((day) => isThere(group, day)).length, 0)

  const named = byObject ? objects.map(([id, group]) => ({ id, group })) : [{ id: null, group: ads }]
  const spans = byDay ? days.map((day) => [day, day] as const) : [[from, to] as const]
  const groups = named.flatMap(({ id, group }) =>
    spans
      .filter(([first, last]) => group.some((running) => hasFigures(running, periodFrom(first, last), plain, view)))
      .map(([first, last]) => ({
        id,
        day: byDay ? first : null,
        metrics: write(group, periodFrom(first, last), id === null),
      })),
  )
  return { totals: write(ads, periodFrom(from, to), true), rows, groups: byObject || byDay ? groups : [] }
}
