import { isObject, type Json } from '../../core/json.ts'
import type { Resolve } from '../readers.ts'
import { below, type Compiled, type CompileValue, type Directive, invalidAt, kindOf, type Place } from './directive.ts'
import { compilePath } from './path.ts'

/**
 * `@first`: the first of several paths or directives that gives something. Absent, null, empty text and empty lists are
 * passed over; 0 and false are values. Ours: Segment has only nested `@if`.
 */
export const first: Directive = (option, place, compile) => {
  if (!Array.isArray(option) || option.length === 0) {
    throw invalidAt(place, 'takes a list of paths and directives, at least one')
  }
  const choices = option.map((choice, i) => compileChoice(choice, below(place, i), compile))
  return { resolve: firstOf(choices.map(({ resolve }) => resolve)), reads: choices.flatMap(({ reads }) => reads) }
}

function compileChoice(choice: Json, place: Place, compile: CompileValue): Compiled {
  if (typeof choice === 'string') return compilePath(choice, place)
  if (!isObject(choice)) throw invalidAt(place, `must be a path or a directive, not ${kindOf(choice)}`)
  return compile(choice, place)
}

function firstOf(choices: readonly Resolve[]): Resolve {
  return (scope) => {
    for (const choice of choices) {
      const value = choice(scope)
      if (isPresent(value)) return value
    }
    return undefined
  }
}

function isPresent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false
  return typeof value !== 'object' || !Array.isArray(value) || value.length > 0
}
