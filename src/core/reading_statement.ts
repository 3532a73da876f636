/**
 * Why a statement may not be run by somebody who only looks; null when it may: it must be a single one, begin like a
 * question, and hold nothing that writes. Warehouses refuse writing by themselves as well, each in its own way; this says it
 * in the same words for all of them, before anything is connected.
 */
export function whyNotReading(sql: string): string | null {
  if (/\/\*!/.test(sql)) return 'it holds a comment that MySQL would run'
  if (/\/\*(?:(?!\*\/)[\s\S])*\/\*/.test(sql)) return 'it holds a comment within a comment'
  // Databases differ in where a text ends. What is a text for one of them may be a command for another, so all must agree.
  return READINGS.map((quoted) => whyNot(sql.replace(quoted, blank))).find((why) => why !== null) ?? null
}

const COMMENT = String.raw`--[^\n]*|/\*[\s\S]*?(?:\*/|$)`
const NAMES = '"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)'
const TEXTS = ["'(?:[^']|'')*(?:'|$)", String.raw`'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`]
const DOLLARS = ['', String.raw`|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)`]
const HASHES = ['', String.raw`|#[^\n]*`]

/** What stands in quotes or in comments, in each way of telling. */
const READINGS = TEXTS.flatMap((text) =>
  DOLLARS.flatMap((dollar) => HASHES.map((hash) => new RegExp(`${COMMENT}|${text}|${NAMES}${dollar}${hash}`, 'g'))),
)

const blank = (found: string): string => (/^(?:--|\/\*|#)/.test(found) ? ' ' : "''")

const QUESTIONS = ['select', 'with', 'values', 'table', 'from', 'describe', 'summarize']

const WRITING = /\binto\b|\bdelete\s+from\b|\bupdate\b[^()]*\bset\b|\bfor\s+(?:no\s+key\s+)?update\b/i

function whyNot(bare: string): string | null {
  const statement = bare.trim().replace(/(?:;\s*)+$/, '')
  if (statement === '') return 'there is no statement'
  if (statement.includes(';')) return 'there is more than one statement; give one at a time'
  const first = /^[(\s]*([a-z]*)/i.exec(statement)![1]!.toLowerCase()
  if (!QUESTIONS.includes(first)) {
    return `it begins with "${first || statement.slice(0, 20)}"; only ${QUESTIONS.join(', ')} may begin one here`
  }
  const writing = WRITING.exec(statement)?.[0].split(/\s/)[0]
  return writing === undefined ? null : `"${writing}" would change something; only reading is allowed here`
}
