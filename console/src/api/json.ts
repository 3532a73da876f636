import type { JsonObject } from '../../../src/server/contract.ts'

/** True for a JSON object: not null, not a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
