/** What one look over the bytes of a JSON text tells before it is parsed. */
export interface JsonScan {
  /** Deepest nesting of arrays and objects; at most one more than the cap. */
  readonly depth: number
  /** Some number may have more digits, or be larger, than a double holds. */
  readonly hasLongNumber: boolean
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39
const SMALL_E = 0x65
const BIG_E = 0x45
const OPENS_ARRAY = 0x5b
const CLOSES_ARRAY = 0x5d
const OPENS_OBJECT = 0x7b
const CLOSES_OBJECT = 0x7d
const SAFE_DIGITS = 15 // every integer of 15 digits is exact in a double

/**
 * Looks over a JSON text once, without building anything. JSON.parse takes nesting of any depth and then leaves a value
 * that JSON.stringify dies on, so the depth has to be known first; past `depthMax` the look ends.
 * What it tells about text that is not JSON means nothing: JSON.parse refuses that text anyway.
 */
export function scanJson(bytes: Uint8Array, depthMax: number): JsonScan {
  let depth = 0
  let deepest = 0
  let hasLongNumber = false
  for (let at = 0; at < bytes.length && depth <= depthMax; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) {
      at = endOfString(bytes, at)
    } else if (byte === OPENS_OBJECT || byte === OPENS_ARRAY) {
      depth++
      if (depth > deepest) deepest = depth
    } else if (byte === CLOSES_OBJECT || byte === CLOSES_ARRAY) {
      depth--
    } else if (isDigit(byte)) {
      const start = at
      at = lastDigit(bytes, at)
      hasLongNumber ||= at - start >= SAFE_DIGITS || isExponent(bytes[at + 1])
    }
  }
  return { depth: deepest, hasLongNumber }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9
const isExponent = (byte: number | undefined): boolean => byte === SMALL_E || byte === BIG_E

/** Place of the closing quote of the string that opens at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at
}

function lastDigit(bytes: Uint8Array, start: number): number {
  let at = start
  while (isDigit(bytes[at + 1])) at++
  return at
}
