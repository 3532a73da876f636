import type { Sync } from '../core/sync.ts'
import type { Queue, QueuedEvent } from '../store/queue.ts'
import { mapFresh, type Page } from './page.ts'

export interface PageReaderParts {
  readonly queue: Queue
  readonly now: () => number
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>
  /** Longest an event waits for company. */
  readonly flushMs: number
  /** False from the moment a configuration is saved until it is known which syncs it concerns. */
  readonly isCurrent?: () => Promise<boolean>
}

export const READ_EVENTS = 1000
// A page ends after so many events even when hardly any of them is for this sync.
const PAGE_EVENTS = 10_000
const CURRENT_EVERY_MS = 20

/** Reads a sync's source from a place on, a page of mapped events at a time. */
export class PageReader {
  readonly #sync: Sync
  readonly #parts: PageReaderParts
  readonly #stopped: AbortSignal
  #position: number
  /** Recorded by an earlier run, beyond the place it had reached. */
  readonly #recorded: ReadonlySet<number>

  constructor(
    sync: Sync,
    parts: PageReaderParts,
    stopped: AbortSignal,
    place: { readonly position: number; readonly recorded: ReadonlySet<number> },
  ) {
    this.#sync = sync
    this.#parts = parts
    this.#stopped = stopped
    this.#position = place.position
    this.#recorded = place.recorded
  }

  /** Everything up to here was read. */
  get position(): number {
    return this.#position
  }

  /** Reads until a request is full, the queue is at its end, or enough events have been looked at; null when there are none. */
  async next(): Promise<Page | null> {
    const { batchSize } = this.#sync.destination
    const page: Page = { parcels: [], decided: [], rematched: [] }
    let seen = 0
    while (page.parcels.length < batchSize && seen < PAGE_EVENTS) {
      const events = await this.#readEvents(seen === 0)
      if (events.length === 0 || !(await this.#areOurs())) break
      seen += events.length
      this.#position = events.at(-1)!.seq
      this.#map(events, page)
      if (events.length < READ_EVENTS) break
    }
    return seen === 0 ? null : page
  }

  /**
   * Events that were read may have come after a change of this sync, and then they belong to its successor. Whoever
   * follows the configuration stops this sync if so; until that is decided nothing is mapped.
   */
  async #areOurs(): Promise<boolean> {
    const { isCurrent, wait } = this.#parts
    if (isCurrent === undefined) return true
    while (!(await isCurrent())) {
      if (this.#stopped.aborted) return false
      await wait(CURRENT_EVERY_MS, this.#stopped)
    }
    return !this.#stopped.aborted
  }

  #map(events: readonly QueuedEvent[], page: Page): void {
    const unseen = this.#recorded.size === 0 ? events : events.filter(({ seq }) => !this.#recorded.has(seq))
    const { parcels, decided } = mapFresh(this.#sync, unseen, this.#parts.now())
    page.parcels.push(...parcels)
    page.decided.push(...decided)
  }

  /** The next events; a first handful waits a moment for company. */
  async #readEvents(isFirst: boolean): Promise<readonly QueuedEvent[]> {
    const { queue, flushMs, now, wait } = this.#parts
    const read = () => queue.read(this.#sync.source, this.#position, READ_EVENTS)
    const events = await read()
    const oldest = events[0]
    if (!isFirst || !oldest || events.length === READ_EVENTS) return events
    const left = Math.min(flushMs, oldest.receivedAt + flushMs - now())
    if (left <= 0) return events
    await wait(left, this.#stopped)
    return this.#stopped.aborted ? [] : read()
  }
}
