import type { Call } from '../call.ts'
import { ControlError } from '../control_error.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { Simulation } from '../simulation.ts'

/** What a control endpoint gives back: JSON, or plain text. */
export type Given = { readonly json: object } | { readonly text: string }

/** One of the simulator's own endpoints. Throws ControlError for HTTP 400. */
export type Control = (call: Call, simulation: Simulation) => Given

/** The body as a JSON object; an empty body is an empty object. */
export function objectBody(call: Call): JsonObject {
  if (call.body.length === 0) return {}
  const body = call.json()
  if (isObject(body)) return body
  throw new ControlError('Cannot read the request: its body is no JSON object')
}

/** A whole number of the query, or the default. */
export function numberParam(call: Call, name: string, byDefault: number): number {
  const given = call.query.get(name)
  const number = Number(given ?? byDefault)
  if (Number.isSafeInteger(number) && number >= 0 && given !== '') return number
  throw new ControlError(`Cannot read the request: "${name}" is "${given}"; expected a whole number`)
}

/** Keeps up to `limit` of what passes; reads no further than it must. */
export function some<T>(items: Iterable<T>, isWanted: (item: T) => boolean, limit: number): readonly T[] {
  const kept: T[] = []
  for (const item of items) {
    if (kept.length >= limit) break
    if (isWanted(item)) kept.push(item)
  }
  return kept
}
