import { listValue, optional, refuseArgument, textValue } from './arguments.ts'

/** An entity as TikTok gives it: names to values. */
export type Row = Readonly<Record<string, unknown>>

const FIELDS_MAX = 500

/** `fields` and `exclude_field_types_in_response`: what of a row is wanted. */
export interface Wanted {
  readonly fields: ReadonlySet<string> | null
  readonly withNulls: boolean
}

/** Reads them; a field that is not among the `known` is refused. */
export function wantedOf(query: URLSearchParams, known: readonly string[]): Wanted {
  const fields = optional(query, 'fields', listValue(textValue, FIELDS_MAX))
  const unknown = fields?.find((field) => !known.includes(field))
  if (unknown !== undefined) refuseArgument('fields', `${unknown} is not supported`)
  const excluded = optional(query, 'exclude_field_types_in_response', listValue(textValue)) ?? []
  return { fields: fields === null ? null : new Set(fields), withNulls: !excluded.includes('NULL_FIELD') }
}

/** The wanted part of a row. */
export function trimmed(row: Row, { fields, withNulls }: Wanted): Row {
  if (fields === null && withNulls) return row
  const isWanted = ([name, value]: [string, unknown]) =>
    (fields === null || fields.has(name)) && (withNulls || value !== null)
  return Object.fromEntries(Object.entries(row).filter(isWanted))
}

/** The names in a text, parted by spaces. */
export const names = (text: string): readonly string[] => text.trim().split(/\s+/)

/** A row in which every field is null, to be laid under a real one. */
export const nullRow = (fields: readonly string[]): Row => Object.fromEntries(fields.map((field) => [field, null]))
