import type { Json, JsonObject } from '../../../src/server/contract.ts'

// Words that YAML 1.1 readers take for booleans or null, and anything that could be read as a number or a date.
const NOT_PLAIN = /^(?:y|n|yes|no|on|off|true|false|null|~|\.(?:nan|inf))$|^[-+.]?\d/i
const PLAIN = /^[A-Za-z0-9_$][A-Za-z0-9_$ ./@-]*(?<! )$/

/** YAML text of a JSON value, in block style. Any YAML reader gives the same value back. */
export function toYaml(value: Json): string {
  if (isEmpty(value)) return `${scalar(value)}\n`
  return `${block(value as Json[] | JsonObject).join('\n')}\n`
}

function block(value: Json[] | JsonObject): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => nested('-', item, true))
  return Object.entries(value).flatMap(([key, item]) => nested(`${text(key)}:`, item, false))
}

function nested(head: string, item: Json, beside: boolean): string[] {
  if (isEmpty(item)) return [`${head} ${scalar(item)}`]
  const lines = block(item as Json[] | JsonObject).map((line) => `  ${line}`)
  if (!beside) return [head, ...lines]
  return [`${head} ${lines[0]!.slice(2)}`, ...lines.slice(1)]
}

const isEmpty = (value: Json): boolean => typeof value !== 'object' || value === null || Object.keys(value).length === 0

function scalar(value: Json): string {
  return typeof value === 'string' ? text(value) : JSON.stringify(value)
}

function text(value: string): string {
  if (PLAIN.test(value) && !NOT_PLAIN.test(value)) return value
  if (/^[\x20-\x7e]*$/.test(value) && !value.includes("'")) return `'${value}'`
  // JSON leaves these three as they are, where YAML would end the line or refuse the character.
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped)
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
