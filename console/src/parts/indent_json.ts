const PIECE = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gs
const OPENS = new Set(['{', '['])
const CLOSES = new Set(['}', ']'])

/**
 * Indents JSON text without reading it into numbers, so that every digit stays as it is on the wire.
 * Text that is not JSON comes back as it is.
 */
export function indentJson(text: string): string {
  if (!isJson(text)) return text
  let depth = 0
  let before = ''
  let out = ''
  for (const [piece] of text.matchAll(PIECE)) {
    if (CLOSES.has(piece)) depth--
    out += spaceBetween(before, piece, depth) + piece
    if (OPENS.has(piece)) depth++
    before = piece
  }
  return out
}

function spaceBetween(before: string, piece: string, depth: number): string {
  if (before === ':') return ' '
  if (OPENS.has(before)) return CLOSES.has(piece) ? '' : line(depth)
  return before === ',' || CLOSES.has(piece) ? line(depth) : ''
}

const line = (depth: number) => `\n${'  '.repeat(depth)}`

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
