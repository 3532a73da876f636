import { dimensions } from './dimensions.ts'
import { atField, inWords, type ReportRule, type ReportType } from './query.ts'
import { levelOf } from './report_words.ts'

const PAGE_SIZE_MAX = 1000
const ADVERTISERS_MAX = 5
const WITHOUT_LEVEL: readonly ReportType[] = ['BC', 'PLAYABLE_MATERIAL', 'GMV_MAX', 'SMART_PLUS_MATERIAL']

/** Rules on what stands around dimensions and metrics. */
export const requestRules: readonly ReportRule[] = [
  {
    id: 'R10',
    reports: null,
    check: ({ report_type, data_level }) => {
      const level = levelOf(data_level)
      if (report_type === 'BC' && data_level !== null) {
        return [atField('data_level', 'a report on a Business Center has no data level; leave it out')]
      }
      if (WITHOUT_LEVEL.includes(report_type)) return []
      if (level === null) return [atField('data_level', 'a data level is needed, such as AUCTION_AD')]
      if (report_type === 'TT_SHOP' && level !== 'advertiser' && level !== 'campaign') {
        return [atField('data_level', 'a report on TikTok Shop is about advertisers or campaigns; choose one of them')]
      }
      return []
    },
  },
  {
    id: 'R23',
    reports: null,
    check: ({ advertiser_ids: ids, report_type }) => {
      if (ids.length === 0) return []
      if (report_type !== 'BASIC' && report_type !== 'AUDIENCE') {
        return [atField('advertiser_ids', `a ${report_type} report is about one advertiser; give advertiser_id`)]
      }
      if (ids.length <= ADVERTISERS_MAX) return []
      return [atField('advertiser_ids', `${ids.length} advertisers are more than ${ADVERTISERS_MAX}; ask in parts`)]
    },
  },
  {
    id: 'R24',
    reports: null,
    check: ({ enable_total_metrics, report_type, dimensions: names }) => {
      if (!enable_total_metrics) return []
      if (report_type !== 'BASIC' && report_type !== 'TT_SHOP') {
        return [atField('enable_total_metrics', `a ${report_type} report has no totals; leave them out`)]
      }
      const others = names.filter((name) => name !== 'stat_time_day' && dimensions.get(name)?.kind !== 'id')
      if (others.length === 0) return []
      return [atField('enable_total_metrics', `totals do not go with ${inWords(others)}; leave one of them out`)]
    },
  },
  {
    id: 'R26',
    reports: null,
    check: ({ page, page_size }) => [
      ...(Number.isInteger(page) && page >= 1 ? [] : [atField('page', `page ${page} does not exist; the first is 1`)]),
      ...(Number.isInteger(page_size) && page_size >= 1 && page_size <= PAGE_SIZE_MAX
        ? []
        : [atField('page_size', `a page holds 1 to ${PAGE_SIZE_MAX} rows, not ${page_size}`)]),
    ],
  },
]
