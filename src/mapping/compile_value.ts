import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { suggestion } from '../core/nearest.ts'
import { below, type Compiled, directiveOf, invalidAt, type Place } from './directives/directive.ts'
import { directives } from './directives/directives.ts'
import type { Resolve, Scope } from './readers.ts'
import { WIDE_FROM, wideObject } from './wide_object.ts'

const DEPTH_MAX = 32 // levels of a mapping

/** A field of a structure: its key, and how its value is made. */
export interface CompiledField extends Compiled {
  readonly key: string
}

/** A value of a mapping as a function: a directive is carried out, structure is filled in, anything else is itself. */
export function compileValue(value: Json, place: Place): Compiled {
  if (place.depth > DEPTH_MAX) throw invalidAt(place, `is nested more than ${DEPTH_MAX} levels deep`)
  if (Array.isArray(value)) return compileList(value, place)
  if (!isObject(value)) return { resolve: () => value, reads: [] }
  const name = directiveOf(value, place)
  if (name !== null) return compileDirective(name, value[name]!, place)
  const fields = compileFields(value, place)
  return { resolve: structureOf(fields), reads: fields.flatMap(({ reads }) => reads) }
}

/** Each key of a structure, compiled on its own. */
export function compileFields(structure: JsonObject, place: Place): readonly CompiledField[] {
  return Object.entries(structure).map(([key, value]) => {
    if (key === '__proto__') throw invalidAt(place, 'has a key "__proto__"; no field can have that name')
    return { key, ...compileValue(value, below(place, key)) }
  })
}

/** Builds the structure: a field that gives nothing has no key; null is kept. */
export function structureOf(fields: readonly CompiledField[]): (scope: Scope) => JsonObject {
  const keys = fields.map(({ key }) => key)
  const resolves = fields.map(({ resolve }) => resolve)
  const isWide = keys.length >= WIDE_FROM
  return (scope) => {
    const built: JsonObject = isWide ? wideObject() : {}
    for (let i = 0; i < keys.length; i++) {
      const value = resolves[i]!(scope)
      if (value !== undefined) built[keys[i]!] = value
    }
    return built
  }
}

function compileDirective(name: string, option: Json, place: Place): Compiled {
  const directive = directives.get(name)
  if (directive === undefined) {
    throw invalidAt(place, `"${name}" is not a directive${suggestion(name, [...directives.keys()])}`)
  }
  return directive(option, below(place, name), compileValue)
}

/** An item that gives nothing is null, so that the others keep their places. */
function compileList(list: readonly Json[], place: Place): Compiled {
  const items = list.map((item, i) => compileValue(item, below(place, i)))
  const resolves: readonly Resolve[] = items.map(({ resolve }) => resolve)
  return {
    resolve: (scope) => resolves.map((resolve) => resolve(scope) ?? null),
    reads: items.flatMap(({ reads }) => reads),
  }
}
