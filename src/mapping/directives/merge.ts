import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { Scope } from '../readers.ts'
import {
  below,
  type Compiled,
  type CompileValue,
  type Directive,
  directiveOf,
  invalidAt,
  optionsOf,
  type Place,
  wordOf,
} from './directive.ts'

/** Adds its keys to an object that is being built. */
interface Layer {
  readonly apply: (scope: Scope, onto: JsonObject) => void
  readonly reads: readonly string[]
}

/**
 * `@merge`: several objects as one. `right`: a later object wins; `left`: an earlier one does. A key that is written in
 * the mapping but resolves to nothing takes away the value of the object it wins over; that is how a mapping removes a
 * key from an event. What is not an object is passed over.
 */
export const merge: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, ['objects', 'direction'], ['objects', 'direction'])
  const direction = wordOf(options.direction, below(place, 'direction'), ['left', 'right'])
  const objects = below(place, 'objects')
  if (!Array.isArray(options.objects)) throw invalidAt(objects, 'must be a list of objects')

  const written = options.objects.map((one, i) => compileLayer(one, below(objects, i), compile))
  const layers = direction === 'right' ? written : written.toReversed()
  return {
    resolve: (scope) => {
      const onto: JsonObject = {}
      for (const layer of layers) layer.apply(scope, onto)
      return onto
    },
    reads: written.flatMap(({ reads }) => reads),
  }
}

function compileLayer(object: Json, place: Place, compile: CompileValue): Layer {
  if (!isObject(object)) throw invalidAt(place, 'must be an object or a directive')
  return directiveOf(object, place) === null ? writtenLayer(object, place, compile) : givenLayer(compile(object, place))
}

function writtenLayer(object: JsonObject, place: Place, compile: CompileValue): Layer {
  const fields = Object.entries(object).map(([key, value]) => ({ key, ...compile(value, below(place, key)) }))
  return {
    apply: (scope, onto) => {
      for (const { key, resolve } of fields) put(onto, key, resolve(scope))
    },
    reads: fields.flatMap(({ reads }) => reads),
  }
}

function givenLayer({ resolve, reads }: Compiled): Layer {
  return {
    apply: (scope, onto) => {
      const given = resolve(scope)
      if (!isObject(given)) return
      for (const key of Object.keys(given)) put(onto, key, given[key])
    },
    reads,
  }
}

function put(onto: JsonObject, key: string, value: Json | undefined): void {
  if (key === '__proto__') return
  if (value === undefined) delete onto[key]
  else onto[key] = value
}
