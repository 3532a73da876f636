import { diagnose, type Finding } from './diagnose.ts'
import type { TrackedEvent } from './event.ts'
import type { Delivery } from './ledger.ts'
import { attribute } from './reports/attribute.ts'
import type { Simulation } from './simulation.ts'
import type { Verdict } from './tallies.ts'

const DUPLICATE: Finding = { kind: 'duplicate_dropped', field: 'event_id', sample: 'same event_id within 48 hours' }
const MERGED: Finding = { kind: 'duplicate_merged', field: 'event_id', sample: 'same event_id within five minutes' }

/** What there is to say about an event whose verdict is known. */
export function findingsOf(event: TrackedEvent, delivery: Delivery, verdict: Verdict): readonly Finding[] {
  const findings = diagnose(event, delivery)
  if (verdict === 'duplicate') return [...findings, DUPLICATE]
  return verdict === 'merged' ? [...findings, MERGED] : findings
}

function credit(
  { world, adWorldOf, reporting }: Simulation,
  { source, sourceId, at }: Delivery,
  event: TrackedEvent,
): void {
  attribute({ event, source, sourceId, at }, world, adWorldOf(world), reporting.received)
}

/** Counts an accepted delivery, keeps what it gives to say, and gives ads the credit for what is counted. Refused events are null. */
export function takeIn(simulation: Simulation, delivery: Delivery, events: readonly (TrackedEvent | null)[]): void {
  const verdicts = simulation.ledger.take(delivery, events)
  for (let index = 0; index < events.length; index++) {
    const event = events[index]
    if (!event) continue
    const findings = findingsOf(event, delivery, verdicts[index]!)
    simulation.diagnostics.add(delivery.sourceId, event, findings, delivery.at)
    if (verdicts[index] === 'counted') credit(simulation, delivery, event)
  }
}
