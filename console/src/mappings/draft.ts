import type { Json, JsonObject, Preset, PresetList } from '../../../src/server/contract.ts'
import type { MappingSpec } from '../api/specs.ts'

/** Most mappings one sync may have. */
export const MAPPINGS_MAX = 50

/** The set of presets meant when a mapping names none. */
export const DEFAULT_SET = 'segment'

type Mappings = readonly MappingSpec[]

/** The preset a mapping starts from; null when it has none. */
export function presetOf(mapping: MappingSpec, presets: PresetList): Preset | null {
  const set = presets.sets.find(({ name }) => name === (mapping.preset_set ?? DEFAULT_SET))
  return set?.presets.find(({ name }) => name === mapping.preset) ?? null
}

/** A mapping with what its preset gives filled in. */
export interface WholeMapping {
  readonly when: string
  readonly event: Json
  readonly fields: JsonObject
}

/** Fills in from the preset, or from the base fields when there is none. */
export function wholeMapping(mapping: MappingSpec, presets: PresetList): WholeMapping {
  const preset = presetOf(mapping, presets)
  return {
    when: mapping.when ?? preset?.when ?? '',
    event: mapping.event ?? preset?.event ?? '',
    fields: { ...(preset?.mapping ?? presets.base), ...mapping.fields },
  }
}

/** Changes one mapping; a value that is undefined takes the key out. */
export function changeMapping(
  mapping: MappingSpec,
  change: { readonly [K in keyof MappingSpec]?: MappingSpec[K] | undefined },
): MappingSpec {
  const entries = Object.entries({ ...mapping, ...change }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as MappingSpec
}

/** Sets one field of a mapping; `undefined` gives it back to the preset. */
export function setField(mapping: MappingSpec, field: string, value: Json | undefined): MappingSpec {
  const { [field]: _, ...others } = mapping.fields ?? {}
  const fields = value === undefined ? others : { ...mapping.fields, [field]: value }
  return changeMapping(mapping, { fields: Object.keys(fields).length > 0 ? fields : undefined })
}

/** Replaces the mapping at a position. */
export const replaceAt = (mappings: Mappings, position: number, mapping: MappingSpec): Mappings =>
  mappings.map((known, index) => (index === position ? mapping : known))

/** Adds a mapping from a preset, enabled. A name already taken gets a number. */
export function addPreset(mappings: Mappings, preset: Preset, set: string): Mappings {
  const name = freeName(mappings, preset.title)
  return [...mappings, { name, enabled: true, preset: preset.name, preset_set: set }]
}

/** Adds a mapping without a preset, switched off until it is whole. */
export const addEmpty = (mappings: Mappings): Mappings => [
  ...mappings,
  { name: freeName(mappings, 'New mapping'), enabled: false, when: 'event = ""', event: '' },
]

/** A copy right after its original, switched off: two alike would send everything twice. */
export function duplicateAt(mappings: Mappings, position: number): Mappings {
  const original = mappings[position]!
  const copy = { ...original, name: freeName(mappings, `${original.name} copy`), enabled: false }
  return mappings.toSpliced(position + 1, 0, copy)
}

export const removeAt = (mappings: Mappings, position: number): Mappings => mappings.toSpliced(position, 1)

/** Moves a mapping up (-1) or down (+1); at the ends it stays. */
export function moveAt(mappings: Mappings, position: number, step: -1 | 1): Mappings {
  const target = position + step
  if (target < 0 || target >= mappings.length) return mappings
  return mappings.with(position, mappings[target]!).with(target, mappings[position]!)
}

/** Why a name cannot be given to the mapping at `position`; null when it can. */
export function nameProblem(mappings: Mappings, position: number, name: string): string | null {
  if (name.trim() === '') return 'A mapping needs a name'
  const isTaken = mappings.some((mapping, index) => index !== position && mapping.name === name)
  return isTaken ? 'Another mapping of this sync has this name' : null
}

function freeName(mappings: Mappings, wanted: string): string {
  const taken = new Set(mappings.map(({ name }) => name))
  if (!taken.has(wanted)) return wanted
  const number = mappings.findIndex((_, index) => !taken.has(`${wanted} ${index + 2}`))
  return `${wanted} ${number + 2}`
}
