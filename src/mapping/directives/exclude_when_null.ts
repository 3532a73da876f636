import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { Directive } from './directive.ts'

const DEPTH_MAX = 32 // what lies deeper is kept as it is, so that no event can exhaust the stack

/** `@excludeWhenNull`: the value without nulls: null is left out, and so are null keys of objects in it. Lists stay whole. */
export const excludeWhenNull: Directive = (option, place, compile) => {
  const { resolve, reads } = compile(option, place)
  return {
    resolve: (scope) => {
      const value = resolve(scope)
      return value === undefined || value === null ? undefined : withoutNulls(value, 0)
    },
    reads,
  }
}

function withoutNulls(value: Json, depth: number): Json {
  if (!isObject(value) || depth >= DEPTH_MAX) return value
  const kept: JsonObject = {}
  for (const key of Object.keys(value)) {
    if (value[key] !== null && key !== '__proto__') kept[key] = withoutNulls(value[key]!, depth + 1)
  }
  return kept
}
