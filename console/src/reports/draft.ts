import type { Choice, ReportChoices } from '../../../src/server/contract_streams.ts'
import type { ReportSpec } from '../api/specs.ts'

/** What a new report starts from: what most people ask for. */
export const FIRST_REPORT: ReportSpec = {
  type: 'basic',
  data_level: 'ad',
  dimensions: [],
  aggregation: 'day',
  metrics: ['spend', 'impressions', 'clicks'],
}

/** Something chosen that the rest does not allow, and why. */
export interface Clash {
  readonly field: 'type' | 'data_level' | 'aggregation' | 'dimensions' | 'metrics'
  readonly name: string
  readonly why: string
}

/** What a draft holds that TikTok would refuse. */
export function clashesOf(spec: ReportSpec, choices: ReportChoices): readonly Clash[] {
  const one = (field: Clash['field'], known: readonly Choice[], name: string): readonly Clash[] => {
    const choice = known.find((candidate) => candidate.name === name)
    if (!choice) return [{ field, name, why: 'TikTok knows no such name' }]
    return choice.illegal === null ? [] : [{ field, name, why: choice.illegal }]
  }
  return [
    ...one('type', choices.types, spec.type),
    ...one('data_level', choices.dataLevels, spec.data_level),
    ...one('aggregation', choices.aggregations, spec.aggregation),
    ...(spec.dimensions ?? []).flatMap((name) => one('dimensions', choices.dimensions, name)),
    ...spec.metrics.flatMap((name) => one('metrics', choices.metrics, name)),
  ]
}

/** The draft without those dimensions and metrics that clash. */
export const withoutClashes = (spec: ReportSpec, clashes: readonly Clash[]): ReportSpec => ({
  ...spec,
  dimensions: (spec.dimensions ?? []).filter((name) => !has(clashes, 'dimensions', name)),
  metrics: spec.metrics.filter((name) => !has(clashes, 'metrics', name)),
})

const has = (clashes: readonly Clash[], field: Clash['field'], name: string): boolean =>
  clashes.some((clash) => clash.field === field && clash.name === name)

/** A list with a name put in, or taken out when it was there. */
export const toggled = (names: readonly string[], name: string): readonly string[] =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name]

/** What the choices depend on, as the address of the API takes it. */
export const choicesAsked = ({ type, data_level, dimensions = [], aggregation }: ReportSpec) => ({
  type,
  data_level,
  dimensions: dimensions.join(','),
  aggregation,
})
