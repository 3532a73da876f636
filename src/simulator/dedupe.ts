import { getOrAdd } from './get_or_add.ts'
import { IdTable } from './id_table.ts'

/** How an event came: from the browser's pixel, or from a server through the Events API. */
export type Channel = 'pixel' | 'server'

export type Sighting = 'first' | 'duplicate' | 'merged'

/** Copies this long after the first are dropped. Source: TikTok help, "Event deduplication". */
export const WINDOW_MS = 48 * 3_600_000
/** A copy from the other channel this soon after the first is merged into it. Same source. */
export const MERGE_MS = 300_000

const BIT = { pixel: 1, server: 2 } as const
const BITS = 4

/** Where events of one name arrive at one event source. */
interface Stream {
  readonly number: number
  readonly sourceId: string
  readonly event: string
}

/** Ids first seen within 48 hours of its start, each with (ms since the start) × 4 + channels seen. */
interface Generation {
  readonly startedAt: number
  readonly ids: IdTable
}

/** An id that was counted, and when it was first seen (ms). */
export interface FirstSeen {
  readonly sourceId: string
  readonly event: string
  readonly eventId: string
  readonly at: number
}

const newGeneration = (startedAt: number): Generation => ({ startedAt, ids: new IdTable() })

const firstSeenAt = ({ startedAt, ids }: Generation, entry: number): number =>
  startedAt + Math.floor(ids.valueAt(entry) / BITS)

function judge(generation: Generation, stream: number, eventId: string, channel: Channel, at: number): Sighting {
  const { ids } = generation
  const entry = ids.find(stream, eventId)
  if (entry < 0) return 'first'
  const age = at - firstSeenAt(generation, entry)
  if (age >= WINDOW_MS) return 'first'
  const isFromOtherChannel = (ids.valueAt(entry) & BIT[channel]) === 0
  if (!isFromOtherChannel || age > MERGE_MS) return 'duplicate'
  ids.setValueAt(entry, ids.valueAt(entry) | BIT[channel])
  return 'merged'
}

/**
 * Remembers for 48 hours which (event source, event, event_id) came first and when. Kept in two generations of
 * 48 hours, so that forgetting is dropping one table and never a sweep; an entry lives 48 to 96 hours.
 */
export class DedupeWindow {
  /** Event source id → event name → stream. */
  readonly #sources = new Map<string, Map<string, Stream>>()
  readonly #streams: Stream[] = []
  #current: Generation | null = null
  #previous: Generation | null = null

  /** Notes an event and says whether TikTok counts it, merges it into the first copy or drops it. */
  see(sourceId: string, event: string, eventId: string, channel: Channel, at: number): Sighting {
    const current = this.#generationAt(at)
    const stream = this.#streamOf(sourceId, event).number
    const now = judge(current, stream, eventId, channel, at)
    if (now !== 'first') return now
    const before = this.#previous === null ? 'first' : judge(this.#previous, stream, eventId, channel, at)
    if (before !== 'first') return before
    current.ids.add(stream, eventId, (at - current.startedAt) * BITS + BIT[channel])
    return 'first'
  }

  /** Every id still remembered, oldest first. An id counted twice comes twice. */
  *remembered(): Generator<FirstSeen> {
    for (const generation of this.#generations()) {
      for (let entry = 0; entry < generation.ids.size; entry++) yield this.#seen(generation, entry)
    }
  }

  /** What is remembered of one id, at any event source and under any name. */
  find(eventId: string): readonly FirstSeen[] {
    return this.#generations().flatMap((generation) =>
      this.#streams
        .map((stream) => generation.ids.find(stream.number, eventId))
        .filter((entry) => entry >= 0)
        .map((entry) => this.#seen(generation, entry)),
    )
  }

  clear(): void {
    this.#sources.clear()
    this.#streams.length = 0
    this.#current = null
    this.#previous = null
  }

  #generations(): readonly Generation[] {
    return [this.#previous, this.#current].filter((generation) => generation !== null)
  }

  #seen(generation: Generation, entry: number): FirstSeen {
    const { sourceId, event } = this.#streams[generation.ids.streamAt(entry)]!
    return { sourceId, event, eventId: generation.ids.idAt(entry), at: firstSeenAt(generation, entry) }
  }

  #streamOf(sourceId: string, event: string): Stream {
    const events = getOrAdd(this.#sources, sourceId, () => new Map<string, Stream>())
    return getOrAdd(events, event, () => {
      const stream = { number: this.#streams.length, sourceId, event }
      this.#streams.push(stream)
      return stream
    })
  }

  #generationAt(at: number): Generation {
    const current = this.#current ?? newGeneration(at)
    const age = Math.abs(at - current.startedAt) // a clock set back far also begins a new one
    if (age >= WINDOW_MS) this.#previous = age < 2 * WINDOW_MS ? current : null
    this.#current = age < WINDOW_MS ? current : newGeneration(at)
    return this.#current
  }
}
