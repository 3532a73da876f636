import { isUtf8 } from 'node:buffer'
import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import { scanJson } from './json_scan.ts'
import { ingestReason } from './reasons.ts'
import { wellFormed } from './well_formed.ts'

/** A body as an object, or why it is none. */
export type ParsedBody =
  | {
      readonly kind: 'parsed'
      readonly body: JsonObject
      /** Some number was past what a double holds and reads as Infinity, which no JSON text can carry on. */
      readonly hasInfinity: boolean
    }
  | { readonly kind: 'unreadable'; readonly reason: Reason }

/**
 * Bytes from outside → one JSON object. Whole numbers that a double cannot hold, such as 64-bit ids, become text;
 * halves of UTF-16 pairs become U+FFFD, as every later UTF-8 encoder would make them; of equal keys the last one counts.
 * `depthMax` bounds arrays and objects inside one another. With `takesArrays` an array becomes `{ batch: […] }`.
 */
export function parseBody(bytes: Buffer, depthMax: number, takesArrays = false): ParsedBody {
  const problem = encodingProblem(bytes)
  if (problem !== null) return unreadable('ingest.body_not_utf8', problem)
  const scan = scanJson(bytes, depthMax)
  if (scan.depth > depthMax) {
    return unreadable('ingest.body_too_deep', `Cannot read the body: it nests deeper than ${depthMax} levels`)
  }
  try {
    return parsed(bytes, scan.hasLongNumber, takesArrays)
  } catch (error) {
    return notJson(bytes, error)
  }
}

function parsed(bytes: Buffer, hasLongNumber: boolean, takesArrays: boolean): ParsedBody {
  const text = bytes.toString('utf8')
  const { value, hasInfinity } = hasLongNumber
    ? parseLongNumbers(text)
    : { value: JSON.parse(text), hasInfinity: false }
  const body = takesArrays && Array.isArray(value) ? { batch: value } : value
  if (isObject(body))
    return { kind: 'parsed', body: mayHoldHalfPairs(bytes) ? wellFormedObject(body) : body, hasInfinity }
  const found = Array.isArray(body) ? 'an array' : 'a single value'
  return unreadable('ingest.body_not_object', `Cannot read the body: it is ${found}, not an object`)
}

/** What is wrong with the bytes as text, or null. Only what a client can really send by mistake gets its own words. */
function encodingProblem(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return 'Cannot read the body: it starts with a byte order mark'
  }
  if (isUtf16(bytes)) return 'Cannot read the body: it is UTF-16'
  return isUtf8(bytes) ? null : 'Cannot read the body: it is not UTF-8'
}

// With or without its byte order mark: JSON starts with an ASCII character, of which UTF-16 makes one byte zero.
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0
}

/** Valid UTF-8 has no halves of pairs; only escapes can spell them. */
const mayHoldHalfPairs = (bytes: Buffer): boolean => bytes.includes('\\ud') || bytes.includes('\\uD')

const wellFormedObject = (value: JsonObject): JsonObject => wellFormed(value) as JsonObject

function parseLongNumbers(text: string): { readonly value: unknown; readonly hasInfinity: boolean } {
  let hasInfinity = false
  const value = JSON.parse(text, (_key, item: Json, context?: { readonly source?: string }) => {
    if (typeof item !== 'number') return item
    if (isInexactInteger(item, context?.source)) return context?.source
    if (!Number.isFinite(item)) hasInfinity = true
    return item
  })
  return { value, hasInfinity }
}

const isInexactInteger = (item: number, source: string | undefined): boolean =>
  source !== undefined && Math.abs(item) > Number.MAX_SAFE_INTEGER && /^-?\d+$/.test(source)

function notJson(bytes: Buffer, error: unknown): ParsedBody {
  if (bytes.length === 0) return unreadable('ingest.body_empty', 'Cannot read the body: it is empty')
  return unreadable('ingest.body_not_json', `Cannot read the body: ${foundBy(error, bytes.length)}`)
}

// Only the place: the rest of the parser's message quotes the body, which may be personal.
function foundBy(error: unknown, length: number): string {
  const at = /position (\d+)/.exec(String(error))?.[1]
  if (Number(at) >= length || /end of JSON/.test(String(error))) return 'it ends too early'
  return at === undefined ? 'it is not JSON' : `it is not JSON at character ${at}`
}

function unreadable(code: Parameters<typeof ingestReason>[0], message: string): ParsedBody {
  return { kind: 'unreadable', reason: ingestReason(code, message) }
}
