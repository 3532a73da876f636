import { suggestion } from '../../core/nearest.ts'
import { type Dimension, dimensions, isPair, reportWithDimension } from './dimensions.ts'
import { atDimension, atField, BASIC_AND_AUDIENCE, inWords, type ReportQuery, type ReportRule } from './query.ts'
import { LEVEL_WORDS, levelOf } from './report_words.ts'

/** Rules on how rows are told apart. */
export const groupingRules: readonly ReportRule[] = [
  {
    id: 'R01',
    reports: BASIC_AND_AUDIENCE,
    check: ({ dimensions: names }) => {
      if (names.length === 0) return [atField('dimensions', 'at least one dimension is needed')]
      const unknown = names.filter((name) => !dimensions.has(name)).map((name) => atDimension(name, sayUnknown(name)))
      const repeated = names.filter((name, i) => names.indexOf(name) !== i)
      return [...unknown, ...repeated.map((name) => atDimension(name, `${name} is given twice; give it once`))]
    },
  },
  {
    id: 'R02',
    reports: BASIC_AND_AUDIENCE,
    check: (query) => {
      const ids = ofKind(query, 'id')
      const isAllowed = query.isTask && query.advertiser_ids.length > 1 && ids.includes('advertiser_id')
      if (ids.length <= (isAllowed ? 2 : 1)) return []
      const message = `${inWords(ids)} exclude one another: a report is about one kind of object; ask for the ids of parents as metrics`
      return [atDimension(ids.at(-1)!, message)]
    },
  },
  {
    id: 'R03',
    reports: BASIC_AND_AUDIENCE,
    check: (query) => {
      const level = levelOf(query.data_level)
      if (level === null) return []
      const isParent = query.isTask && query.advertiser_ids.length > 1
      return ofKind(query, 'id')
        .filter((name) => !dimensions.get(name)!.levels.includes(level))
        .filter((name) => !(isParent && name === 'advertiser_id'))
        .map((name) =>
          atDimension(
            name,
            `${name} does not go with a report about ${LEVEL_WORDS[level]}; ask for it as a metric, or choose the level of ${LEVEL_WORDS[dimensions.get(name)!.levels[0]!]}`,
          ),
        )
    },
  },
  {
    id: 'R04',
    reports: BASIC_AND_AUDIENCE,
    check: (query) => {
      const times = ofKind(query, 'time')
      if (times.length <= 1) return []
      return [atDimension(times.at(-1)!, `${inWords(times)} exclude each other; choose days or hours`)]
    },
  },
  { id: 'R05', reports: BASIC_AND_AUDIENCE, check: checkBreakdowns },
  {
    id: 'R05',
    reports: BASIC_AND_AUDIENCE,
    check: (query) =>
      known(query)
        .filter(({ needs }) => needs !== null && !query.dimensions.includes(needs))
        .map(({ name, needs }) => atDimension(name, `${name} needs ${needs} beside it; add ${needs}`)),
  },
  {
    id: 'R05',
    reports: ['BASIC'],
    check: (query) =>
      known(query)
        .filter(({ isBasic }) => !isBasic)
        .map(({ name }) => atDimension(name, `${name} is a breakdown of audience reports only; choose type audience`)),
  },
  {
    id: 'R05',
    reports: BASIC_AND_AUDIENCE,
    // TikTok's text has it so; others ship such reports, and nobody can say how long they will work.
    check: ({ dimensions: names }) =>
      names.includes('country_code') && names.includes('stat_time_hour')
        ? [atDimension('country_code', 'country_code does not go with hours; choose days')]
        : [],
  },
  { id: 'R06', reports: ['AUDIENCE'], check: checkAudience },
  {
    id: 'R19',
    reports: ['AUDIENCE'],
    check: (query) =>
      !query.dimensions.includes('stat_time_day')
        ? []
        : known(query)
            .filter(({ hasNoDays }) => hasNoDays)
            .map(({ name }) =>
              atDimension(name, `${name} does not go with stat_time_day; ask for each day by itself, without it`),
            ),
  },
  {
    id: 'R20',
    reports: BASIC_AND_AUDIENCE,
    check: (query) => {
      const level = levelOf(query.data_level)
      if (level === null) return []
      return known(query)
        .filter(({ kind, levels }) => kind === 'breakdown' && !levels.includes(level))
        .map(({ name, levels }) =>
          atDimension(
            name,
            `${name} does not go with a report about ${LEVEL_WORDS[level]}; choose ${orWords(levels.map((one) => LEVEL_WORDS[one]))}`,
          ),
        )
    },
  },
]

function checkBreakdowns(query: ReportQuery) {
  const [first, ...others] = ofKind(query, 'breakdown')
  if (first === undefined) return []
  const wrong = others.filter((name, i) => i > 0 || !isPair(first, name))
  return wrong.map((name) =>
    atDimension(name, `${name} does not go with ${first}; make two reports, with one breakdown each`),
  )
}

function checkAudience(query: ReportQuery) {
  const breakdowns = known(query).filter(({ kind }) => kind === 'breakdown')
  const basicOnly = breakdowns
    .filter(({ isAudience }) => !isAudience)
    .map(({ name }) => atDimension(name, `${name} is a breakdown of basic reports only; choose type basic`))
  const missing =
    breakdowns.length === 0 && query.dimensions.every((name) => dimensions.has(name))
      ? [atField('dimensions', 'an audience report needs a breakdown, such as age; add one, or choose type basic')]
      : []
  const hours = query.dimensions.includes('stat_time_hour')
    ? [atDimension('stat_time_hour', 'an audience report cannot be cut by hours; choose days')]
    : []
  return [...basicOnly, ...missing, ...hours]
}

const known = (query: ReportQuery): readonly Dimension[] =>
  query.dimensions.flatMap((name) => dimensions.get(name) ?? [])

const ofKind = (query: ReportQuery, kind: Dimension['kind']): readonly string[] => [
  ...new Set(
    known(query)
      .filter((dimension) => dimension.kind === kind)
      .map(({ name }) => name),
  ),
]

const orWords = (names: readonly string[]): string => inWords(names).replace(/ and (?=[^,]*$)/, ' or ')

function sayUnknown(name: string): string {
  const other = reportWithDimension(name)
  if (other) return `${name} is a dimension of ${other} reports only; leave it out`
  return `"${name}" is no dimension of TikTok's reports${suggestion(name, [...dimensions.keys()])}; leave it out or correct it`
}
