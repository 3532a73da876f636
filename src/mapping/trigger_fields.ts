/** Fields of an event that hold one value. Not the write key: it says who sent the event, not what happened. */
const SINGLE_FIELDS: readonly string[] = [
  'type',
  'event',
  'name',
  'category',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'messageId',
  'channel',
]

/** Fields of an event that hold fields themselves. */
const NESTED_FIELDS: readonly string[] = ['properties', 'traits', 'context', 'integrations']

/** What is wrong with a path into an event, and what to write instead; null when the path may exist. */
export function fieldProblem(path: readonly string[]): string | null {
  const [root, ...inner] = path as [string, ...string[]]
  if (NESTED_FIELDS.includes(root)) return null
  if (!SINGLE_FIELDS.includes(root)) return `unknown field "${path.join('.')}"; ${suggestion(root, inner)}`
  return inner.length === 0 ? null : `"${path.join('.')}" cannot exist; "${root}" holds one value and no fields`
}

function suggestion(root: string, inner: readonly string[]): string {
  const known = nearest(root, [...SINGLE_FIELDS, ...NESTED_FIELDS])
  const guess = SINGLE_FIELDS.includes(known ?? '') ? known : [known ?? `properties.${root}`, ...inner].join('.')
  return `did you mean "${guess}"?`
}

/** The name closest to what was written, ignoring case; null when none is within a third of its letters. */
export function nearest(written: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, edits: editDistance(written.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best && best.edits <= Math.max(1, best.name.length / 3) ? best.name : null
}

/** Fewest single-letter insertions, deletions and replacements that turn one word into the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  const first = Array.from({ length: to.length + 1 }, (_, index) => index)
  const last = [...from].reduce((above, letter, row) => {
    const here = [row + 1]
    for (let column = 0; column < to.length; column++) {
      const replaced = above[column]! + (letter === to[column] ? 0 : 1)
      here.push(Math.min(replaced, above[column + 1]! + 1, here[column]! + 1))
    }
    return here
  }, first)
  return last[to.length]!
}
