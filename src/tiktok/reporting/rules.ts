import { filterRules } from './filter_rules.ts'
import { groupingRules } from './grouping_rules.ts'
import { metricRules } from './metric_rules.ts'
import { otherReportRules } from './other_report_rules.ts'
import type { QueryProblem, ReportQuery, ReportRule } from './query.ts'
import { requestRules } from './request_rules.ts'
import { timeRules } from './time_rules.ts'

/**
 * What TikTok checks of a report before it looks for data; a report that passes is answered.
 * Source: TikTok API for Business v1.3, Reporting; the numbers are ours.
 */
export const REPORT_RULES: readonly ReportRule[] = [
  ...requestRules,
  ...groupingRules,
  ...timeRules,
  ...metricRules,
  ...filterRules,
  ...otherReportRules,
]

/** Everything in which a report clashes with TikTok's rules, with the rule's number; nothing when TikTok will answer it. */
export function checkQuery(query: ReportQuery): readonly (QueryProblem & { readonly rule: string | null })[] {
  return REPORT_RULES.filter(({ reports }) => reports === null || reports.includes(query.report_type)).flatMap(
    ({ id, check }) => check(query).map((problem) => ({ ...problem, rule: id })),
  )
}
