import type { Json, JsonObject } from '../../core/json.ts'
import { below, type Directive, optionsOf, switchOf, textOf } from './directive.ts'

const DEPTH_MAX = 32 // what lies deeper keeps its own structure, so that no event can exhaust the stack

interface Style {
  readonly separator: string
  readonly omitArrays: boolean
}

/**
 * `@flatten`: nested objects and lists as one flat object, keys joined by `separator`; with `omitArrays` lists stay as
 * they are. A plain value stands under the empty key; nothing gives an empty object. A key `__proto__` is dropped.
 */
export const flatten: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, ['value', 'separator', 'omitArrays'], ['value', 'separator'])
  const style = {
    separator: textOf(options.separator, below(place, 'separator')),
    omitArrays: switchOf(options.omitArrays, below(place, 'omitArrays'), false),
  }
  const { resolve, reads } = compile(options.value!, below(place, 'value'))
  return {
    resolve: (scope) => {
      const value = resolve(scope)
      const flat: JsonObject = {}
      if (value !== undefined) spread(value, [], style, flat)
      return flat
    },
    reads,
  }
}

function spread(value: Json, keys: readonly string[], style: Style, flat: JsonObject): void {
  if (!isNested(value, style) || keys.length >= DEPTH_MAX) {
    const key = keys.join(style.separator)
    if (key !== '__proto__') flat[key] = value
    return
  }
  for (const key of Object.keys(value)) spread((value as JsonObject)[key]!, [...keys, key], style, flat)
}

function isNested(value: Json, { omitArrays }: Style): value is JsonObject | Json[] {
  return typeof value === 'object' && value !== null && !(omitArrays && Array.isArray(value))
}
