import type { Json } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import type { DeliveryTrace, RuleTrace } from '../server/contract.ts'

/** What would become of one event. */
export interface EventExplanation {
  readonly source: string | null
  /** Normalised; as it was given when the door would refuse it. */
  readonly event: Json
  /** Why the door would refuse it; null when it would not. */
  readonly refused: Reason | null
  readonly syncs: readonly ExplainedSync[]
}

/** What would become of an event in one sync. */
export interface ExplainedSync {
  readonly sync: string
  readonly destination: string
  readonly enabled: boolean
  /** Every mapping, whether it applies or not; none when the event did not get past the door. */
  readonly rules: readonly RuleTrace[]
  readonly deliveries: readonly DeliveryTrace[]
}
