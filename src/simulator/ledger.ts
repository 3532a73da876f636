import type { Channel } from './dedupe.ts'
import { DedupeWindow } from './dedupe.ts'
import type { Arrival } from './diagnose.ts'
import type { TrackedEvent } from './event.ts'
import { countedAs } from './event_names.ts'
import { textAt } from './json.ts'
import { Tallies, VERDICTS, type Verdict } from './tallies.ts'

/** One accepted request. Its events stay the bytes they came as: they are read again only when somebody looks. */
export interface Delivery extends Arrival {
  /** TikTok's path, or the pixel's. */
  readonly path: string
  readonly sourceId: string
  readonly channel: Channel
  readonly deduplicates: boolean
  readonly body: Buffer
  /** The events of the parsed body, in order and as 2.0 events; null where one was refused. */
  readonly read: (json: unknown) => readonly (TrackedEvent | null)[]
}

/** A delivery with what became of each of its events. */
export interface Entry {
  readonly delivery: Delivery
  /** Number of its first event; numbers never repeat. */
  readonly firstSeq: number
  /** One index into VERDICTS for each event. */
  readonly verdicts: Uint8Array
  /** The events, once somebody has looked. */
  events?: readonly (TrackedEvent | null)[]
}

const EVENTS_KEPT = 5000
const BYTES_KEPT = 64 * 2 ** 20

/**
 * What TikTok would count: every event is judged and tallied; ids stay known for the deduplication window, whole
 * events only while they are among the newest.
 */
export class Ledger {
  readonly window = new DedupeWindow()
  readonly tallies = new Tallies()
  readonly #entries: Entry[] = []
  #events = 0
  #bytes = 0
  #seq = 0

  /** Judges and keeps one delivery. Gives back the verdict of each event, in order. */
  take(delivery: Delivery, events: readonly (TrackedEvent | null)[]): readonly Verdict[] {
    const verdicts = events.map((event) => this.#judge(delivery, event))
    this.#keep({
      delivery,
      firstSeq: this.#seq + 1,
      verdicts: Uint8Array.from(verdicts, (one) => VERDICTS.indexOf(one)),
    })
    this.#seq += events.length
    return verdicts
  }

  /** The newest deliveries, newest first. */
  *newestFirst(): Generator<Entry> {
    for (let index = this.#entries.length - 1; index >= 0; index--) yield this.#entries[index]!
  }

  get lastSeq(): number {
    return this.#seq
  }

  clear(): void {
    this.window.clear()
    this.tallies.clear()
    this.#entries.length = 0
    this.#events = 0
    this.#bytes = 0
  }

  #judge(delivery: Delivery, event: TrackedEvent | null): Verdict {
    if (event === null) return 'refused'
    const name = countedAs(event.event, delivery.source)
    const verdict = delivery.testCode === null ? this.#sighting(delivery, event, name) : 'test'
    this.tallies.count(delivery.sourceId, name, verdict)
    return verdict
  }

  #sighting(delivery: Delivery, event: TrackedEvent, name: string): 'counted' | 'duplicate' | 'merged' {
    const id = textAt(event, 'event_id')?.toWellFormed() ?? null // ids are kept as UTF-8
    if (id === null) return 'counted'
    const sighting = this.window.see(delivery.sourceId, name, id, delivery.channel, delivery.at)
    return sighting === 'first' || !delivery.deduplicates ? 'counted' : sighting
  }

  #keep(entry: Entry): void {
    this.#entries.push(entry)
    this.#events += entry.verdicts.length
    this.#bytes += entry.delivery.body.length
    while (this.#entries.length > 1 && (this.#events > EVENTS_KEPT || this.#bytes > BYTES_KEPT)) {
      const oldest = this.#entries.shift()!
      this.#events -= oldest.verdicts.length
      this.#bytes -= oldest.delivery.body.length
    }
  }
}
