import type { Json } from '../../core/json.ts'
import { below, type Directive, invalidAt, optionsOf, type Place, switchOf, textOf } from './directive.ts'

const TEXT_MAX = 10 // characters of a pattern or a replacement, Segment's limit
const OPTIONS = ['value', 'pattern', 'replacement', 'pattern2', 'replacement2', 'ignorecase', 'global'] as const

type Change = (text: string) => string

/**
 * `@replace`: one or two pieces of text replaced by others; both are plain text, never an expression, and `$&` means
 * itself. Numbers and booleans are printed first; what is absent, an object or a list gives empty text.
 */
export const replace: Directive = (option, place, compile) => {
  const options = optionsOf(option, place, OPTIONS, ['value', 'pattern'])
  const flags =
    (switchOf(options.global, below(place, 'global'), true) ? 'g' : '') +
    (switchOf(options.ignorecase, below(place, 'ignorecase'), false) ? 'i' : '')
  const short = (key: (typeof OPTIONS)[number]) => shortText(options[key] ?? '', below(place, key))

  if (options.pattern === '') throw invalidAt(below(place, 'pattern'), 'is empty; write the text to replace')
  const one = swap(short('pattern'), short('replacement'), flags)
  const two = swap(short('pattern2'), short('replacement2'), flags)
  const { resolve, reads } = compile(options.value!, below(place, 'value'))
  return { resolve: (scope) => two(one(plain(resolve(scope)))), reads }
}

function shortText(option: Json, place: Place): string {
  const text = textOf(option, place)
  if (text.length > TEXT_MAX) throw invalidAt(place, `has ${text.length} characters; at most ${TEXT_MAX} are allowed`)
  return text
}

function swap(pattern: string, replacement: string, flags: string): Change {
  if (pattern === '') return (text) => text
  const expression = new RegExp(RegExp.escape(pattern), flags)
  return (text) => text.replace(expression, () => replacement)
}

function plain(value: Json | undefined): string {
  return value === undefined || typeof value === 'object' ? '' : String(value)
}
