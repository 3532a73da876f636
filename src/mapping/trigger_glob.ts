const ANY = Symbol('any run of characters')
const ONE = Symbol('one character')

type GlobPart = string | typeof ANY | typeof ONE

/** What is wrong with a glob pattern; null when it is fine. */
export function globProblem(pattern: string): string | null {
  const plain = pattern.replace(/\\./gs, '')
  if (plain.endsWith('\\')) return 'the pattern ends in a lone backslash; write "\\\\\\\\" for a backslash'
  // FQL's reference makes [abc] a class, Segment's triggers read it as it stands: we refuse to guess.
  if (plain.includes('[')) return 'the pattern holds "["; write "\\\\[" for the character itself'
  return null
}

/** The pattern that matches exactly this text. */
export const escapeGlob = (text: string): string => text.replace(/[*?[\\]/g, '\\$&')

/**
 * A test for a whole text: `*` is any run of characters, `?` one character, `\x` is x itself. Case matters.
 * Takes at most text × pattern steps, so an event cannot make it hang.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const parts = globParts(pattern)
  const star = parts.indexOf(ANY)
  if (star !== parts.lastIndexOf(ANY) || parts.includes(ONE)) return (text) => matchParts(parts, [...text])
  const start = parts.slice(0, star < 0 ? undefined : star).join('')
  if (star < 0) return (text) => text === start
  const end = parts.slice(star + 1).join('')
  return (text) => text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end)
}

function globParts(pattern: string): readonly GlobPart[] {
  return [...pattern.matchAll(/\\(.)|./gsu)].map(([whole, escaped]) => {
    if (escaped !== undefined) return escaped
    if (whole === '*') return ANY
    return whole === '?' ? ONE : whole
  })
}

/** Only the last `*` ever needs another try: whatever an earlier one could give up, the last can take. */
function matchParts(parts: readonly GlobPart[], text: readonly string[]): boolean {
  let part = 0
  let star = -1
  let resume = 0
  for (let at = 0; at < text.length; ) {
    if (parts[part] === ANY) {
      star = part++
      resume = at
    } else if (parts[part] === ONE || parts[part] === text[at]) {
      part++
      at++
    } else if (star >= 0) {
      part = star + 1
      at = ++resume
    } else return false
  }
  return parts.slice(part).every((rest) => rest === ANY)
}
