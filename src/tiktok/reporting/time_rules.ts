import { daysBetween, isDay } from '../../core/days.ts'
import { dimensions } from './dimensions.ts'
import { atDimension, atField, type ReportQuery, type ReportRule } from './query.ts'

/**
 * Most days one call may span, both ends counted. TikTok writes 30 with a series of days, and whether a 31st would pass is
 * disputed.
 */
export function daysMaxOf(query: Pick<ReportQuery, 'report_type' | 'dimensions'>): number {
  if (query.report_type === 'BC') return 365
  if (query.dimensions.includes('stat_time_hour')) return 1
  return query.dimensions.includes('stat_time_day') ? 30 : 365
}

/** Rules on the time a report covers. */
export const timeRules: readonly ReportRule[] = [
  {
    id: 'R07',
    reports: null,
    check: (query) => {
      const { start_date: from, end_date: to } = query
      if (query.query_lifetime || from === null || to === null || !isDay(from) || !isDay(to)) return []
      const days = daysBetween(from, to) + 1
      const daysMax = daysMaxOf(query)
      if (days <= daysMax) return []
      return [atField('end_date', `${days} days are more than the ${daysMax} that TikTok gives at once; ask in parts`)]
    },
  },
  { id: 'R08', reports: null, check: checkLifetime },
  {
    id: 'R09',
    reports: null,
    check: ({ query_lifetime, start_date: from, end_date: to }) => {
      if (query_lifetime) return []
      if (from === null || !isDay(from)) return [atField('start_date', 'a first day is needed, as YYYY-MM-DD')]
      if (to === null || !isDay(to)) return [atField('end_date', 'a last day is needed, as YYYY-MM-DD')]
      return from > to ? [atField('end_date', `the last day ${to} lies before the first day ${from}; swap them`)] : []
    },
  },
]

function checkLifetime(query: ReportQuery) {
  if (!query.query_lifetime) return []
  if (query.report_type !== 'BASIC' && query.report_type !== 'PLAYABLE_MATERIAL') {
    return [atField('query_lifetime', 'only basic reports can cover the whole life; choose days, or type basic')]
  }
  return query.dimensions
    .filter((name) => isCutByTimeOrPlace(name))
    .map((name) =>
      atDimension(name, `${name} does not go with a report over the whole life; choose days, or leave it out`),
    )
}

function isCutByTimeOrPlace(name: string): boolean {
  const dimension = dimensions.get(name)
  if (dimension === undefined) return false
  return name === 'country_code' || dimension.kind === 'time' || !dimension.isBasic
}
