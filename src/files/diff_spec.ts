import { isDeepStrictEqual } from 'node:util'
import { isObject, type Json, type JsonObject } from '../core/json.ts'

/** One field that differs. Undefined stands for a field that is not there. */
export interface FieldChange {
  /** Within the spec: `mappings[Order Completed].when`. */
  readonly path: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** What stands in place of a secret wherever a change is shown. */
export const SECRET = '(secret)'

/** Every field in which two specs differ; items of a list that have names are compared by name. */
export function diffSpecs(before: JsonObject, after: JsonObject, secretFields: readonly string[]): FieldChange[] {
  return diffObjects(before, after, '').map((change) => {
    const field = secretFields.find((name) => change.path === name || change.path.startsWith(`${name}.`))
    return field === undefined ? change : hidden(field, before[field], after[field])
  })
}

function diff(before: Json | undefined, after: Json | undefined, path: string): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  if (isObject(before) && isObject(after) && !isSecret(after)) return diffObjects(before, after, path)
  const [named, renamed] = [byName(before), byName(after)]
  if (named === null || renamed === null) return [{ path, before, after }]
  const changes = keysOf(named, renamed).flatMap((name) => diff(named.get(name), renamed.get(name), `${path}[${name}]`))
  if (changes.length > 0) return changes
  return [{ path, before: [...named.keys()], after: [...renamed.keys()] }]
}

function diffObjects(before: JsonObject, after: JsonObject, path: string): FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => diff(before[key], after[key], path === '' ? key : `${path}.${key}`))
}

/** Items of a list by their names; null when it is no list, or one of things without names of their own. */
function byName(list: Json | undefined): ReadonlyMap<string, Json> | null {
  if (!Array.isArray(list)) return null
  const names = list.flatMap((item) => (isObject(item) && typeof item['name'] === 'string' ? [item['name']] : []))
  if (names.length !== list.length || new Set(names).size !== list.length) return null
  return new Map(list.map((item, i) => [names[i]!, item]))
}

const keysOf = (...maps: readonly ReadonlyMap<string, Json>[]): readonly string[] => [
  ...new Set(maps.flatMap((map) => [...map.keys()])),
]

const isSecret = (value: JsonObject): boolean => 'ref' in value && ('value' in value || 'secret' in value)

function hidden(path: string, before: Json | undefined, after: Json | undefined): FieldChange {
  const [was, is] = [hide(before), hide(after)]
  return { path, before: was, after: was === is ? `${is}, another value` : is }
}

/** A secret and where it comes from, without what it is. */
function hide(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined
  return isObject(value) && typeof value['ref'] === 'string' ? `${SECRET} ${value['ref']}` : SECRET
}
