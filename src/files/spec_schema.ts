import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { KINDS, type Kind } from '../kinds.ts'

/** The part of JSON Schema in which the specs of our kinds come out. */
export interface SpecSchema {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly Json[]
  readonly const?: Json
  readonly default?: Json
  readonly properties?: { readonly [key: string]: SpecSchema }
  readonly required?: readonly string[]
  /** False when no other keys than `properties` are taken. */
  readonly additionalProperties?: boolean | SpecSchema
  readonly items?: SpecSchema
  readonly oneOf?: readonly SpecSchema[]
  readonly anyOf?: readonly SpecSchema[]
  /** A field whose value is kept encrypted. */
  readonly secret?: boolean
}

/** A key that its place does not take. */
export interface UnknownKey {
  readonly path: string
  readonly key: string
  readonly known: readonly string[]
}

/** The schema of a kind's spec, as it is written in files. */
export function specSchema(kind: Kind): SpecSchema {
  return z.toJSONSchema(KINDS[kind], { io: 'input', unrepresentable: 'any' }) as SpecSchema
}

/** Every key below `path` that the schema does not know. */
export function unknownKeys(schema: SpecSchema, value: Json, path: string): readonly UnknownKey[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => (schema.items ? unknownKeys(schema.items, item, `${path}[${i}]`) : []))
  }
  const branch = branchFor(schema, value)
  if (!isObject(value) || !branch?.properties || branch.secret) return []
  const { properties } = branch
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = properties[key]
    if (inner) return unknownKeys(inner, item, `${path}.${key}`)
    return branch.additionalProperties === false ? [{ path, key, known: Object.keys(properties) }] : []
  })
}

/** The same value without the keys that its schema does not know. */
export function knownPart(schema: SpecSchema, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => (schema.items ? knownPart(schema.items, item) : item))
  const branch = branchFor(schema, value)
  if (!isObject(value) || !branch?.properties || branch.secret) return value
  const { properties, additionalProperties } = branch
  const kept = Object.entries(value).filter(([key]) => properties[key] || additionalProperties !== false)
  return Object.fromEntries(kept.map(([key, item]): [string, Json] => [key, knownPart(properties[key] ?? {}, item)]))
}

/** The same spec without what the schema would fill in by itself. */
export function withoutDefaults(schema: SpecSchema, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => (schema.items ? withoutDefaults(schema.items, item) : item))
  const properties = branchFor(schema, value)?.properties
  if (!isObject(value) || !properties) return value
  const kept = Object.entries(value).filter(([key, item]) => !isDefault(properties[key], item))
  const bare = kept.map(([key, item]): [string, Json] => [key, withoutDefaults(properties[key] ?? {}, item)])
  return Object.fromEntries(bare) as JsonObject
}

const isDefault = (schema: SpecSchema | undefined, value: Json): boolean =>
  schema?.default !== undefined && isDeepStrictEqual(schema.default, value)

/** Of a kind with several types, the schema of the type that the value says it is; of syncs, the one that reads what it reads. */
function branchFor(schema: SpecSchema, value: Json): SpecSchema | undefined {
  if (schema.anyOf && !schema.secret) {
    return schema.anyOf.find((one) => readsFrom(one, value)) ?? schema.anyOf[0]
  }
  if (!schema.oneOf) return schema
  return schema.oneOf.find(({ properties }) => isObject(value) && properties?.['type']?.const === value['type'])
}

function readsFrom({ properties }: SpecSchema, value: Json): boolean {
  const from = isObject(value) ? value['from'] : undefined
  return isObject(from) && (properties?.['from']?.required ?? []).some((key) => key in from)
}
