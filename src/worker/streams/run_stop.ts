import type { Reason } from '../../core/outcome.ts'
import type { RunState } from '../../core/run.ts'

/** A run ends before it is through: what is under way is let go of, what stands in the warehouse stays. */
export class RunStop extends Error {
  override readonly name = 'RunStop'
  readonly state: RunState
  readonly reason: Reason | null
  /** Subject of the pause after which it goes on by itself. */
  readonly waitsFor: string | null

  constructor(state: RunState, reason: Reason | null, waitsFor: string | null = null) {
    super(reason?.message ?? `The run is ${state}`)
    this.state = state
    this.reason = reason
    this.waitsFor = waitsFor
  }
}
