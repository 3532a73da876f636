import type { Value } from '../core/table.ts'

// A question mark in a text, a quoted name or a comment is part of it.
const TOKENS = /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g

/** Writes something in the place of each `?`, when there are values for them. */
export function fillIn(sql: string, params: readonly Value[], write: (value: Value, index: number) => string): string {
  if (params.length === 0) return sql
  let count = 0
  return sql.replace(TOKENS, (token) => {
    if (token !== '?' || count >= params.length) return token
    return write(params[count]!, count++)
  })
}
