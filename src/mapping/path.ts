/** `.`, `['key']`, `["key"]`, `[0]` or a bare key. Quoted keys may hold dots. */
const TOKEN = /\.|\[\s*'([^']*)'\s*\]|\[\s*"([^"]*)"\s*\]|\[([^[\]'"]*)\]|([^.[\]]+)/y

/**
 * Splits a path into keys: `$.a.b[0]['c d']` → `a`, `b`, `0`, `c d`. One leading `$.` is cut; what is empty then is the
 * whole event. `$` alone is a key of that name. Throws an Error when a bracket does not fit.
 */
export function parsePath(text: string): readonly string[] {
  const path = text.startsWith('$.') ? text.slice(2) : text.startsWith('$[') ? text.slice(1) : text
  const keys: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < path.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(path)
    if (token === null) throw new Error(`path "${text}" has a bracket that does not fit at "${path.slice(at)}"`)
    const key = token[1] ?? token[2] ?? token[3]?.trim() ?? token[4]
    if (key !== undefined) keys.push(key)
  }
  return keys
}

/** Keys as a path relative to the event: `.a.b[0]['c d']`; empty for the whole event. */
export function printKeys(keys: readonly string[]): string {
  return keys.map(printKey).join('')
}

function printKey(key: string): string {
  if (/^\d+$/.test(key)) return `[${key}]`
  if (/^[\w$-]+$/.test(key)) return `.${key}`
  return key.includes("'") ? `["${key}"]` : `['${key}']`
}
