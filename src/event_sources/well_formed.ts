import type { Json } from '../core/json.ts'

/** The same value with every half of a UTF-16 pair replaced by U+FFFD, in keys and in text. */
export function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(wellFormed)
  // fromEntries defines each key, so that a key named __proto__ stays a key
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]))
}

/** Whether any number inside is not finite. */
export function hasInfinity(value: Json): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(hasInfinity)
}
