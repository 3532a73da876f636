export type SegmentTokenKind = 'word' | 'text' | 'number' | 'null' | 'connective' | 'sign' | 'end'

export interface SegmentToken {
  readonly kind: SegmentTokenKind
  /** As written, a text with its quotes; a word without its backslashes and with its dots: `properties.revenue`. */
  readonly text: string
}

// Tried in this order. Two surprises: `and`, `or`, `null`, `!=`, `<=` and `>=` count only before a blank, "," "]" ")"
// or the end; and a word must end there, too, or at one of . ( = !
const PIECES: readonly (readonly [SegmentTokenKind | 'blank', RegExp])[] = [
  ['blank', /[ \t\n]+/y],
  ['text', /"[^"]*"|'[^']*'/y],
  ['connective', /(?:and|or)(?=[ \t\n,\])]|$)/y],
  ['null', /null(?=[ \t\n,\])]|$)/y],
  ['word', /(?:[a-zA-Z_]|\\.)(?:[\w-]|\\.)*(?=[ \t\n,\]).(=!]|$)/sy],
  ['number', /[-+\d]\d*(?:\.(?![ \t\n,\])]|$)\d*)?(?![\d.])/y],
  ['sign', /!(?=[a-zA-Z(])|[!<>]=(?=[ \t\n,\])]|$)|[=<>.,()[\]]/y],
]

/** Cuts a text into pieces as Segment's triggers do; null when some character fits nowhere, and nothing is read. */
export function segmentTokens(text: string): readonly SegmentToken[] | null {
  const tokens: SegmentToken[] = []
  for (let at = 0; at < text.length; ) {
    const piece = pieceAt(text, at)
    if (piece === null) return null
    at += piece.text.length
    if (piece.kind === 'word') tokens.push({ kind: 'word', text: piece.text.replace(/\\(.)/gs, '$1') })
    else if (piece.kind !== 'blank') tokens.push({ kind: piece.kind, text: piece.text })
  }
  return joinDots(tokens)
}

function pieceAt(text: string, at: number) {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return { kind, text: found[0] }
  }
  return null
}

/** `properties` `.` `revenue` becomes one word, blanks between them or not. */
function joinDots(tokens: readonly SegmentToken[]): readonly SegmentToken[] {
  const joined: SegmentToken[] = []
  for (const token of tokens) {
    const [owner, dot] = joined.slice(-2)
    const continues = token.kind === 'word' && owner?.kind === 'word' && dot?.kind === 'sign' && dot.text === '.'
    if (continues) joined.splice(-2, 2, { kind: 'word', text: `${owner.text}.${token.text}` })
    else joined.push(token)
  }
  return joined
}
