import type { Destination, Item } from './core/destination.ts'
import type { JsonObject } from './core/json.ts'
import { mapWith, type Sync } from './core/sync.ts'
import type { MappingSpec } from './kinds.ts'
import { parseTrigger } from './mapping/fql_parse.ts'
import { completeMapping, isProblems } from './mapping/route.ts'
import { type Explanation, explainTrigger } from './mapping/trigger_explain.ts'
import type { DeliveryTrace, RuleTrace } from './server/contract.ts'

/** What one sync would make of an event, and why: every rule, and for each that applies the whole way to the request. */
export interface SyncExplanation {
  readonly rules: readonly RuleTrace[]
  readonly deliveries: readonly DeliveryTrace[]
}

/** Explains without network and without a trace in the books. `mappings` are the specs `sync` was opened from. */
export function explainEvent(
  sync: Sync,
  mappings: readonly MappingSpec[],
  event: JsonObject,
  now: number,
): SyncExplanation {
  const rules = mappings.map((mapping) => explainRule(mapping, sync.destination, event))
  const applying = new Set(rules.filter(({ matched, enabled }) => matched && enabled).map(({ mapping }) => mapping))
  const deliveries = sync.routes
    .filter(({ name }) => applying.has(name))
    .map(({ name }) => explainDelivery(sync, name, event, now)!)
  return { rules, deliveries }
}

/** One mapping's way to the request, whether or not it applies; null when the sync has no such mapping. */
export function explainDelivery(sync: Sync, mapping: string, event: JsonObject, now: number): DeliveryTrace | null {
  const route = sync.routes.find(({ name }) => name === mapping)
  if (!route) return null
  const { destination } = sync
  const mapped = mapWith(route, destination, event, now)
  const row = attempt(() => route.map(event))
  const shown = {
    ...UNSENT,
    mapping,
    mapped: row,
    notes: row === null ? [] : destination.explain(row),
  }
  if (mapped.kind === 'invalid') return { ...shown, reason: mapped.reason }
  return { ...shown, warnings: mapped.warnings, ...requestFor(destination, mapped.item) }
}

const UNSENT = {
  state: 'unread',
  reason: null,
  warnings: [],
  item: null,
  request: null,
  curl: null,
  attempts: 0,
  firstAttemptAt: null,
  retryAt: null,
  revision: null,
  calls: [],
} as const

function requestFor(destination: Destination, item: Item): Pick<DeliveryTrace, 'item' | 'request' | 'curl'> {
  const request = destination.request([item])
  return { item: JSON.parse(item.text), request, curl: toCurl(request.url, request.body) }
}

// The body goes in single quotes, in which a shell reads everything as it stands but the quote itself.
function toCurl(url: string, body: string): string {
  const quoted = body.replaceAll("'", `'\\''`)
  return `curl -X POST '${url}' -H "Access-Token: $TIKTOK_ACCESS_TOKEN" -H 'Content-Type: application/json' -d '${quoted}'`
}

function explainRule(mapping: MappingSpec, { fields }: Destination, event: JsonObject): RuleTrace {
  const complete = completeMapping(mapping, fields)
  if (isProblems(complete)) return { mapping: mapping.name, when: '', enabled: false, matched: false, conditions: [] }
  const { when } = complete
  const explanation = explainTrigger(parseTrigger(when), event)
  return {
    mapping: mapping.name,
    when,
    enabled: mapping.enabled,
    matched: explanation.matched,
    conditions: conditionsOf(explanation),
  }
}

/** Each condition as it counts: one that is negated holds when what stands in it does not. */
function conditionsOf(explanation: Explanation, negated = false): RuleTrace['conditions'] {
  if (explanation.kind !== 'condition') {
    const flips = explanation.kind === 'not'
    return explanation.parts.flatMap((part) => conditionsOf(part, flips ? !negated : negated))
  }
  const { text, matched, found = null } = explanation
  return [{ text: negated ? `!(${text})` : text, found, matched: matched !== negated }]
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    // What failed stands in the reason of the delivery.
    return null
  }
}
