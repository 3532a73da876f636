import { usualMetrics } from './report_metrics.ts'
import { reportStream } from './report_stream.ts'

const grouping = { type: 'basic', data_level: 'advertiser', aggregation: 'day', dimensions: [] } as const

/** Delivery and results of advertisers by day, with what was paid in cash and what with vouchers. */
export const advertiserReportDaily = reportStream({
  ...grouping,
  name: 'advertiser_report_daily',
  about: 'What advertisers delivered on each day, what came of it, and how it was paid',
  group: 'report',
  isDefault: true,
  metrics: ['cash_spend', 'voucher_spend', ...usualMetrics(grouping)],
})
