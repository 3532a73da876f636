import { type Formula, METRICS, type Metric } from './catalog.ts'
import { columnOf, type Figures, findColumn } from './columns.ts'
import type { ReportObject } from './objects.ts'

/** What a row's text is made from. */
export interface Measured {
  readonly object: ReportObject
  readonly figures: Figures
}

/** A figure as a number, money in whole units of the currency; NaN where there is none. */
export type Read = (row: Measured) => number

const SETTLED_IMPRESSIONS = columnOf('settled_impressions')
const SETTLED_SPEND = columnOf('settled_spend')
const SETTLED_WATCHED = columnOf('settled_watched_ms')
const WATCHED = columnOf('watched_ms')
const PLAYS = columnOf('video_play_actions')

/** The bend of the curve from impressions to people: one to one at first, more and more of them the same people. */
const PEOPLE_EXPONENT = 0.95

/** Distinct people behind so many impressions: less than the sum over parts, more than any of them. */
const peopleIn = (impressions: number): number => Math.min(impressions, Math.ceil(impressions ** PEOPLE_EXPONENT))

const unitsOf = ({ object }: Measured) => 10 ** object.advertiser.currencyDigits

interface Goals {
  readonly converts: boolean
  /** The metric that is the result of all of them; null when they differ, or there are none. */
  readonly result: string | null
}

const goals = new WeakMap<ReportObject, Goals>()

function readGoals({ campaign, ads }: ReportObject): Goals {
  const all = new Set(campaign === null ? ads.map(({ ad }) => ad.adGroup.campaign.goal) : [campaign.goal])
  const results = new Set([...all].map(({ result }) => result))
  return {
    converts: [...all].some(({ converts }) => converts !== null),
    result: results.size === 1 ? ([...results][0] ?? null) : null,
  }
}

function goalsOf(object: ReportObject): Goals {
  const known = goals.get(object)
  if (known !== undefined) return known
  const made = readGoals(object)
  goals.set(object, made)
  return made
}

const OF_CONVERSIONS = [
  'conversion',
  'real_time_conversion',
  'cta_conversion',
  'vta_conversion',
  'engaged_view_through_conversions',
]

const sum = ({ name, unit }: Metric): Read => {
  const column = findColumn(name)
  if (column === null) return () => 0
  if (unit === 'money') return (row) => row.figures[column]! / unitsOf(row)
  if (!OF_CONVERSIONS.includes(name)) return ({ figures }) => figures[column]!
  return ({ figures, object }) => (goalsOf(object).converts ? figures[column]! : Number.NaN)
}

const settled: Read = ({ figures }) => figures[SETTLED_IMPRESSIONS]!

/** "-" until distinct people are counted. */
const whenSettled =
  (read: Read): Read =>
  (row) =>
    settled(row) === 0 ? Number.NaN : read(row)

const reach: Read = (row) => peopleIn(settled(row))

const OF_PEOPLE: Readonly<Record<string, Read>> = {
  reach,
  frequency: whenSettled((row) => settled(row) / reach(row)),
  cost_per_1000_reached: whenSettled((row) => (row.figures[SETTLED_SPEND]! / unitsOf(row) / reach(row)) * 1000),
  average_video_play_per_user: whenSettled(({ figures, ...row }) => {
    return figures[SETTLED_WATCHED]! / 1000 / reach({ figures, ...row })
  }),
}

const AVERAGES: Readonly<Record<string, Read>> = {
  average_video_play: ({ figures }) => (figures[PLAYS] === 0 ? 0 : figures[WATCHED]! / 1000 / figures[PLAYS]!),
}

/** The result of the ad group's goal, on the day of the click or of the conversion. */
const result = (isRealTime: boolean): Read => {
  const reads = new Map<string, Read>()
  return (row) => {
    const { result } = goalsOf(row.object)
    if (result === null) return Number.NaN
    const name = isRealTime && result === 'conversion' ? 'real_time_conversion' : result
    let read = reads.get(name)
    if (read === undefined) {
      read = readOf(name)
      reads.set(name, read)
    }
    return read(row)
  }
}

function ratio({ numerator, denominator, factor }: Formula): Read {
  const [over, under] = [readOf(numerator), readOf(denominator)]
  return (row) => {
    const below = under(row)
    const above = over(row)
    if (Number.isNaN(above) || Number.isNaN(below)) return Number.NaN
    return below === 0 ? 0 : (above / below) * factor
  }
}

function make(metric: Metric): Read {
  const { name, kind, formula } = metric
  if (Object.hasOwn(OF_PEOPLE, name)) return OF_PEOPLE[name]!
  switch (kind) {
    case 'sum':
      return sum(metric)
    case 'formula':
      return ratio(formula!)
    case 'goal':
      return name === 'secondary_goal_result' ? () => Number.NaN : result(name.startsWith('real_time_'))
    case 'average':
      return AVERAGES[name] ?? (() => 0)
    case 'distinct':
      return () => 0
    case 'attribute':
      return () => Number.NaN
  }
}

const reads = new Map<string, Read>()

/** How a metric is read from figures. */
export function readOf(name: string): Read {
  const known = reads.get(name)
  if (known !== undefined) return known
  const made = make(METRICS.get(name)!)
  reads.set(name, made)
  return made
}

/** What a goal's result may be: any of these may be looked at. */
const RESULTS = ['conversion', 'real_time_conversion', 'clicks', 'follows', 'video_watched_6s', 'impressions']

function collect(name: string, into: Set<number>): void {
  const { formula, kind } = METRICS.get(name)!
  const column = findColumn(name)
  if (column !== null) into.add(column)
  if (formula !== null) for (const part of [formula.numerator, formula.denominator]) collect(part, into)
  if (kind === 'goal') for (const part of RESULTS) collect(part, into)
  if (kind === 'average' || name === 'average_video_play_per_user') for (const part of [WATCHED, PLAYS]) into.add(part)
}

/** The columns that metrics are read from. */
export function columnsOf(metrics: readonly string[]): ReadonlySet<number> {
  const columns = new Set<number>()
  for (const name of metrics) collect(name, columns)
  return columns
}

/** A figure as TikTok writes it: whole counts, money with the currency's digits, everything else with two. */
export function textOf(value: number, { unit }: Metric, moneyDigits: number): string {
  if (Number.isNaN(value)) return '-'
  if (unit === 'count') return `${value}`
  return value.toFixed(unit === 'money' ? moneyDigits : 2)
}
