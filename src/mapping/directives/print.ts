import type { Json } from '../../core/json.ts'

const DEPTH_MAX = 32 // lists inside lists; deeper ones print as nothing, so that no event can exhaust the stack

/**
 * A value as text, the way JavaScript prints it, but without ever calling a `toString` that came with the event: absent
 * and null are empty, lists are joined by commas, an object is `[object Object]`.
 */
export function print(value: Json | undefined, depth = 0): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (!Array.isArray(value)) return '[object Object]'
  return depth < DEPTH_MAX ? value.map((item) => print(item, depth + 1)).join(',') : ''
}
