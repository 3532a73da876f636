import type { EventLimits, Sender } from '../../event_sources/event_source.ts'
import type { Queue } from '../../store/queue.ts'

/** An event source as a person set it up. */
export interface ConfiguredSource {
  readonly name: string
  /** The sender it takes events from, such as `segment`. */
  readonly type: string
  readonly writeKey: string
  /** Web origins whose pages may send, such as `https://shop.example`. Absent: all. A request without Origin always may. */
  readonly allowedOrigins?: readonly string[]
  /** The key counts only in a header, never in a body or an address: for keys that only servers know. */
  readonly strictKeys?: boolean
  /** Must come with the key, as the password of Basic authorization. */
  readonly secret?: string
  /** Events a second on average; more are told to come back. Absent: as many as we can keep. */
  readonly eventsPerSecond?: number
}

/** Finds the event source behind a write key. Asked for every request, so that a change counts from the next one on. */
export type SourceLookup = (writeKey: string) => ConfiguredSource | undefined

/**
 * Looks write keys up as they are. They need no digest and no comparison in constant time: browser keys stand in pages
 * for all to read, and a Map compares whole keys only after a seeded hash of both matched, which tells a guesser nothing.
 */
export function sourcesByKey(sources: readonly ConfiguredSource[]): SourceLookup {
  const byKey = new Map(sources.map((source) => [source.writeKey, source]))
  return (writeKey) => byKey.get(writeKey)
}

/** How much is taken at once, in bytes unless said otherwise. */
export interface IngestLimits extends EventLimits {
  /** Of one request, as sent and inflated. */
  readonly bodyBytesMax: number
  /** Of all requests whose events are not on disk yet; more of them are told to come back. */
  readonly waitingBytesMax: number
  /** Of all requests that have arrived in part. */
  readonly partialBytesMax: number
}

/** Segment's documented limits (HTTP API, "Max request size"), and two of our own that bound memory. */
export const INGEST_LIMITS: IngestLimits = {
  eventBytesMax: 32 * 1024,
  batchEventsMax: 2500,
  depthMax: 64,
  bodyBytesMax: 500 * 1024,
  waitingBytesMax: 32 * 1024 * 1024,
  partialBytesMax: 64 * 1024 * 1024,
}

/** What became of a request: `kept` is the only one that was answered with success. */
export type IngestOutcome = 'kept' | 'refused' | 'unknown_key' | 'origin' | 'busy' | 'unavailable' | 'cut' | 'failed'

/** Called once for every request that brings events. */
export interface IngestMetrics {
  request(outcome: IngestOutcome): void
  /** `accepted` includes `duplicate`, as in the books. */
  events(
    source: string,
    counts: { readonly accepted: number; readonly duplicate: number; readonly rejected: number },
  ): void
}

/** The part of a logger that is used here. Lines hold counts and codes, never keys, bodies or addresses. */
export interface IngestLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What the door for events needs from outside. */
export interface IngestOptions {
  readonly queue: Queue
  readonly senders: readonly Sender[]
  readonly sources: SourceLookup
  /** Looks whether the configuration has changed since; true when it has. Asked before a write key is called unknown. */
  readonly refreshSources?: () => Promise<boolean>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** This many random bytes. */
  readonly random: (bytes: number) => Uint8Array
  /** Proxies in front of us whose X-Forwarded-For is believed; 0 when senders reach us directly. */
  readonly trustProxyHops: number
  readonly limits?: Partial<IngestLimits>
  readonly metrics?: IngestMetrics
  readonly log?: IngestLog
}
