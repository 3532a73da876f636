import type { Column } from '../../core/table.ts'
import { checkReport, idDimensionOf, queryOf, type ReportDraft, wireDimensionsOf } from './check_report.ts'
import { metricColumn } from './columns.ts'
import { type Dimension, dimensions } from './dimensions.ts'
import { whyNotMetric } from './metric_rules.ts'
import { metrics } from './metrics.ts'
import {
  type Aggregation,
  DATA_LEVELS,
  type DataLevel,
  LEVEL_WORDS,
  type ReportKind,
  TIME_DIMENSION,
} from './report_words.ts'

/** Something that may stand in a report, and why it may not stand in this one. */
export interface ReportChoice {
  readonly name: string
  readonly about: string
  /** Why it may not be chosen with the rest; null when it may. */
  readonly illegal: string | null
  /** It comes with the rest and cannot be left out. */
  readonly locked: boolean
}

export interface MetricChoice extends ReportChoice {
  readonly group: string
  /** What it would be in the table. */
  readonly column: Column
}

/** Everything a report can be made of, judged beside what is chosen already. Plain data. */
export interface ReportChoices {
  readonly types: readonly ReportChoice[]
  readonly dataLevels: readonly ReportChoice[]
  readonly aggregations: readonly ReportChoice[]
  readonly dimensions: readonly ReportChoice[]
  readonly metrics: readonly MetricChoice[]
}

const TYPES: Record<ReportKind, string> = {
  basic: 'Figures of delivery and of what came of it',
  audience: 'Figures broken down by who was reached',
}

const AGGREGATIONS: Record<Aggregation, string> = {
  hour: 'One row for each hour, in the time zone of the advertiser',
  day: 'One row for each day, in the time zone of the advertiser',
  lifetime: 'One row for all there ever was',
}

/** What may be chosen next for a report that is begun, and why the rest may not. What is not chosen yet is left open. */
export function reportChoices(draft: Partial<ReportDraft>): ReportChoices {
  const whole: ReportDraft = {
    type: draft.type ?? 'basic',
    data_level: draft.data_level ?? 'ad',
    aggregation: draft.aggregation ?? 'day',
    dimensions: (draft.dimensions ?? []).filter((name) => dimensions.has(name)),
    metrics: (draft.metrics ?? []).filter((name) => metrics.has(name)),
  }
  return {
    types: (Object.keys(TYPES) as ReportKind[]).map((type) => ({
      ...anyChoice(type, TYPES[type]),
      illegal: whyNot({ ...whole, type, metrics: [] }),
    })),
    dataLevels: DATA_LEVELS.map((data_level) => ({
      ...anyChoice(data_level, `A row is about one of the ${LEVEL_WORDS[data_level]}`),
      illegal: whyNot({ ...atLevel(whole, data_level), metrics: [] }),
    })),
    aggregations: (Object.keys(AGGREGATIONS) as Aggregation[]).map((aggregation) => ({
      ...anyChoice(aggregation, AGGREGATIONS[aggregation]),
      illegal: whyNot({ ...whole, aggregation, metrics: [] }),
    })),
    dimensions: [...dimensions.values()].flatMap((dimension) => dimensionChoice(dimension, whole)),
    metrics: metricChoices(whole),
  }
}

const anyChoice = (name: string, about: string) => ({ name, about, illegal: null, locked: false })

/** The first thing wrong with a report; an audience report that only lacks its breakdown is begun, and not wrong. */
function whyNot(draft: ReportDraft): string | null {
  const problem = checkReport(draft).find(({ path }) => path !== 'dimensions')
  return problem?.message ?? null
}

/** The same report about other objects: the id of the level goes with the level. */
function atLevel(draft: ReportDraft, data_level: DataLevel): ReportDraft {
  const names = draft.dimensions.filter((name) => dimensions.get(name)?.kind !== 'id')
  return { ...draft, data_level, dimensions: names }
}

function dimensionChoice({ name, about, kind }: Dimension, draft: ReportDraft): readonly ReportChoice[] {
  const locked = name === idDimensionOf(draft) || name === TIME_DIMENSION[draft.aggregation]
  if (locked) return [{ name, about, illegal: null, locked: name !== 'ad_id_v2' }]
  // Ids and times of other levels and aggregations follow from those, and are no choice by themselves.
  if (name !== 'ad_id_v2' && kind !== 'breakdown') return []
  if (draft.dimensions.includes(name)) {
    return [{ ...anyChoice(name, about), illegal: whyNotDimension(name, draft) }]
  }
  const names = [...draft.dimensions, name]
  return [{ ...anyChoice(name, about), illegal: whyNotDimension(name, { ...draft, dimensions: names }) }]
}

/** What is wrong with a report because of one of its dimensions. */
function whyNotDimension(name: string, draft: ReportDraft): string | null {
  const before = new Set(messagesOf({ ...draft, dimensions: draft.dimensions.filter((one) => one !== name) }))
  return messagesOf(draft).find((message) => !before.has(message)) ?? null
}

const messagesOf = (draft: ReportDraft): readonly string[] => checkReport(draft).map(({ message }) => message)

function metricChoices(draft: ReportDraft): readonly MetricChoice[] {
  const query = queryOf(draft)
  const beside = wireDimensionsOf(draft)
  return [...metrics.values()].map(({ name, group, newName }) => {
    const column = metricColumn(name, beside)
    const isTwin = newName !== null && draft.metrics.includes(newName)
    const twin = isTwin ? `${name} is the old name of ${newName}, which is chosen already` : null
    const illegal = whyNotMetric(name, query)?.message ?? twin
    return { name, about: column.about, illegal, locked: false, group, column }
  })
}
