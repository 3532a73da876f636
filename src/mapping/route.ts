import type { Fields } from '../core/destination.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { suggestion } from '../core/nearest.ts'
import type { Route } from '../core/sync.ts'
import { compileMapping } from './compile_mapping.ts'
import { parseTrigger } from './fql_parse.ts'
import { MappingError } from './mapping_error.ts'
import { presetFields } from './preset_fields.ts'
import { findPreset, type PresetSet, presetSets } from './presets.ts'
import type { Trigger } from './trigger.ts'
import { compileTrigger } from './trigger_compile.ts'
import { TriggerError } from './trigger_error.ts'

/** A mapping as a person writes it; what a preset gives need not be said. */
export interface MappingSource {
  readonly name: string
  readonly enabled?: boolean | undefined
  readonly preset?: string | undefined
  readonly preset_set?: PresetSet | undefined
  readonly when?: string | undefined
  /** Event name at TikTok: a text, or a directive. */
  readonly event?: Json | undefined
  readonly fields?: { readonly [field: string]: Json } | undefined
}

/** The same with everything said. */
export interface CompleteMapping {
  readonly when: string
  readonly fields: JsonObject
}

/** One thing wrong with a mapping. `path` is within the mapping: `when`, `fields.contents.@arrayPath[1]`. */
export interface MappingProblem {
  readonly path: string
  readonly message: string
  /** Character of `when` the message is about. */
  readonly position?: number
}

/** Fills in what the preset gives; problems when there is nothing to fill in with. */
export function completeMapping(source: MappingSource, fields: Fields): CompleteMapping | readonly MappingProblem[] {
  const set = source.preset_set ?? 'segment'
  const preset = source.preset === undefined ? null : findPreset(set, source.preset)
  if (source.preset !== undefined && preset === null) return [unknownPreset(set, source.preset)]
  const when = source.when ?? preset?.when
  const event = source.event ?? preset?.event
  const missing = [
    ...(when === undefined
      ? [{ path: 'when', message: 'is required without a preset: say which events this mapping is for' }]
      : []),
    ...(event === undefined
      ? [{ path: 'event', message: 'is required without a preset: say which TikTok event to report' }]
      : []),
  ]
  const unknown = Object.keys(source.fields ?? {}).flatMap((field) => unknownField(field, fields))
  if (missing.length + unknown.length > 0) return [...missing, ...unknown]
  const base = preset?.mapping ?? presetFields('flat')
  const own = Object.fromEntries(
    Object.entries(source.fields ?? {}).map(([field, value]) => [canonicalName(field, fields), value]),
  )
  return { when: when!, fields: { ...base, ...own, event: event! } }
}

/** A mapping ready to run, or everything that is wrong with it. */
export function compileRoute(source: MappingSource, fields: Fields): Route | readonly MappingProblem[] {
  const complete = completeMapping(source, fields)
  if (isProblems(complete)) return complete
  const trigger = attempt(() => parseTrigger(complete.when), 'when')
  const map = attempt(() => compileMapping(complete.fields), 'fields')
  const problems = [trigger, map].filter(isProblems).flat()
  if (problems.length > 0) return problems
  return {
    name: source.name,
    enabled: source.enabled ?? true,
    matches: compileTrigger(trigger as Trigger),
    map: map as (event: JsonObject) => JsonObject,
  }
}

export function isProblems(result: unknown): result is readonly MappingProblem[] {
  return Array.isArray(result)
}

function attempt<T>(compile: () => T, at: string): T | readonly MappingProblem[] {
  try {
    return compile()
  } catch (error) {
    if (error instanceof TriggerError) return [{ path: at, message: error.message, position: error.position }]
    if (error instanceof MappingError)
      return [{ path: error.path ? `${at}.${error.path}` : at, message: error.problem }]
    throw error
  }
}

function unknownPreset(set: PresetSet, name: string): MappingProblem {
  const known = presetSets[set].map((preset) => preset.name)
  return {
    path: 'preset',
    message: `"${name}" is no preset of "${set}"${suggestion(name, known)}; known are ${known.join(', ')}`,
  }
}

function unknownField(field: string, fields: Fields): readonly MappingProblem[] {
  if (canonicalName(field, fields) in fields) return []
  const message = `"${field}" is no field of this destination${suggestion(field, Object.keys(fields))}`
  return [{ path: `fields.${field}`, message }]
}

/** The destination's name of a field that an imported mapping may know under another one. */
function canonicalName(field: string, fields: Fields): string {
  const known = Object.entries(fields).find(([name, { aliases }]) => name === field || aliases?.includes(field))
  return known?.[0] ?? field
}
