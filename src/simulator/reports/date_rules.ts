import { MESSAGE } from '../messages.ts'
import { readDay } from '../world/calendar.ts'
import { type ReportQuery, timeDimensionOf } from './query.ts'
import type { Rule } from './rules.ts'

const DAYS_MAX = 365
/** What is surely allowed; whether TikTok lets one more through is not known. */
const DAYS_BY_DAY = 30

/** R09 */
const both: Rule = ({ isLifetime, startDate, endDate }) => {
  if (isLifetime) return null
  if (startDate === null) return MESSAGE.missing('start_date')
  if (endDate === null) return MESSAGE.missing('end_date')
  const [start, end] = [readDay(startDate), readDay(endDate)]
  if (start === null) return MESSAGE.invalid('start_date', 'must be a date as YYYY-MM-DD')
  if (end === null) return MESSAGE.invalid('end_date', 'must be a date as YYYY-MM-DD')
  return start > end ? MESSAGE.invalid('start_date', 'must not be after end_date') : null
}

function daysMax(query: ReportQuery, isEdgeOpen: boolean): number {
  if (query.reportType === 'BC') return DAYS_MAX
  switch (timeDimensionOf(query)) {
    case 'stat_time_hour':
      return 1
    case 'stat_time_day':
      return isEdgeOpen ? DAYS_BY_DAY + 1 : DAYS_BY_DAY
    case null:
      return DAYS_MAX
  }
}

/** R07. The message counts as TikTok's does: by the most that is allowed, whatever the edge. */
const range =
  (isEdgeOpen: boolean): Rule =>
  (query) => {
    if (query.isLifetime) return null
    const days = readDay(query.endDate!)! - readDay(query.startDate!)! + 1
    if (days <= daysMax(query, isEdgeOpen)) return null
    return MESSAGE.range(daysMax(query, false), timeDimensionOf(query))
  }

/** Rules about the range. `isEdgeOpen` lets a range by day be one day longer than 30. */
export const dateRules = (isEdgeOpen: boolean): readonly Rule[] => [both, range(isEdgeOpen)]
