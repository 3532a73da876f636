import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { suggestion } from '../../core/nearest.ts'
import { MappingError } from '../mapping_error.ts'
import { Readers, type Resolve } from '../readers.ts'

/** A value of a mapping, turned into a function. */
export interface Compiled {
  readonly resolve: Resolve
  /** What it reads, relative to its root: `.properties.products[].price`; empty text for the whole root. */
  readonly reads: readonly string[]
}

/** Where in the mapping we stand, and whence values are read there. */
export interface Place {
  readonly path: string
  readonly depth: number
  readonly readers: Readers
}

/** Compiles a value that lies inside another one. */
export type CompileValue = (value: Json, place: Place) => Compiled

/** Checks the option of a directive and turns it into a function. Throws MappingError. */
export type Directive = (option: Json, place: Place, compile: CompileValue) => Compiled

/** The place where a mapping begins. */
export function rootPlace(): Place {
  return { path: '', depth: 0, readers: new Readers() }
}

/** The same place, but with a root of its own: the item of a list, the result of another mapping. */
export function rerooted(place: Place): Place {
  return { ...place, readers: new Readers() }
}

/** The place of a key or of an item inside this place. */
export function below(place: Place, key: string | number): Place {
  const path = typeof key === 'number' ? `${place.path}[${key}]` : place.path === '' ? key : `${place.path}.${key}`
  return { path, depth: place.depth + 1, readers: place.readers }
}

/** The error of a mapping that cannot be compiled. */
export function invalidAt(place: Place, problem: string): MappingError {
  return new MappingError('mapping.invalid', place.path, problem)
}

/** The directive's name when the value is one (`{ "@path": … }`), else null. Throws when `@` keys and others are mixed. */
export function directiveOf(value: JsonObject, place: Place): string | null {
  const keys = Object.keys(value)
  const [name, second] = keys.filter((key) => key.startsWith('@'))
  if (name === undefined) return null
  if (second !== undefined)
    throw invalidAt(place, `${name} and ${second} stand in one object; a directive stands alone`)
  const other = keys.find((key) => key !== name && key !== '_metadata')
  if (other !== undefined) throw invalidAt(place, `"${other}" stands beside ${name}; a directive stands alone`)
  return name
}

/** Options of a directive that takes an object: only these keys, every `required` one present. */
export function optionsOf<Key extends string>(
  option: Json,
  place: Place,
  known: readonly Key[],
  required: readonly Key[] = [],
): { readonly [key in Key]?: Json } {
  if (!isObject(option)) throw invalidAt(place, `takes an object with ${known.join(', ')}, not ${kindOf(option)}`)
  const stranger = Object.keys(option).find((key) => !(known as readonly string[]).includes(key))
  if (stranger !== undefined) throw invalidAt(place, `has no option "${stranger}"${suggestion(stranger, known)}`)
  const missing = required.find((key) => !Object.hasOwn(option, key))
  if (missing !== undefined) throw invalidAt(place, `needs the option "${missing}"`)
  return option as { readonly [key in Key]?: Json }
}

/** An option that must be one of a few words. */
export function wordOf<Word extends string>(option: Json | undefined, place: Place, words: readonly Word[]): Word {
  const word = words.find((one) => one === option)
  if (word === undefined) throw invalidAt(place, `must be ${words.join(' or ')}, not ${JSON.stringify(option)}`)
  return word
}

/** An option that must be text. */
export function textOf(option: Json | undefined, place: Place): string {
  if (typeof option !== 'string') throw invalidAt(place, `must be text, not ${kindOf(option)}`)
  return option
}

/** An option that must be true or false; absent means `otherwise`. */
export function switchOf(option: Json | undefined, place: Place, otherwise: boolean): boolean {
  if (option === undefined) return otherwise
  if (typeof option !== 'boolean') throw invalidAt(place, `must be true or false, not ${kindOf(option)}`)
  return option
}

/** The word for a JSON value's type, for messages. */
export function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'text' : `a ${typeof value}`
}
