import type { Scalar } from 'yaml'

/**
 * Where a character of a scalar's text stands in its file. YAML spells a text in five ways: between them lie quotes,
 * escapes, folded lines and indentation, none of which is part of the text. `index` may be the text's length.
 */
export function offsetInScalar(scalar: Scalar, file: string, index: number): number {
  const text = String(scalar.value)
  const [start, end] = scalar.range!
  let at = firstOffset(scalar, file, start)
  for (let i = 0; i < Math.min(index, text.length); i++) at = afterCharacter(scalar, file, at, text[i]!)
  const isLayout = index < text.length && !isSpace(text[index]) && isSpace(file[at])
  return Math.min(isLayout ? skipSpace(file, at) : at, end)
}

function firstOffset({ type }: Scalar, file: string, start: number): number {
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') return start + 1
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED'
  return isBlock ? file.indexOf('\n', start) + 1 : start
}

function afterCharacter(scalar: Scalar, file: string, offset: number, character: string): number {
  const at = isSpace(character) ? offset : skipSpace(file, offset)
  if (scalar.type === 'QUOTE_SINGLE' && character === "'") return at + 2
  if (scalar.type !== 'QUOTE_DOUBLE' || file[at] !== '\\') return at + 1
  // A backslash at the end of a line joins it with the next one.
  if (/[\r\n]/.test(file[at + 1] ?? '')) return afterCharacter(scalar, file, skipSpace(file, at + 1), character)
  return at + (ESCAPE_LENGTH[file[at + 1] ?? ''] ?? 2)
}

const ESCAPE_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 }

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)

function skipSpace(file: string, offset: number): number {
  let at = offset
  while (isSpace(file[at])) at++
  return at
}
