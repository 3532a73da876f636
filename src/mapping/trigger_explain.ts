import type { Json, JsonObject } from '../core/json.ts'
import { printPath, printTrigger } from './fql_print.ts'
import type { Trigger } from './trigger.ts'
import { compileTrigger, readField } from './trigger_compile.ts'

/** Why a trigger fires for an event, or does not: the trigger's tree with a verdict at every node. Plain JSON. */
export type Explanation =
  | { readonly kind: 'and' | 'or' | 'not'; readonly matched: boolean; readonly parts: readonly Explanation[] }
  | {
      readonly kind: 'condition'
      /** The condition as FQL. */
      readonly text: string
      /** The field it looks at, as FQL. */
      readonly field: string
      /** The field's value in the event, unmasked; no key when the event has no such field. */
      readonly found?: Json
      readonly matched: boolean
    }

/** Explains a trigger's verdict on one event. Every condition is tried, also those the verdict does not need. */
export function explainTrigger(trigger: Trigger, event: JsonObject): Explanation {
  const matched = compileTrigger(trigger)(event)
  switch (trigger.kind) {
    case 'and':
    case 'or':
      return { kind: trigger.kind, matched, parts: trigger.parts.map((part) => explainTrigger(part, event)) }
    case 'not':
      return { kind: 'not', matched, parts: [explainTrigger(trigger.part, event)] }
    default: {
      const found = readField(event, trigger.of.path)
      const condition = { kind: 'condition', text: printTrigger(trigger), field: printPath(trigger.of.path) } as const
      return found === undefined ? { ...condition, matched } : { ...condition, found, matched }
    }
  }
}
