import type { Resolve } from '../readers.ts'
import { type Compiled, type Directive, invalidAt, kindOf, type Place } from './directive.ts'
import { compilePath } from './path.ts'
import { print } from './print.ts'

/** `{{{ path }}}` or `{{ path }}`; braces that are not closed stay as they are. */
const PLACEHOLDER = /\{\{\{([^{}]*\S[^{}]*)\}\}\}|\{\{([^{}]*\S[^{}]*)\}\}/g

interface Hole extends Compiled {
  /** The text before it. */
  readonly before: string
}

/**
 * `@template`: text with `{{properties.name}}` filled in; always text. Paths are written without `$.`; what is absent or
 * null prints as nothing.
 */
export const template: Directive = (option, place) => {
  if (typeof option !== 'string') {
    throw invalidAt(place, `takes text such as "{{properties.name}}", not ${kindOf(option)}`)
  }
  const { holes, after } = parseTemplate(option, place)
  return { resolve: fill(holes, after), reads: holes.flatMap(({ reads }) => reads) }
}

function parseTemplate(text: string, place: Place): { holes: Hole[]; after: string } {
  let end = 0
  const holes = Array.from(text.matchAll(PLACEHOLDER), (match) => {
    const before = text.slice(end, match.index)
    end = match.index + match[0].length
    return { before, ...compilePath(bare(match[1] ?? match[2]!), place) }
  })
  return { holes, after: text.slice(end) }
}

/** A leading `$` in a placeholder is a key, as it is at Segment: `{{$.s}}` prints nothing. */
function bare(placeholder: string): string {
  const path = placeholder.trim()
  return path.startsWith('$') ? `$.${path}` : path
}

function fill(holes: readonly Hole[], after: string): Resolve {
  const [only] = holes
  if (only === undefined) return () => after
  if (holes.length === 1 && only.before === '' && after === '') return (scope) => print(only.resolve(scope))
  return (scope) => holes.reduce((text, { before, resolve }) => text + before + print(resolve(scope)), '') + after
}
