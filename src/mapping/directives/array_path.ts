import { isObject, type Json } from '../../core/json.ts'
import type { Resolve } from '../readers.ts'
import {
  below,
  type Compiled,
  type CompileValue,
  type Directive,
  invalidAt,
  kindOf,
  type Place,
  rerooted,
} from './directive.ts'
import { compilePath } from './path.ts'

/**
 * `@arrayPath`: `[path, shape]`. Each item of the list becomes one object of that shape, whose paths start at the item;
 * a lone object counts as a list of one. Text, numbers and absent values come out as they are, as does everything when
 * no shape (or an empty one) is given. An item whose shape gives nothing is left out.
 */
export const arrayPath: Directive = (option, place, compile) => {
  if (!Array.isArray(option) || option.length < 1 || option.length > 2) {
    throw invalidAt(place, 'takes a list: a path, then the shape of an item')
  }
  const list = compileList(option[0]!, below(place, 0), compile)
  if (option[1] === undefined || isEmpty(option[1])) return list

  const itemPlace = rerooted(below(place, 1))
  const item = compileShape(option[1], itemPlace, compile)
  return {
    resolve: shapeEach(list.resolve, itemPlace.readers.bind(item.resolve)),
    reads: [...list.reads, ...item.reads.flatMap((read) => list.reads.map((base) => `${base}[]${read}`))],
  }
}

const isEmpty = (shape: Json): boolean => isObject(shape) && Object.keys(shape).length === 0

function compileList(list: Json, place: Place, compile: CompileValue): Compiled {
  if (typeof list === 'string') return compilePath(list, place)
  if (typeof list !== 'object' || list === null) {
    throw invalidAt(place, `must be a path or a directive, not ${kindOf(list)}`)
  }
  return compile(list, place)
}

function compileShape(shape: Json, place: Place, compile: CompileValue): Compiled {
  if (!isObject(shape)) throw invalidAt(place, `must be an object, the shape of an item, not ${kindOf(shape)}`)
  return compile(shape, place)
}

function shapeEach(list: Resolve, shape: (item: Json) => Json | undefined): Resolve {
  return (scope) => {
    const found = list(scope)
    if (typeof found !== 'object' || found === null) return found
    const items: Json[] = []
    for (const one of Array.isArray(found) ? found : [found]) {
      const item = shape(one)
      if (item !== undefined) items.push(item)
    }
    return items
  }
}
