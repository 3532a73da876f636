import { attributeOf, type Surroundings } from './attributes.ts'
import { METRICS, type Metric } from './catalog.ts'
import { type Figures, noFigures } from './columns.ts'
import { countRow } from './count.ts'
import type { View } from './figures.ts'
import { type Measured, type Read, readOf, textOf } from './measure.ts'
import type { Prepared } from './prepare.ts'
import { breakdownsOf, idDimensionOf, type ReportQuery } from './query.ts'
import type { Place } from './row_index.ts'

/** One row as TikTok gives it: every value is text. */
export interface Row {
  readonly dimensions: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, string>>
}

/** Several accounts, and rows that name none of them. */
const isOneForAll = (query: ReportQuery) => (query.isMulti || query.bcId !== null) && idDimensionOf(query) === null

type WriteMetric = (row: Measured) => string

/** Search reports do not tell fewer impressions than this. */
const SEARCHED_MIN = 5

function figureWriter(metric: Metric, query: ReportQuery): WriteMetric {
  const read: Read = readOf(metric.name)
  if (metric.unit === 'money' && isOneForAll(query)) return () => '-' // currencies are never added up
  if (metric.unit === 'money' && query.isMulti) return (row) => textOf(read(row), metric, 0)
  if (metric.name === 'impressions' && query.dimensions.includes('search_terms'))
    return (row) => (read(row) < SEARCHED_MIN ? `<${SEARCHED_MIN}` : `${read(row)}`)
  return (row) => textOf(read(row), metric, row.object.advertiser.currencyDigits)
}

const OF_MULTI = ['currency', 'timezone', 'advertiser_id']

function writerOf(name: string, query: ReportQuery, around: Surroundings): WriteMetric {
  const metric = METRICS.get(name)!
  if (metric.kind !== 'attribute') return figureWriter(metric, query)
  return isOneForAll(query) ? () => '0' : ({ object }) => attributeOf(name, object, around)
}

/** The metrics of a report, and for several accounts those that come with it unasked. */
export const metricsOf = ({ metrics, isMulti }: ReportQuery): readonly string[] =>
  isMulti ? [...new Set([...metrics, ...OF_MULTI])] : metrics

type WriteMetrics = (row: Measured) => Readonly<Record<string, string>>

/** Writes a row's metrics, in the order they were asked for. */
export function metricsWriter(query: ReportQuery, around: Surroundings): WriteMetrics {
  const writers = metricsOf(query).map((name) => [name, writerOf(name, query, around)] as const)
  return (row) => {
    const written: Record<string, string> = {}
    for (const [name, write] of writers) written[name] = write(row)
    return written
  }
}

function dimensionOf(name: string, { object, period, cell }: Place, breakdowns: readonly string[]): string {
  if (name === 'advertiser_id') return object.advertiser.advertiser_id
  if (name.startsWith('stat_time_')) return period.label ?? ''
  const at = breakdowns.indexOf(name)
  return at < 0 ? object.id : (cell?.split('\n')[at] ?? '')
}

function dimensionsOf(place: Place, names: readonly string[], breakdowns: readonly string[]) {
  const written: Record<string, string> = {}
  for (const name of names) {
    written[name] = dimensionOf(name, place, breakdowns)
    // TikTok answers the older taxonomy with both.
    if (name === 'interest_category') written['interest_category_v2'] = written[name]
  }
  return written
}

/** Rows that name no object are one for all accounts: figures of the same time and breakdown are added up. */
function merged(rows: Iterable<{ place: Place; figures: Figures }>): readonly { place: Place; figures: Figures }[] {
  const found = new Map<string, { place: Place; figures: Figures }>()
  for (const { place, figures } of rows) {
    const key = `${place.period.label}\n${place.cell}`
    const known = found.get(key)
    if (known === undefined) found.set(key, { place, figures: Float64Array.from(figures) })
    else for (const [column, figure] of figures.entries()) known.figures[column]! += figure
  }
  return [...found.values()]
}

function* counted({ index, order, breakdowns, counting }: Prepared, view: View, from: number, to: number) {
  for (let row = from; row < Math.min(to, index.count); row++) {
    const place = index.placeAt(order === null ? row : order[row]!)
    yield { place, figures: countRow(place, breakdowns, counting, view) }
  }
}

/** How many rows a report has. */
export function rowCount(query: ReportQuery, prepared: Prepared, view: View): number {
  return isOneForAll(query) ? merged(counted(prepared, view, 0, Infinity)).length : prepared.index.count
}

/** The rows of a report from one on to before another. */
export function* rowsOf(
  query: ReportQuery,
  prepared: Prepared,
  view: View,
  around: Surroundings,
  from: number,
  to: number,
): Generator<Row> {
  const write = metricsWriter(query, around)
  const breakdowns = breakdownsOf(query)
  const rows = isOneForAll(query)
    ? merged(counted(prepared, view, 0, Infinity)).slice(from, to)
    : counted(prepared, view, from, to)
  for (const { place, figures } of rows) {
    yield {
      dimensions: dimensionsOf(place, query.dimensions, breakdowns),
      metrics: write({ object: place.object, figures }),
    }
  }
}

const ADDS_UP = ['sum', 'formula']
const OF_PEOPLE = ['frequency', 'cost_per_1000_reached']

/** The sums over all rows; "-" for what does not add up. Rates are made from the sums. */
export function totalsOf(query: ReportQuery, prepared: Prepared, view: View): Readonly<Record<string, string>> {
  const figures = noFigures()
  let last: Place | null = null
  for (const { place, figures: own } of counted(prepared, view, 0, Infinity)) {
    last = place
    for (const [column, figure] of own.entries()) figures[column]! += figure
  }
  return Object.fromEntries(
    metricsOf(query).map((name) => {
      const metric = METRICS.get(name)!
      const isAdded = ADDS_UP.includes(metric.kind) && !OF_PEOPLE.includes(name)
      if (last === null || !isAdded) return [name, '-']
      return [name, figureWriter(metric, query)({ object: last.object, figures })]
    }),
  )
}
