/** A run of SQL text of one kind, for colouring. */
export interface SqlToken {
  readonly kind: 'key' | 'string' | 'word' | 'plain'
  readonly text: string
}

const KEYWORDS = new Set(
  `all and as asc between by case cast cross desc distinct else end exists extract false filter first following from full group
  having in inner interval is join last left like limit not null nulls offset on or order outer over partition preceding range
  right rows select set then true unbounded union using values when where window with`.split(/\s+/),
)

// A text in quotes, a comment, a word, a number, or anything else.
const TOKEN = /'(?:[^']|'')*'?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[A-Za-z_]\w*|\d[\d.]*|[^'\w/-]+|./g

/** Cuts SQL into coloured runs. Joined again they are the same text, SQL or not. */
export const sqlTokens = (text: string): readonly SqlToken[] =>
  [...text.matchAll(TOKEN)].map(([found]) => ({ kind: kindOf(found), text: found }))

function kindOf(text: string): SqlToken['kind'] {
  if (text.startsWith("'")) return 'string'
  if (/^\d/.test(text)) return 'word'
  return KEYWORDS.has(text.toLowerCase()) ? 'key' : 'plain'
}
