import type { Stream } from '../core/stream.ts'
import type { Reader } from '../tiktok/reader.ts'
import { type Aggregation, type DataLevel, LEVEL_WORDS } from '../tiktok/reporting/report_words.ts'
import { usualMetrics } from './report_metrics.ts'
import { reportStream } from './report_stream.ts'

const LEVELS: readonly DataLevel[] = ['ad', 'adgroup', 'campaign']

const TIMES: readonly { readonly aggregation: Aggregation; readonly suffix: string; readonly words: string }[] = [
  { aggregation: 'day', suffix: 'daily', words: 'on each day' },
  { aggregation: 'hour', suffix: 'hourly', words: 'in each hour' },
  { aggregation: 'lifetime', suffix: 'lifetime', words: 'over their whole life' },
]

function deliveryReport(data_level: DataLevel, { aggregation, suffix, words }: (typeof TIMES)[number]): Stream<Reader> {
  const grouping = { type: 'basic', data_level, aggregation, dimensions: [] } as const
  return reportStream({
    ...grouping,
    name: `${data_level}_report_${suffix}`,
    about: `What ${LEVEL_WORDS[data_level]} delivered ${words}, and what came of it`,
    group: 'report',
    // A call for each day: 90 of them at the first run, for each level.
    isDefault: aggregation !== 'hour',
    metrics: usualMetrics(grouping),
  })
}

/** Delivery and results of ads, ad groups and campaigns, each by day, by hour and over the whole life. */
export const deliveryReports: readonly Stream<Reader>[] = LEVELS.flatMap((level) =>
  TIMES.map((time) => deliveryReport(level, time)),
)

/** Delivery and results of advertisers by hour and over the whole life; by day they have more to say. */
export const advertiserReports: readonly Stream<Reader>[] = TIMES.filter(
  ({ aggregation }) => aggregation !== 'day',
).map((time) => deliveryReport('advertiser', time))
