import { isObject, type Json } from '../core/json.ts'
import { quote } from './mask.ts'
import type { Findings } from './reasons.ts'

/**
 * Mapped values brought to the JSON types of the wire; `field` is the place on the wire. Undefined stands for absent:
 * null, empty text, or a value that was found wrong and told to `findings`.
 */

/** Text as it is, not even trimmed, since ids must be equal to the byte. Numbers and booleans are written out. */
export function text(value: Json | undefined, field: string, findings: Findings): string | undefined {
  if (typeof value === 'string') return isBlank(value) ? undefined : value
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  findings.reject('mapping.wrong_type', field, `Cannot send ${field}: it is ${kindOf(value)}, TikTok takes text`)
  return undefined
}

// Digits with a point, as TikTok wants them; "1,234.50" and "12 €" are for the mapping to clean, not for us to guess.
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/

/** A number, or text that is one. Zero is a number like any other. */
export function number(value: Json | undefined, field: string, findings: Findings): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') {
    if (DECIMAL.test(value)) return Number(value)
    if (isBlank(value)) return undefined
  }
  const what = typeof value === 'object' ? kindOf(value) : quote(value)
  const message = `Cannot send ${field}: ${what} is not a number; TikTok takes digits with a decimal point and nothing else`
  findings.reject('mapping.wrong_type', field, message)
  return undefined
}

/** A whole number. A fraction, such as a quantity in kilograms, is left out: no event is worth losing for it. */
export function integer(value: Json | undefined, field: string, findings: Findings): number | undefined {
  const found = number(value, field, findings)
  if (found === undefined || Number.isInteger(found)) return found
  findings.warn(
    'mapping.wrong_type',
    field,
    `Left out ${field}: ${found} is not a whole number, which TikTok takes only`,
  )
  return undefined
}

export function boolean(value: Json | undefined, field: string, findings: Findings): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === undefined || value === null || value === '') return undefined
  if (value === 'true' || value === 1 || value === '1') return true
  if (value === 'false' || value === 0 || value === '0') return false
  findings.reject('mapping.wrong_type', field, `Cannot send ${field}: ${quote(value)} is neither true nor false`)
  return undefined
}

/** One of a few words, whatever their case; another word is left out, as TikTok would not know it. */
export function choice<Word extends string>(
  value: Json | undefined,
  words: readonly Word[],
  field: string,
  findings: Findings,
): Word | undefined {
  const given = text(value, field, findings)?.trim()
  if (given === undefined) return undefined
  const found = words.find((word) => word === given) ?? words.find((word) => word.toLowerCase() === given.toLowerCase())
  if (found === undefined) {
    findings.warn('mapping.not_a_choice', field, `Left out ${field}: ${quote(given)} is none of ${words.join(', ')}`)
  }
  return found
}

/** One text or many, each once; never an empty list. */
export function texts(value: Json | undefined, field: string, findings: Findings): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const given = Array.isArray(value) ? value : [value]
  const found = new Set<string>()
  for (const one of given) {
    const item = text(one, field, findings)
    if (item !== undefined) found.add(item)
  }
  return found.size > 0 ? [...found] : undefined
}

/** The object with only what it really holds; undefined when that is nothing. JSON leaves out what is undefined. */
export function unlessEmpty<T extends object>(object: T): T | undefined {
  for (const key in object) if (object[key] !== undefined) return object
  return undefined
}

/** Whether the mapping gave anything, be it of the wrong type. */
export function isPresent(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !(typeof value === 'string' && isBlank(value))
}

function isBlank(value: string): boolean {
  const first = value.charCodeAt(0)
  // A first character that is printable ASCII settles it for nearly every text, at a tenth of the price of trimming.
  return !(first > 32 && first < 127) && value.trim() === ''
}

function kindOf(value: Json): string {
  if (isObject(value)) return 'an object'
  return Array.isArray(value) ? 'a list' : quote(value)
}
