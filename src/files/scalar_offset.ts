import type { Scalar } from 'yaml'

/**
 * Where a character of a scalar's text stands in its file. YAML spells a text in five ways: between them lie quotes,
 * escapes, folded lines and indentation, none of which is part of the text. `index` may be the text's length.
 */
export function offsetInScalar(scalar: Scalar, file: string, index: number): number {
  const text = String(scalar.value)
  const [start, end] = scalar.range!
  let at = firstOffset(scalar, file, start)
  for (let i = 0; i < Math.min(index, text.length); i++) {
    at = startOf(scalar, file, at, text[i]!)
    at += lengthOf(scalar, file, at, text[i]!)
  }
  return Math.min(index < text.length ? startOf(scalar, file, at, text[index]!) : at, end)
}

function firstOffset({ type }: Scalar, file: string, start: number): number {
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') return start + 1
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED'
  return isBlock ? file.indexOf('\n', start) + 1 : start
}

/** Passes over what lies between two characters: indentation, folded lines, and lines that a backslash joins. */
function startOf(scalar: Scalar, file: string, offset: number, character: string): number {
  let at = offset
  for (;;) {
    if (scalar.type === 'QUOTE_DOUBLE' && /^\\\r?\n/.test(file.slice(at, at + 3))) at = skipSpace(file, at + 1)
    else if (isSpace(file[at]) && !isSpace(character)) at = skipSpace(file, at)
    else return at
  }
}

/** How many characters of the file spell one of the text. */
function lengthOf({ type }: Scalar, file: string, at: number, character: string): number {
  if (type === 'QUOTE_SINGLE' && character === "'") return 2
  if (type !== 'QUOTE_DOUBLE' || file[at] !== '\\') return 1
  return ESCAPE_LENGTH[file[at + 1] ?? ''] ?? 2
}

const ESCAPE_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 }

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)

function skipSpace(file: string, offset: number): number {
  let at = offset
  while (isSpace(file[at])) at++
  return at
}
