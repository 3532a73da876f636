import type { Stream } from '../core/stream.ts'
import type { Reader } from '../tiktok/reader.ts'
import { type DataLevel, LEVEL_WORDS, type ReportKind } from '../tiktok/reporting/report_words.ts'
import { usualMetrics } from './report_metrics.ts'
import { reportStream } from './report_stream.ts'

interface Breakdown {
  /** Stands in the table's name. */
  readonly word: string
  readonly words: string
  readonly type: ReportKind
  readonly dimensions: readonly string[]
  readonly levels: readonly DataLevel[]
  /** Levels at which it is read unless a person says otherwise. */
  readonly defaults: readonly DataLevel[]
}

const ALL: readonly DataLevel[] = ['ad', 'adgroup', 'campaign', 'advertiser']
const OUTER: readonly DataLevel[] = ['ad', 'campaign']

// Basic reports know more by country than audience reports do, and hold what has been deleted.
const BREAKDOWNS: readonly Breakdown[] = [
  { word: 'country', words: 'country', type: 'basic', dimensions: ['country_code'], levels: ALL, defaults: OUTER },
  {
    word: 'age_gender',
    words: 'age and gender',
    type: 'audience',
    dimensions: ['age', 'gender'],
    levels: ALL,
    defaults: OUTER,
  },
  { word: 'language', words: 'language', type: 'audience', dimensions: ['language'], levels: ALL, defaults: OUTER },
  {
    word: 'platform',
    words: 'operating system',
    type: 'audience',
    dimensions: ['platform'],
    levels: ALL,
    defaults: OUTER,
  },
  { word: 'placement', words: 'placement', type: 'audience', dimensions: ['placement'], levels: OUTER, defaults: [] },
  {
    word: 'province',
    words: 'province or state',
    type: 'audience',
    dimensions: ['province_id'],
    levels: OUTER,
    defaults: [],
  },
  {
    word: 'interest',
    words: 'interest',
    type: 'audience',
    dimensions: ['interest_category_v2'],
    levels: OUTER,
    defaults: [],
  },
]

function breakdownReport(
  { word, words, type, dimensions, defaults }: Breakdown,
  data_level: DataLevel,
): Stream<Reader> {
  const grouping = { type, data_level, aggregation: 'day', dimensions } as const
  return reportStream({
    ...grouping,
    name: `${data_level}_${word}_report`,
    about: `What ${LEVEL_WORDS[data_level]} delivered on each day, by ${words}`,
    group: 'breakdown',
    isDefault: defaults.includes(data_level),
    metrics: usualMetrics(grouping),
  })
}

/** Delivery by day, broken down by who and where people were. */
export const breakdownReports: readonly Stream<Reader>[] = BREAKDOWNS.flatMap((breakdown) =>
  breakdown.levels.map((level) => breakdownReport(breakdown, level)),
)
