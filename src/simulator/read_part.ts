import { ControlError } from './control_error.ts'
import { isObject, type JsonObject } from './json.ts'

/** Reads a part of a world as it was posted. Throws ControlError, naming `path`, when it makes no sense. */
export type Reader<T> = (value: unknown, path: string) => T

/** Throws ControlError: what was found at `path`, and what is expected there. */
export const refuse = (path: string, value: unknown, expected: string): never => {
  throw new ControlError(`Cannot change the world: ${path} is ${JSON.stringify(value)}; expected ${expected}`)
}

/** Throws ControlError when an object has a member that nobody knows. */
export const refuseUnknown = (object: object, known: readonly string[], path: string): void => {
  const unknown = Object.keys(object).find((key) => !known.includes(key))
  if (unknown === undefined) return
  throw new ControlError(`Cannot change the world: ${path} "${unknown}" is unknown; known: ${known.join(', ')}`)
}

/** A text that is not empty. */
export const text: Reader<string> = (value, path) =>
  typeof value === 'string' && value !== '' ? value : refuse(path, value, 'a text')

/** A list of texts. */
export const texts: Reader<readonly string[]> = (value, path) =>
  Array.isArray(value) ? value.map((one) => text(one, path)) : refuse(path, value, 'a list of texts')

/** A JSON object. */
export const object: Reader<JsonObject> = (value, path) => (isObject(value) ? value : refuse(path, value, 'an object'))

/** A whole number from 0 to `most`. */
export const countUpTo =
  (most: number): Reader<number> =>
  (value, path) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most
      ? Number(value)
      : refuse(path, value, `a whole number from 0 to ${most}`)

/** One of some words. */
export const oneOf =
  <const T extends string>(words: readonly T[]): Reader<T> =>
  (value, path) =>
    words.find((word) => word === value) ?? refuse(path, value, words.join(', '))
