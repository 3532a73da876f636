import type { Json } from '../../core/json.ts'
import { MappingError } from '../mapping_error.ts'
import { below, type Directive, optionsOf, type Place, wordOf } from './directive.ts'

/** `@json`: a value as JSON text (`encode`), or the value that JSON text stands for (`decode`; bad JSON stays text). */
export const json: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, ['mode', 'value'], ['mode', 'value'])
  const mode = wordOf(options.mode, below(place, 'mode'), ['encode', 'decode'])
  const { resolve, reads } = compile(options.value!, below(place, 'value'))
  return {
    resolve: mode === 'decode' ? (scope) => decode(resolve(scope)) : (scope) => encode(resolve(scope), place),
    reads,
  }
}

function decode(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}

function encode(value: Json | undefined, place: Place): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    // Only a value nested some ten thousand deep comes here.
    throw new MappingError('mapping.failed', place.path, 'the value is nested too deep to be written as JSON', {
      cause,
    })
  }
}
