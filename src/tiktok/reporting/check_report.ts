import { dimensions } from './dimensions.ts'
import { type ProblemPlace, QUERY_DEFAULTS, type ReportFilter, type ReportQuery } from './query.ts'
import {
  type Aggregation,
  type DataLevel,
  ID_DIMENSION,
  type ReportKind,
  TIME_DIMENSION,
  WIRE_LEVEL,
} from './report_words.ts'
import { checkQuery } from './rules.ts'

/** A report as people write it: its level and its time stand for the id and the time among the dimensions. */
export interface ReportDraft {
  readonly type: ReportKind
  readonly data_level: DataLevel
  readonly dimensions: readonly string[]
  readonly aggregation: Aggregation
  readonly metrics: readonly string[]
  readonly filters?: readonly DraftFilter[] | undefined
}

export interface DraftFilter {
  /** A field of TikTok's, such as `objective_type`. */
  readonly field: string
  /** How its values are meant, such as `IN`. */
  readonly type: string
  readonly values: readonly string[]
}

/** One thing wrong with a report. */
export interface ReportProblem {
  /** Where in the report, such as `metrics[3]`. */
  readonly path: string
  /** What clashes with what, and what to do. */
  readonly message: string
  /** `R01` to `R31`; null when TikTok has no such rule. */
  readonly rule: string | null
}

/** Everything in which a report clashes with TikTok's rules. A report without problems never fails at TikTok. */
export function checkReport(draft: ReportDraft): readonly ReportProblem[] {
  return checkQuery(queryOf(draft))
    .filter((problem) => !isMet(problem))
    .map(({ place, message, rule }) => ({ path: pathOf(draft, place), message, rule }))
}

/** More metrics than one call may hold are asked for in several calls. */
const isMet = ({ rule, place }: ReturnType<typeof checkQuery>[number]): boolean =>
  rule === 'R25' && place.kind === 'field' && place.name === 'metrics'

/** A report as the wire asks for it, over one day where it is cut by time. */
export function queryOf(draft: ReportDraft): ReportQuery {
  const isLifetime = draft.aggregation === 'lifetime'
  const day = isLifetime ? null : '2026-01-01'
  return {
    ...QUERY_DEFAULTS,
    report_type: draft.type === 'basic' ? 'BASIC' : 'AUDIENCE',
    data_level: WIRE_LEVEL[draft.data_level],
    dimensions: wireDimensionsOf(draft),
    metrics: draft.metrics,
    filtering: (draft.filters ?? []).map(wireFilterOf),
    query_lifetime: isLifetime,
    start_date: day,
    end_date: day,
  }
}

/** The dimension that names the object of a report; ads have two. */
export const idDimensionOf = ({ data_level, dimensions: names }: Pick<ReportDraft, 'data_level' | 'dimensions'>) =>
  data_level === 'ad' && names.includes('ad_id_v2') && !names.includes('ad_id') ? 'ad_id_v2' : ID_DIMENSION[data_level]

/** Whether each day must be asked for by itself, since TikTok gives no series of days. */
export const isReadByDay = ({ aggregation, dimensions: names }: Pick<ReportDraft, 'aggregation' | 'dimensions'>) =>
  aggregation === 'day' && names.some((name) => dimensions.get(name)?.hasNoDays === true)

/** The breakdowns of a report: what tells rows apart beside the object and the time. */
export const breakdownsOf = (draft: Pick<ReportDraft, 'data_level' | 'dimensions' | 'aggregation'>) =>
  draft.dimensions.filter((name) => name !== idDimensionOf(draft) && name !== TIME_DIMENSION[draft.aggregation])

/** All dimensions of a report as TikTok is asked for them: the object, the breakdowns, the time. */
export function wireDimensionsOf(draft: Pick<ReportDraft, 'data_level' | 'dimensions' | 'aggregation'>) {
  const time = isReadByDay(draft) ? null : TIME_DIMENSION[draft.aggregation]
  return [idDimensionOf(draft), ...breakdownsOf(draft), ...(time === null ? [] : [time])]
}

const LIST_TYPES: readonly string[] = ['IN', 'NOT_IN', 'BETWEEN', 'CONTAIN_ANY_OF']

/** A filter as the wire spells it. */
export const wireFilterOf = ({ field, type, values }: DraftFilter): ReportFilter => ({
  field_name: field,
  filter_type: type,
  filter_value: LIST_TYPES.includes(type) ? JSON.stringify(values) : (values[0] ?? ''),
})

const FIELD_PATHS: Partial<Record<keyof ReportQuery, string>> = {
  report_type: 'type',
  query_lifetime: 'aggregation',
  start_date: 'aggregation',
  end_date: 'aggregation',
}

function pathOf(draft: ReportDraft, place: ProblemPlace): string {
  switch (place.kind) {
    case 'metric':
      return `metrics[${draft.metrics.lastIndexOf(place.name)}]`
    case 'filter':
      return `filters[${place.index}]`
    case 'field':
      return FIELD_PATHS[place.name] ?? place.name
    case 'dimension': {
      const index = draft.dimensions.lastIndexOf(place.name)
      if (index >= 0) return `dimensions[${index}]`
      return dimensions.get(place.name)?.kind === 'time' ? 'aggregation' : 'data_level'
    }
  }
}
