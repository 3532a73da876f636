import type { Json, JsonObject } from '../../../src/server/contract.ts'
import { isObject } from '../api/json.ts'

/** One input of a form made from a JSON Schema. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly about: string
  readonly required: boolean
  readonly input: 'text' | 'secret' | 'number' | 'switch' | 'choice'
  /** For a choice. */
  readonly options: readonly string[]
  /** What counts when nothing is entered; null when there is no such thing. */
  readonly standard: string | number | boolean | null
}

/** A form of a kind that comes in several: one for each `type`. */
export interface FormVariant {
  readonly type: string
  readonly about: string
  readonly fields: readonly FormField[]
}

/** The forms of a schema that is a choice between objects told apart by `type`. Fields of unknown shape are left to files. */
export function variantsOf(schema: JsonObject): readonly FormVariant[] {
  const choices = schema['oneOf'] ?? schema['anyOf'] ?? [schema]
  return (Array.isArray(choices) ? choices : []).filter(isObject).flatMap((choice) => {
    const type = typeOf(choice)
    return type === null ? [] : [{ type, about: text(choice['description']), fields: fieldsOf(choice) }]
  })
}

function typeOf(choice: JsonObject): string | null {
  const type = propertiesOf(choice)['type']
  return isObject(type) && typeof type['const'] === 'string' ? type['const'] : null
}

function fieldsOf(choice: JsonObject): readonly FormField[] {
  const required = Array.isArray(choice['required']) ? choice['required'] : []
  return Object.entries(propertiesOf(choice)).flatMap(([name, property]) => {
    if (name === 'type' || !isObject(property)) return []
    const input = inputOf(property)
    if (input === null) return []
    const standard = property['default']
    return [
      {
        name,
        label: labelOf(name),
        about: text(property['description']).replace(/\.$/, ''),
        required: required.includes(name),
        input,
        options: optionsOf(property),
        standard: isScalar(standard) ? standard : null,
      },
    ]
  })
}

function inputOf(property: JsonObject): FormField['input'] | null {
  if (property['secret'] === true) return 'secret'
  if (Array.isArray(property['enum'])) return 'choice'
  switch (property['type']) {
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'switch'
    default:
      return null
  }
}

const optionsOf = (property: JsonObject): readonly string[] =>
  Array.isArray(property['enum']) ? property['enum'].filter((option) => typeof option === 'string') : []

const propertiesOf = (choice: JsonObject): JsonObject => (isObject(choice['properties']) ? choice['properties'] : {})

const isScalar = (value: Json | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

// Spelled as people do, where the first letter alone will not do.
const SPELLED: Readonly<Record<string, string>> = { url: 'URL', tls: 'TLS', ssl: 'SSL', ca: 'CA', id: 'ID' }

/** `ca_file` → `CA file`. */
function labelOf(name: string): string {
  const words = name.split('_').map((word) => SPELLED[word] ?? word)
  return words.join(' ').replace(/^./, (letter) => letter.toUpperCase())
}

/**
 * What was entered, as the spec takes it: numbers as numbers, what is empty left out so that the default counts. A secret
 * that is not entered anew stays as it is stored.
 */
export function specFrom(variant: FormVariant, entered: JsonObject, stored: JsonObject | null): JsonObject {
  const given = variant.fields.flatMap((field): [string, Json][] => {
    const value = entered[field.name]
    if (field.input === 'secret' && (value === undefined || value === '')) {
      const kept = stored?.[field.name]
      return kept === undefined ? [] : [[field.name, kept]]
    }
    return value === undefined || value === null || value === '' ? [] : [[field.name, value]]
  })
  return { ...leftToFiles(variant, stored), type: variant.type, ...Object.fromEntries(given) }
}

/** Fields of the stored spec that the form does not show. */
const leftToFiles = ({ type, fields }: FormVariant, stored: JsonObject | null): JsonObject =>
  stored?.['type'] === type
    ? Object.fromEntries(Object.entries(stored).filter(([name]) => !fields.some((field) => field.name === name)))
    : {}
