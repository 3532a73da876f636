import type { Reason } from '../core/outcome.ts'

/** An event as a sender handed it in, normalised, before it has a place in the queue. */
export interface NewEvent {
  /** Name of the event source. */
  readonly source: string
  /** De-duplicates within the source; at most 100 characters. */
  readonly messageId: string
  /** Event name of a track call, page name of a page call, else the type; for lists and filters. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** The normalised event as JSON text. */
  readonly payload: string
}

export interface QueuedEvent extends NewEvent {
  /** Place in the queue: grows, never reused. */
  readonly seq: number
}

/** Something a sender handed in that can never be an event of ours: too large, no identifier, not an object. */
export interface NewReject {
  /** Null when the write key was unknown. */
  readonly source: string | null
  readonly at: number
  readonly reason: Reason
  /** What was refused, cut to 64 KB. */
  readonly body: string
}

export interface StoredReject extends NewReject {
  readonly id: number
}

/** What one source has handed in since it exists, all read at one instant. */
export interface Intake {
  /** Includes `duplicate`. */
  readonly accepted: number
  readonly duplicate: number
  /** Stands outside the books. */
  readonly rejected: number
  /** Place of its newest event; 0 when there never was one. */
  readonly lastSeq: number
}

/** Thrown by `add` when nothing was kept: the disk is full or failing, or the queue is at its size limit. The sender must try again. */
export class QueueUnavailableError extends Error {
  override readonly name = 'QueueUnavailableError'
}

export type Added = 'added' | 'duplicate'

/** How long after an event its `messageId` marks another one as a repetition. */
export const DEDUPE_MS = 7 * 86_400_000

export interface EventFilter {
  readonly source?: string
  readonly name?: string
  /** Only events before this place. */
  readonly before?: number
  readonly limit: number
}

export interface PlaceFilter {
  readonly source?: string
  /** Only places after this one. */
  readonly after: number
  /** Received at this time or later, and before `to`; milliseconds since 1970. */
  readonly from?: number
  readonly to?: number
  readonly limit: number
}

export interface PruneRange {
  /** First and last place that is looked at. */
  readonly first: number
  readonly last: number
  /** Milliseconds since 1970. */
  readonly before: number
  readonly kept: readonly number[]
}

export interface Pruned {
  readonly removed: number
  /** True when the range holds an event received later: what follows is newer still. */
  readonly reachedNewer: boolean
}

/**
 * The log of everything senders handed in. Readers keep their own place in it (see `Journal`), so that a slow reader
 * costs the others nothing and nothing is ever taken out of order.
 */
export interface Queue {
  /**
   * Resolves when the events and rejects are on stable storage, one answer per event, in order. An event whose source
   * has one with this `messageId` that was received less than 7 days before is a duplicate and is only counted.
   * @throws QueueUnavailableError
   */
  add(events: readonly NewEvent[], rejects?: readonly NewReject[]): Promise<readonly Added[]>
  /** Up to `limit` events of a source after a place, oldest first. */
  read(source: string, after: number, limit: number): Promise<readonly QueuedEvent[]>
  /** The events at these places that are still kept; order not promised. */
  get(seqs: readonly number[]): Promise<readonly QueuedEvent[]>
  /** Events with this id that are still kept, oldest first; those older than 7 days need not be found. */
  find(source: string | null, messageId: string): Promise<readonly QueuedEvent[]>
  /** Newest first. */
  list(filter: EventFilter): Promise<readonly QueuedEvent[]>
  /** Places of events that are still kept, oldest first. */
  places(filter: PlaceFilter): Promise<readonly number[]>
  /** Newest first; at least those of the last 7 days, or the newest 10,000 when there are more. */
  rejects(filter: {
    readonly source?: string
    readonly before?: number
    readonly limit: number
  }): Promise<readonly StoredReject[]>
  /** Replaces the payload of a kept event; its place and `messageId` stay. */
  edit(seq: number, payload: string): Promise<void>
  /** Place of the newest event; 0 when there never was one. */
  head(): Promise<number>
  intake(source: string): Promise<Intake>
  /** Events accepted in each minute (since 1970) from `first` on, oldest first; minutes without any are left out. */
  volume(source: string, first: number): Promise<readonly { readonly minute: number; readonly accepted: number }[]>
  /** Milliseconds since 1970 of the last event of a source. */
  lastReceivedAt(source: string): Promise<number | null>
  /** Place of the oldest event that is kept; one more than `head` when none is. */
  tail(): Promise<number>
  /**
   * Drops events between two places that were received before a time, but for those whose places are in `kept` and those
   * that are not 7 days old.
   */
  prune(range: PruneRange): Promise<Pruned>
  close(): Promise<void>
}
