import { METRICS } from './catalog.ts'

/**
 * Figures are added up in columns. A column is a metric that adds up, by its name, or one of ours that TikTok's averages and
 * distinct counts are made from. Money is counted in the currency's smallest unit, so that sums are exact.
 */
const OWN = [
  /** Time watched, in ms. */
  'watched_ms',
  /** What the figures of distinct people are made from: periods that ended long enough ago. */
  'settled_impressions',
  'settled_spend',
  'settled_watched_ms',
] as const

/** Older names that are answered with the newer one's figures. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  page_browse_view: 'total_pageview',
  total_page_browse_view_value: 'total_value_per_pageview',
  product_details_page_browse: 'page_content_view_events',
  total_product_details_page_browse_value: 'total_page_view_content_events_value',
  offline_registration_events: 'offline_complete_registration_events',
  offline_registration_events_value: 'offline_complete_registration_events_value',
  paid_engaged_view: 'engaged_view',
  paid_engaged_view_15s: 'engaged_view_15s',
}

const additive = [...METRICS.values()].filter(({ kind, name }) => kind === 'sum' && !(name in OLDER_NAMES))

const INDEX: ReadonlyMap<string, number> = new Map(
  [...additive.map(({ name }) => name), ...OWN].map((name, index) => [name, index]),
)

/** How long a set of figures is. */
export const COLUMNS = INDEX.size

/** Figures by column. */
export type Figures = Float64Array

/** Nothing counted yet. */
export const noFigures = (): Figures => new Float64Array(COLUMNS)

/** Where a metric's figures are; null for a metric that does not add up. */
export const findColumn = (metric: string): number | null => INDEX.get(OLDER_NAMES[metric] ?? metric) ?? null

/** Where a column is. Throws for a name that has none. */
export function columnOf(name: string): number {
  const column = findColumn(name)
  if (column === null) throw new Error(`Cannot count "${name}": it is no metric that adds up`)
  return column
}
