import { refuseAdvertiser } from '../access.ts'
import { type Answer, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { MESSAGE } from '../messages.ts'
import type { Simulation } from '../simulation.ts'
import type { Grant } from '../world.ts'
import { BUSINESS_CENTER } from './business_center.ts'
import { dateRules } from './date_rules.ts'
import { FILTER_RULES } from './filter_rules.ts'
import { METRIC_RULES } from './metric_rules.ts'
import type { ReportQuery } from './query.ts'
import { type Rule, refuseBy, refuseGrouping } from './rules.ts'

function refuseAccounts({ advertiserIds, bcId }: ReportQuery, grant: Grant, simulation: Simulation): Answer | null {
  if (bcId !== null && bcId !== BUSINESS_CENTER) return refused(CODE.PERMISSION_ERROR, MESSAGE.noCenter(bcId))
  for (const id of advertiserIds) {
    const answer = refuseAdvertiser(id, grant, simulation)
    if (answer !== null) return answer
  }
  return null
}

const hourlyCountry: Rule = ({ dimensions }) =>
  dimensions.includes('stat_time_hour') && dimensions.includes('country_code')
    ? MESSAGE.invalid('dimensions', 'country_code and stat_time_hour cannot be combined')
    : null

/**
 * Why TikTok refuses a report whose arguments could be read: first whose it is, then how it is grouped, then its metrics,
 * filters and dates. All of it before any data is looked at. Null when it does not.
 */
export function refuseReport(query: ReportQuery, grant: Grant, simulation: Simulation): Answer | null {
  const { report_thirtieth_day, report_hourly_country } = simulation.world.settings
  return (
    refuseAccounts(query, grant, simulation) ??
    refuseGrouping(query) ??
    (report_hourly_country === 'refuse' ? refuseBy([hourlyCountry], query) : null) ??
    refuseBy([...METRIC_RULES, ...FILTER_RULES, ...dateRules(report_thirtieth_day === 'accept')], query)
  )
}
