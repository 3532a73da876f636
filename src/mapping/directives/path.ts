import { isObject } from '../../core/json.ts'
import { parsePath, printKeys } from '../path.ts'
import { type Resolve, readAt } from '../readers.ts'
import { type Compiled, type Directive, invalidAt, kindOf, type Place } from './directive.ts'

/**
 * `@path`: the value at a path. Absent stays absent, null stays null. The path may itself be a directive that gives
 * text; when it gives anything else, or a path that cannot be read, the value is absent.
 */
export const path: Directive = (option, place, compile) => {
  if (typeof option === 'string') return compilePath(option, place)
  if (!isObject(option)) throw invalidAt(place, `takes a path such as "$.properties.email", not ${kindOf(option)}`)
  const inner = compile(option, place)
  return { resolve: readNamed(inner.resolve), reads: inner.reads }
}

/** A path written as text in the mapping. */
export function compilePath(text: string, place: Place): Compiled {
  try {
    const keys = parsePath(text)
    return { resolve: place.readers.readerOf(keys), reads: [printKeys(keys)] }
  } catch (error) {
    throw invalidAt(place, (error as Error).message)
  }
}

/** Reads at a path that is known only from the event. */
function readNamed(name: Resolve): Resolve {
  return (scope) => {
    const text = name(scope)
    if (typeof text !== 'string') return undefined
    try {
      return readAt(scope[0], parsePath(text))
    } catch {
      return undefined
    }
  }
}
