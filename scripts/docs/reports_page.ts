import { specSchema } from '../../src/files/spec_schema.ts'
import { type Dimension, dimensions } from '../../src/tiktok/reporting/dimensions.ts'
import { columnName, type Metric, metrics } from '../../src/tiktok/reporting/metrics.ts'
import { DATA_LEVELS } from '../../src/tiktok/reporting/report_words.ts'
import { RULE_WORDS } from '../../src/tiktok/reporting/rule_words.ts'
import { block, code, page, table } from './markdown.ts'
import { specTable } from './spec_table.ts'

/** Reports of one's own: what they are made of, and which rules of TikTok they must keep. */
export function reportsPage(): string {
  return page(
    'Reports of your own',
    'src/streams/report_spec.ts and src/tiktok/reporting',
    INTRODUCTION,
    block(EXAMPLE, 'yaml'),
    specTable(specSchema('report')),
    TABLES,
    '## Rules',
    RULES,
    table(['Rule', 'What it says'], rulesMetBy('people')),
    'The others are kept by us when a report is read, or are about reports that are neither basic nor audience reports:',
    table(['Rule', 'What it says'], rulesMetBy('us')),
    '## Dimensions',
    DIMENSIONS,
    table(
      ['Dimension', 'Type', 'Levels', 'Done after', 'About'],
      [...dimensions.values()].filter(({ kind }) => kind === 'breakdown').map(dimensionRow),
    ),
    '## Metrics',
    `${metrics.size} metrics, by family. ${METRICS}`,
    table(['Family', 'Metrics', 'In audience reports', 'Such as'], familyRows()),
    '## Attributes',
    'Metrics that describe the object of a row; they go with these levels, and are no figures.',
    table(['Attribute', 'Column', 'Levels', 'About'], [...metrics.values()].filter(isAttribute).map(attributeRow)),
  )
}

const INTRODUCTION = `A report that is saved becomes a stream, so that a sync fills the table \`custom_<name>\`. Before it is saved it is checked
against TikTok's rules, and every clash is explained; \`backbeat validate\` checks files. The console's report builder greys what
does not go with what is chosen already, and shows the first rows of a day (\`GET /reporting/choices\`, \`POST /reporting/preview\`).`

const EXAMPLE = `kind: report
name: sales_by_country
spec:
  type: basic
  data_level: campaign
  dimensions: [country_code]
  aggregation: day
  metrics: [campaign_name, spend, impressions, complete_payment]`

const TABLES = `The level and the aggregation stand for the id and the time among TikTok's dimensions, so only breakdowns are listed. The key of the
table is the id, the time, the breakdowns and the advertiser. Names of columns are those of TikTok, with an underscore between a
letter and a digit: \`video_watched_2s\` becomes \`video_watched_2_s\`.`

const RULES = `The numbers are ours; \`POST /reporting/check\` names them beside each problem. A metric that TikTok refuses although no rule says
so is left out by the run that meets it, which reads the others and says so on its page; the column stays null.`

const DIMENSIONS = `Ids and times come with the level and the aggregation; only \`ad_id_v2\`, the ad that holds the creatives of Upgraded Smart+, can be
named in place of \`ad_id\`. *Done after*: hours until TikTok is done with the figures. Where a number of metrics is given, no others go with it
but attributes.`

const METRICS = `The report builder lists them all with what each means. Those of web pages, apps, TikTok Shop and shops
without the internet stay apart: nothing is added across them.`

const rulesMetBy = (who: 'people' | 'us'): readonly (readonly string[])[] =>
  Object.entries(RULE_WORDS)
    .filter(([, { isMetBy }]) => isMetBy === who)
    .map(([id, { says }]) => [id, says])

function dimensionRow(dimension: Dimension): readonly string[] {
  const { name, about, isBasic, isAudience, hasNoDays, overlaps, needs, isWithoutAttributes } = dimension
  const types = [...(isBasic ? ['basic'] : []), ...(isAudience ? ['audience'] : [])].join(', ')
  const more = [
    `${about}.`,
    needs === null ? '' : `Needs ${code(needs)}.`,
    hasNoDays ? 'Read a day at a time.' : '',
    overlaps ? 'Rows overlap, so figures do not add up.' : '',
    isWithoutAttributes ? 'Without attributes.' : '',
    metricsBeside(dimension),
  ]
  return [
    code(name),
    types,
    levelsWord(dimension.levels),
    hours(dimension.latencyHours),
    more.filter(Boolean).join(' '),
  ]
}

function metricsBeside({ basicMetrics, audienceMetrics, isBasic, isAudience }: Dimension): string {
  const limits = [
    ...(isBasic && basicMetrics ? [`${count(basicMetrics)} metrics in basic reports`] : []),
    ...(isAudience && audienceMetrics ? [`${count(audienceMetrics)} metrics in audience reports`] : []),
  ]
  return limits.length === 0 ? '' : `With ${limits.join(' and ')}.`
}

const count = (names: readonly string[]): number => new Set(names).size

const hours = (value: number | null): string => (value === null ? '' : `${value} h`)

const levelsWord = (levels: readonly string[]): string =>
  levels.length === DATA_LEVELS.length ? 'all' : levels.join(', ')

const isAttribute = ({ group }: Metric): boolean => group === 'attribute'

const SHOWN = 3 // enough to see what a family is about

function familyRows(): readonly (readonly string[])[] {
  const families = Map.groupBy(metrics.values(), ({ group }) => group)
  return [...families].map(([name, own]) => [
    code(name),
    String(own.length),
    String(own.filter(({ reports }) => reports.includes('audience')).length),
    own
      .slice(0, SHOWN)
      .map((metric) => `${code(metric.name)} (${lowerFirst(metric.about)})`)
      .join(', '),
  ])
}

const attributeRow = ({ name, levels, about }: Metric): readonly string[] => [
  code(name),
  columnName(name) === name ? '' : code(columnName(name)),
  levelsWord(levels),
  about,
]

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) && !/^TikTok/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text
