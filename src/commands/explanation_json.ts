import type { WireRequest } from '../core/destination.ts'
import type { Json } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import type { DeliveryTrace, RuleTrace } from '../server/contract.ts'
import type { EventExplanation, ExplainedSync } from './explanation.ts'

/** What would become of an event in one mapping of one sync, as `explain --json` prints it. */
export interface ExplainedDelivery {
  readonly sync: string
  /** Null when no mapping applies, or the event would not get that far. */
  readonly mapping: string | null
  readonly destination: string
  readonly verdict: 'would_send' | 'filtered' | 'invalid'
  readonly reason?: Reason
  /** What TikTok would get; the token is left out. */
  readonly request: (Pick<WireRequest, 'method' | 'url'> & { readonly body: Json }) | null
}

/** An explanation as `explain --json` prints it. */
export function explanationToJson(explained: EventExplanation) {
  const { source, event } = explained
  return { source, event, deliveries: deliveriesOf(explained) }
}

/** Whether something about the event keeps it from being sent. */
export const isInvalid = (explained: EventExplanation): boolean =>
  explained.refused !== null || deliveriesOf(explained).some(({ verdict }) => verdict === 'invalid')

function deliveriesOf({ refused, syncs }: EventExplanation): readonly ExplainedDelivery[] {
  return syncs.flatMap((sync) => {
    const { sync: name, destination } = sync
    const nothing = { sync: name, mapping: null, destination, request: null }
    if (refused) return [{ ...nothing, verdict: 'invalid' as const, reason: refused }]
    if (sync.deliveries.length === 0) return [{ ...nothing, verdict: 'filtered' as const, reason: whyNone(sync) }]
    return sync.deliveries.map((delivery) => toDelivery(sync, delivery))
  })
}

function toDelivery({ sync, destination, enabled }: ExplainedSync, delivery: DeliveryTrace): ExplainedDelivery {
  const { mapping, reason, request } = delivery
  const place = { sync, mapping, destination }
  if (request === null) return { ...place, verdict: 'invalid', ...(reason && { reason }), request: null }
  const { method, url, body } = request
  const wire = { method, url, body: JSON.parse(body) as Json }
  return { ...place, verdict: 'would_send', ...(!enabled && { reason: SWITCHED_OFF }), request: wire }
}

const SWITCHED_OFF: Reason = {
  code: 'delivery.sync_off',
  message: 'The sync is switched off: the event waits until it is switched on',
}

/** Why no mapping of a sync applies, rule by rule. */
export function whyNone({ rules }: Pick<ExplainedSync, 'rules'>): Reason {
  const why = rules.length === 0 ? 'the sync has none' : rules.map(whyNot).join('; ')
  return { code: 'delivery.no_mapping', message: `No mapping applies: ${why}` }
}

/** Why a rule does not apply: `"Purchase" wants event = "Order Completed" and found "Signed Up"`. */
export function whyNot({ mapping, enabled, conditions }: RuleTrace): string {
  if (!enabled) return `"${mapping}" is switched off`
  const failing = conditions.filter(({ matched }) => !matched)
  const found = failing.map(
    (one) => `${one.text} and found ${one.found === null ? 'nothing' : JSON.stringify(one.found)}`,
  )
  return `"${mapping}" wants ${found.join(', ')}`
}
