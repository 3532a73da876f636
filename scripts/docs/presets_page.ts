import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { presetFields } from '../../src/mapping/preset_fields.ts'
import { type Preset, type PresetSet, presetSets } from '../../src/mapping/presets.ts'
import { code, page, table } from './markdown.ts'

const TITLES: Readonly<Record<PresetSet, string>> = {
  segment: "Segment's presets of today",
  'segment-classic': "Segment's presets until 2024",
}

const all = Object.values(presetSets).flat()

/** What every preset has unless it says otherwise. */
const base = presetFields('none')

/** Every preset: when it applies, what it reports, and where its fields come from. */
export function presetsPage(): string {
  return page(
    'Presets',
    'src/mapping/presets.ts',
    INTRODUCTION,
    ...Object.entries(presetSets).flatMap(([set, presets]) => [
      `## ${TITLES[set as PresetSet]}: ${code(set)}`,
      table(['Preset', 'Name', 'Applies when', 'Reports', 'Fields of its own'], presets.map(presetRow)),
    ]),
    '## Fields of every preset',
    table(['Field', 'Comes from'], Object.entries(base).map(fieldRow)),
    '## Fields of some presets',
    'They come on top of those above, or in their place.',
    table(
      ['Field', 'Comes from', 'Presets'],
      ownFields().map(({ field, value, names }) => [...fieldRow([field, value]), names.map(code).join(', ')]),
    ),
  )
}

const INTRODUCTION = `A preset is a ready mapping. A mapping that names one (\`preset\`, with \`preset_set\`) has its trigger, its event and its fields;
whatever the mapping says itself is taken instead. \`@first\` takes the first value that is there.`

const ownOf = ({ mapping }: Preset): JsonObject =>
  Object.fromEntries(Object.entries(mapping).filter(([field, value]) => !isDeepStrictEqual(base[field], value)))

const presetRow = (preset: Preset): readonly string[] => [
  code(preset.name),
  preset.title,
  code(preset.when),
  code(preset.event),
  Object.keys(ownOf(preset)).map(code).join(', '),
]

const fieldRow = ([field, value]: [string, Json]): [string, string] => [code(field), code(describe(value))]

/** `@path $.messageId`, `@first $.userId, $.anonymousId`; what is less plain as it stands in a mapping. */
function describe(value: Json): string {
  const [name, option] = Object.entries(value as JsonObject)[0]!
  if (typeof option === 'string') return `${name} ${option}`
  const isPlain = Array.isArray(option) && option.every((item) => typeof item === 'string')
  return isPlain ? `${name} ${option.join(', ')}` : JSON.stringify(value)
}

interface OwnField {
  readonly field: string
  readonly value: Json
  readonly names: readonly string[]
}

/** Each field that some presets have of their own, each way of filling it once, with the presets that fill it so. */
function ownFields(): readonly OwnField[] {
  const given = all.flatMap((preset) =>
    Object.entries(ownOf(preset)).map(([field, value]) => ({ field, value, name: preset.name })),
  )
  const ways = Map.groupBy(given, ({ field, value }) => JSON.stringify([field, value]))
  return [...ways.values()]
    .map((same) => ({ ...same[0]!, names: [...new Set(same.map(({ name }) => name))] }))
    .sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0))
}
