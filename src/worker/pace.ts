import type { TransientError } from '../core/errors.ts'
import type { Failing, Journal } from '../store/journal.ts'
import { backoffMs } from './backoff.ts'

export interface PaceParts {
  readonly journal: Journal
  readonly now: () => number
  readonly random: () => number
}

// Even the luckiest draw must not turn a failing API into a busy loop.
const WAIT_MIN_MS = 1000

/** How fast a sync may call: at once while calls work, after longer and longer waits while they fail. */
export class Pace {
  readonly #sync: string
  readonly #parts: PaceParts
  #failing: Failing | null
  #failures = 0

  /** `failing`: how an earlier run left it. */
  constructor(sync: string, parts: PaceParts, failing: Failing | null) {
    this.#sync = sync
    this.#parts = parts
    this.#failing = failing
  }

  get isFailing(): boolean {
    return this.#failing !== null
  }

  /** Milliseconds until the next call may be made. */
  get waitMs(): number {
    return Math.max(0, (this.#failing?.retryAt ?? 0) - this.#parts.now())
  }

  /** Gives how long to wait; null when other calls that were under way have said so already. */
  async failed(error: TransientError): Promise<number | null> {
    const { journal, now, random } = this.#parts
    if (this.waitMs > 0) return null
    this.#failures++
    const waitMs = Math.max(error.retryAfterMs ?? 0, WAIT_MIN_MS, backoffMs(this.#failures, random))
    const since = this.#failing?.since ?? now()
    this.#failing = { since, retryAt: now() + waitMs, message: error.message }
    await journal.setFailing(this.#sync, this.#failing)
    return waitMs
  }

  async worked(): Promise<void> {
    if (this.#failing === null) return
    this.#failures = 0
    this.#failing = null
    await this.#parts.journal.setFailing(this.#sync, null)
  }
}
