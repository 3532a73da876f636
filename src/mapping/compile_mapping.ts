import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { compileFields, compileValue, structureOf } from './compile_value.ts'
import { describeValue } from './describe_value.ts'
import { directiveOf, invalidAt, kindOf, rootPlace } from './directives/directive.ts'

/** What one field of a mapping did with an event. */
export interface ExplainedField {
  readonly field: string
  /** How the value is made, in short: `@path $.messageId`. */
  readonly directive: string
  /** The value it gave; no key when it gave nothing. */
  readonly value?: Json
  /** Why it could not give a value. */
  readonly error?: string
}

/**
 * Compiles a mapping in Segment's JSON form to a function. Neither the mapping nor an event is ever changed; a result may
 * share parts with its event. Throws MappingError with the place of the first fault; the function itself throws
 * MappingError only when `@liquid` or `@json` runs over its limits.
 */
export function compileMapping(mapping: Json): (event: JsonObject) => JsonObject {
  const place = rootPlace()
  const root = rootOf(mapping)
  if (directiveOf(root, place) === null) return place.readers.bind(structureOf(compileFields(root, place)))
  const { resolve } = compileValue(root, place)
  return place.readers.bind((scope) => objectOr(resolve(scope)))
}

/** Each root field of a mapping with the value it gives for this event. Throws MappingError as `compileMapping` does. */
export function explainMapping(mapping: Json, event: JsonObject): readonly ExplainedField[] {
  const place = rootPlace()
  const root = rootOf(mapping)
  if (directiveOf(root, place) === null) {
    return compileFields(root, place).map(({ key, resolve }) => ({
      field: key,
      directive: describeValue(root[key]!),
      ...attempt(() => place.readers.bind(resolve)(event)),
    }))
  }
  const directive = describeValue(root)
  return Object.entries(compileMapping(root)(event)).map(([field, value]) => ({ field, directive, value }))
}

/** Every path of the event that a mapping reads, sorted, each once: `$.properties.products[].price`. */
export function pathsOf(mapping: Json): readonly string[] {
  const { reads } = compileValue(rootOf(mapping), rootPlace())
  return [...new Set(reads.map((read) => (read === '' ? '$.' : `$${read}`)))].sort()
}

function rootOf(mapping: Json): JsonObject {
  if (!isObject(mapping)) throw invalidAt(rootPlace(), `a mapping is an object of fields, not ${kindOf(mapping)}`)
  return mapping
}

function attempt(resolve: () => Json | undefined): Pick<ExplainedField, 'value' | 'error'> {
  try {
    const value = resolve()
    return value === undefined ? {} : { value }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
