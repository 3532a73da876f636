import type { Settings } from '../settings.ts'
import { findAdvertiser } from '../world/ad_world.ts'
import { HOUR_MS, MINUTE_MS } from '../world/calendar.ts'
import type { Advertiser, AdWorld } from '../world/world.ts'
import type { World } from '../world.ts'
import { countRow } from './count.ts'
import { type Counting, countingOf, type View } from './figures.ts'
import { columnsOf, readOf } from './measure.ts'
import { objectsOf, type ReportObject, together } from './objects.ts'
import { periodsOf } from './periods.ts'
import { breakdownsOf, idDimensionOf, levelOf, type ReportQuery, timeDimensionOf } from './query.ts'
import type { ReceivedFigures } from './received.ts'
import { indexRows, type Layout, type Part, type RowIndex } from './row_index.ts'

/** What reports are made from. */
export interface Sources {
  readonly adWorld: AdWorld
  readonly world: World
  readonly received: ReceivedFigures
}

/** A report whose rows are known, and are to be counted page by page. */
export interface Prepared {
  readonly index: RowIndex
  /** Rows in the order they are given; null: as the index has them. */
  readonly order: Uint32Array | null
  readonly breakdowns: readonly string[]
  readonly counting: Counting
  /** The accounts, in the order they were asked for. */
  readonly advertisers: readonly Advertiser[]
  /** More ads than a synchronous answer holds: the oldest were left out. */
  readonly isCut: boolean
}

const HELD_HOURS: Readonly<Record<string, number>> = { behavior_id: 24, purchase_intention: 24 }
const AT_ONCE = ['country_code', 'placement', 'search_keyword', 'match_type', 'video_material_id']

/** How long after its end a period shows nothing. Source: latency page. */
function heldMsOf(breakdowns: readonly string[]): number | null {
  if (breakdowns.length === 0 || breakdowns.every((name) => AT_ONCE.includes(name))) return null
  return HOUR_MS * Math.max(...breakdowns.map((name) => HELD_HOURS[name] ?? 16))
}

/** What is seen at a moment of figures that nothing holds back. */
export const viewOfAll = (received: ReceivedFigures, settings: Settings, now: number): View => ({
  now,
  latencyMs: settings.report_latency_minutes * MINUTE_MS,
  heldMs: null,
  received,
})

/** What is seen of a report's figures at a moment. */
export const viewOf = (query: ReportQuery, received: ReceivedFigures, settings: Settings, now: number): View => ({
  ...viewOfAll(received, settings, now),
  heldMs: heldMsOf(breakdownsOf(query)),
})

const SHOP_ONLY = ({ campaign, ads, ...object }: ReportObject): ReportObject => ({
  ...object,
  campaign,
  ads: ads.filter(({ ad }) => ad.adGroup.campaign.goal.leg === 'shop'),
})

function objectsFor(advertiser: Advertiser, query: ReportQuery, { adWorld, world }: Sources, now: number) {
  switch (query.reportType) {
    case 'CATALOG':
    case 'PLAYABLE_MATERIAL':
      return [] // this world has neither catalogues nor playable ads
    case 'TT_SHOP':
      return objectsOf(advertiser, query, { world: adWorld, now }).map(SHOP_ONLY)
    case 'AUDIENCE': {
      const filters = query.filters.filter(
        ({ field }) => !field.endsWith('_status') || world.settings.report_audience_deleted === 'include',
      )
      return objectsOf(advertiser, { ...query, filters }, { world: adWorld, now })
    }
    default:
      return objectsOf(advertiser, query, { world: adWorld, now })
  }
}

const centerAccounts = ({ adWorld }: Sources) => adWorld.advertisers.filter(({ isDenied }) => !isDenied)

function accountsOf(query: ReportQuery, sources: Sources): readonly Advertiser[] {
  if (query.bcId !== null) return centerAccounts(sources)
  return query.advertiserIds.flatMap((id) => findAdvertiser(sources.adWorld, id) ?? [])
}

interface Cut {
  readonly parts: readonly Part[]
  readonly isCut: boolean
}

function partsOf(query: ReportQuery, advertisers: readonly Advertiser[], sources: Sources, now: number): Cut {
  const most = query.isAsync || levelOf(query) !== 'ad' ? Infinity : sources.world.settings.report_ads_max
  let left = most
  const parts = advertisers.map((advertiser): Part => {
    const all = objectsFor(advertiser, query, sources, now)
    const objects = all.length < left ? all : all.slice(0, left)
    left -= objects.length
    const periods = periodsOf(query, advertiser, now)
    const isNamed = idDimensionOf(query) !== null
    return { objects: isNamed || objects.length === 0 ? objects : [together(objects, advertiser)], periods }
  })
  return { parts, isCut: left <= 0 }
}

function layoutOf(query: ReportQuery, counting: Counting, view: View, { world }: Sources): Layout {
  const breakdowns = breakdownsOf(query)
  const isWithheld = query.reportType === 'AUDIENCE' && view.heldMs !== null
  return {
    breakdowns,
    counting,
    view,
    impressionsMin: isWithheld ? world.settings.report_audience_impressions_min : 1,
    hasZeroRows:
      breakdowns.length === 0 &&
      timeDimensionOf(query) === null &&
      idDimensionOf(query) !== null &&
      levelOf(query) !== 'advertiser',
  }
}

function orderOf(index: RowIndex, query: ReportQuery, counting: Counting, view: View): Uint32Array | null {
  if (query.orderField === null) return null
  const read = readOf(query.orderField)
  const breakdowns = breakdownsOf(query)
  const values = Float64Array.from({ length: index.count }, (_, row) => {
    const place = index.placeAt(row)
    const value = read({ object: place.object, figures: countRow(place, breakdowns, counting, view) })
    return Number.isNaN(value) ? -1 : value
  })
  const sign = query.isAscending ? 1 : -1
  return Uint32Array.from(values, (_, row) => row).sort((a, b) => sign * (values[a]! - values[b]!) || a - b)
}

/** Finds the rows of a report that was found right. Throws TooManyRows. */
export function prepare(query: ReportQuery, sources: Sources, now: number): Prepared {
  const { settings } = sources.world
  const advertisers = accountsOf(query, sources)
  const view = viewOf(query, sources.received, settings, now)
  const counting = countingOf(columnsOf(query.metrics))
  const { parts, isCut } = partsOf(query, advertisers, sources, now)
  const most = settings.report_rows_max === 'none' ? Infinity : settings.report_rows_max
  const index = indexRows(parts, layoutOf(query, counting, view, sources), most)
  const order = orderOf(index, query, counting, view)
  return { index, order, breakdowns: breakdownsOf(query), counting, advertisers, isCut }
}
