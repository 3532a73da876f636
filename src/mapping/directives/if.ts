import type { Json } from '../../core/json.ts'
import { below, type Compiled, type Directive, invalidAt, optionsOf } from './directive.ts'
import { print } from './print.ts'

const NOTHING: Compiled = { resolve: () => undefined, reads: [] }

/**
 * `@if`: `then` when the condition holds, else `else`; a branch that is not written gives nothing. `exists` holds for
 * anything but absent and null. `blank` is named upside down, as at Segment: it holds when there IS something to see.
 */
export const ifDirective: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, ['exists', 'blank', 'then', 'else'])
  const name = options.exists ? 'exists' : 'blank'
  const tested = options[name]
  if (!tested) throw invalidAt(place, 'needs "exists" or "blank" with a directive to look at')

  const branch = (key: 'then' | 'else') =>
    options[key] === undefined ? NOTHING : compile(options[key], below(place, key))
  const subject = compile(tested, below(place, name))
  const holds = name === 'exists' ? exists : isVisible
  const [then, otherwise] = [branch('then'), branch('else')]
  return {
    resolve: (scope) => (holds(subject.resolve(scope)) ? then : otherwise).resolve(scope),
    reads: [...subject.reads, ...then.reads, ...otherwise.reads],
  }
}

const exists = (value: Json | undefined): boolean => value !== undefined && value !== null

/** JavaScript's `value != ''`: 0, false and lists that print as nothing count as blank; a space does not. */
function isVisible(value: Json | undefined): boolean {
  if (value === 0 || value === false) return false
  return print(value) !== ''
}
