import { CODE } from '../codes.ts'
import { isObject, type JsonObject } from '../json.ts'
import { MESSAGE } from '../messages.ts'

/** An argument TikTok refuses; the endpoint answers with its code and message. */
export class BadArgument extends Error {
  override readonly name = 'BadArgument'
  readonly code: number

  constructor(message: string, code: number = CODE.PARAM_ERROR) {
    super(message)
    this.code = code
  }
}

/** Throws BadArgument: `Invalid value for page: must be at least 1.` */
export const refuseArgument = (name: string, reason: string): never => {
  throw new BadArgument(MESSAGE.invalid(name, reason))
}

/** Reads the value of a named argument or filter. Throws BadArgument. */
export type ReadValue<T> = (value: unknown, name: string) => T

/** Any text. */
export const textValue: ReadValue<string> = (value, name) =>
  typeof value === 'string' ? value : refuseArgument(name, 'not a valid string')

/** `true` or `false`, not a text. */
export const booleanValue: ReadValue<boolean> = (value, name) =>
  typeof value === 'boolean' ? value : refuseArgument(name, 'not a valid boolean')

/** Ids are decimal text; TikTok reads them into 64 bits. */
export const idValue: ReadValue<string> = (value, name) =>
  /^\d{1,19}$/.test(textValue(value, name)) ? String(value) : refuseArgument(name, 'not a valid number')

/** One of some words. */
export const oneOfValue =
  <const T extends string>(choices: readonly T[]): ReadValue<T> =>
  (value, name) =>
    choices.find((choice) => choice === value) ?? refuseArgument(name, `must be one of ${choices.join(', ')}`)

/** A list of 1 to `most` values, each read by `read`. */
export const listValue =
  <T>(read: ReadValue<T>, most = 100): ReadValue<readonly T[]> =>
  (value, name) => {
    if (!Array.isArray(value)) return refuseArgument(name, 'not a valid list')
    if (value.length < 1 || value.length > most) return refuseArgument(name, `length must be between 1 and ${most}`)
    return value.map((item) => read(item, name))
  }

/** The JSON text of an argument, decoded; null when the argument is not given. */
export function decoded(query: URLSearchParams, name: string): unknown {
  const text = query.get(name)
  if (text === null || text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return refuseArgument(name, 'not valid JSON')
  }
}

/** A list or object argument that may be left out; null then. */
export function optional<T>(query: URLSearchParams, name: string, read: ReadValue<T>): T | null {
  const value = decoded(query, name)
  return value === null ? null : read(value, name)
}

/** A list or object argument that must be there. */
export function required<T>(query: URLSearchParams, name: string, read: ReadValue<T>): T {
  const value = decoded(query, name)
  if (value === null) throw new BadArgument(MESSAGE.missing(name))
  return read(value, name)
}

/** `advertiser_id`, which must be there. */
export function advertiserIdOf(query: URLSearchParams): string {
  const id = query.get('advertiser_id')
  if (!id) throw new BadArgument(MESSAGE.missing('advertiser_id'))
  return idValue(id, 'advertiser_id')
}

/** A whole number argument from 1 to `most`. */
export function countOf(query: URLSearchParams, name: string, byDefault: number, most: number): number {
  const text = query.get(name)
  if (text === null || text === '') return byDefault
  if (!/^\d+$/.test(text)) return refuseArgument(name, 'not a valid integer')
  const count = Number(text)
  if (count < 1) return refuseArgument(name, 'must be at least 1')
  return count > most ? refuseArgument(name, `must be between 1 and ${most}`) : count
}

/** `filtering` as an object; an empty one when it is left out. */
export const filteringOf = (query: URLSearchParams): JsonObject =>
  optional(query, 'filtering', (value, name) =>
    isObject(value) ? value : refuseArgument(name, 'not a valid object'),
  ) ?? {}

/** Which page is asked for. */
export interface Paging {
  readonly page: number
  readonly pageSize: number
}

/** `page` and `page_size` with TikTok's limits. */
export const pagingOf = (query: URLSearchParams, byDefault: number, most: number): Paging => ({
  page: countOf(query, 'page', 1, Number.MAX_SAFE_INTEGER),
  pageSize: countOf(query, 'page_size', byDefault, most),
})

/** The items of a page and what TikTok says about it; a page after the last is empty. */
export const pageOf = <T>(items: readonly T[], { page, pageSize }: Paging) => ({
  items: items.slice((page - 1) * pageSize, page * pageSize),
  page_info: {
    page,
    page_size: pageSize,
    total_number: items.length,
    total_page: Math.ceil(items.length / pageSize),
  },
})
