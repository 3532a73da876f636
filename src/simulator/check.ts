import { CODE } from './codes.ts'
import { isObject } from './json.ts'
import type { Settings } from './settings.ts'

/** Why TikTok refuses a value. */
export interface Problem {
  /** Where, from the value that was checked: `properties.contents.0.content_id`; empty for the value itself. */
  readonly path: string
  /** Lower case, no full stop: `not a valid string`. */
  readonly reason: string
  readonly code: number
}

/** Finds the first thing wrong with a value, or null. */
export type Check = (value: unknown, settings: Settings) => Problem | null

/** A problem at a path. */
export const problemAt = (path: string, reason: string, code: number = CODE.PARAM_ERROR): Problem => ({
  path,
  reason,
  code,
})

/** The same problem seen from one level up. */
const under = (key: string | number, problem: Problem): Problem => ({
  ...problem,
  path: problem.path === '' ? `${key}` : `${key}.${problem.path}`,
})

const NOT_TEXT = problemAt('', 'not a valid string')
const NOT_NUMBER = problemAt('', 'not a valid number')
const NOT_BOOLEAN = problemAt('', 'not a valid boolean')
const NOT_OBJECT = problemAt('', 'not a valid object')
const NOT_LIST = problemAt('', 'not a valid list')

export const text: Check = (value) => (typeof value === 'string' ? null : NOT_TEXT)
export const boolean: Check = (value) => (typeof value === 'boolean' ? null : NOT_BOOLEAN)

const DECIMAL = /^-?\d+(?:\.\d+)?$/

export const number: Check = (value, settings) => {
  if (typeof value === 'number') return null
  return typeof value === 'string' && settings.numeric_strings === 'accept' && DECIMAL.test(value) ? null : NOT_NUMBER
}

/** A list whose every element passes `check`. */
export function listOf(check: Check): Check {
  return (value, settings) => {
    if (!Array.isArray(value)) return NOT_LIST
    for (let index = 0; index < value.length; index++) {
      const problem = check(value[index], settings)
      if (problem !== null) return under(index, problem)
    }
    return null
  }
}

const texts = listOf(text)

/** One text or a list of them. */
export const textOrTexts: Check = (value, settings) =>
  Array.isArray(value) ? texts(value, settings) : text(value, settings)

/** An object whose known members pass their checks. Members without a check are let through, as TikTok does. */
export function objectWith(members: Readonly<Record<string, Check>>): Check {
  const checks = new Map(Object.entries(members))
  return (value, settings) => {
    if (!isObject(value)) return NOT_OBJECT
    for (const key in value) {
      const member = value[key]
      if (member === null && settings.null_values === 'accept') continue
      const problem = checks.get(key)?.(member, settings)
      if (problem) return under(key, problem)
    }
    return null
  }
}
