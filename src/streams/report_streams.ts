import type { Stream } from '../core/stream.ts'
import type { Reader } from '../tiktok/reader.ts'
import { advertiserReportDaily } from './advertiser_report_daily.ts'
import { breakdownReports } from './breakdown_reports.ts'
import { advertiserReports, deliveryReports } from './delivery_reports.ts'

/** Every table of figures that TikTok can fill, reports of one's own apart. */
export const reportStreams: readonly Stream<Reader>[] = [
  ...deliveryReports,
  advertiserReportDaily,
  ...advertiserReports,
  ...breakdownReports,
]
