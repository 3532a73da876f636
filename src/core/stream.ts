import type { Row, Table } from './table.ts'

/** `YYYY-MM-DD` in the advertiser's zone. */
export type Day = string

/** First and last day, both included. */
export interface DayRange {
  readonly from: Day
  readonly to: Day
}

/** Whose data is read, as TikTok describes the account now. */
export interface Advertiser {
  readonly id: string
  readonly name: string
  readonly currency: string
  /** IANA name, such as `America/New_York`. */
  readonly timezone: string
}

/** A piece of a table that is read in one go and replaced in one transaction; null days: all there is. */
export interface Slice {
  readonly days: DayRange | null
}

/** One page of rows as TikTok gave them. */
export interface Page {
  readonly rows: readonly Row[]
  /** Rows of the whole slice, as far as TikTok has said so; null when it has not. */
  readonly total: number | null
}

/**
 * A stream opened with an account: rows of one advertiser from TikTok. Pages may repeat a key when rows move while they are
 * read; the last one counts. Throws a CallError; nothing of the slice counts then.
 */
export interface Source {
  read(advertiser: Advertiser, slice: Slice): AsyncIterable<Page>
}

/** A table that TikTok fills, as a kind of thing: what it holds and how it is cut. Opening it gives a Source. */
export interface Stream<Client> {
  readonly table: Table
  /** Switched on unless a person says otherwise. */
  readonly isDefault: boolean
  /** Calls that reading one slice takes at least, for estimates; pages beyond the first come on top. */
  readonly callsPerSlice: number
  /** The pieces in which these days are read, newest first; one piece without days when the table is not cut by days. */
  slices(days: DayRange): readonly Slice[]
  open(client: Client): Source
}

/** What reading meets beside rows; it goes to the run's page, never to the rows. */
export type ReadNote =
  | { readonly kind: 'call'; readonly path: string; readonly requestId: string | null; readonly durationMs: number }
  /** We waited, for our own budget or because TikTok said so. */
  | { readonly kind: 'waited'; readonly waitedMs: number; readonly because: string }
  | { readonly kind: 'retried'; readonly code: string; readonly message: string }
  /** TikTok cut the answer short; what was missing was read another way. */
  | { readonly kind: 'truncated'; readonly message: string }
  /** Rows moved between pages; the slice was read again. */
  | { readonly kind: 'shifted'; readonly message: string }
  /** TikTok refused these metrics; their columns stay null. */
  | { readonly kind: 'metrics_dropped'; readonly metrics: readonly string[]; readonly message: string }
  /** A field that no column of ours holds. */
  | { readonly kind: 'unknown_field'; readonly field: string; readonly sample: string }

export type OnNote = (note: ReadNote) => void
