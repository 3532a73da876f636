import type { CallError } from './errors.ts'
import type { Json, JsonObject } from './json.ts'
import type { Outcome, Reason } from './outcome.ts'

export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'object' | 'objects' | 'texts'

/** One input of a destination. The validator, the console form and the docs page all read it here. */
export interface Field {
  readonly type: FieldType
  /** One sentence for the person who maps it. */
  readonly about: string
  readonly required?: boolean
  /** May hold one value or many (email, phone, external_id). */
  readonly many?: boolean
  /** Normalised and hashed with SHA-256 before it leaves. */
  readonly hashed?: boolean
  readonly choices?: readonly string[]
  readonly example?: Json
  /** Other names under which imported mappings know this field. */
  readonly aliases?: readonly string[]
  /** Where the value goes on the wire, such as `user.email`. */
  readonly wire: string
}

export type Fields = { readonly [name: string]: Field }

/** How one field came from its mapped value to its wire value; shown in the trace. */
export interface FieldNote {
  readonly field: string
  /** The value as mapped, masked when it is personal. */
  readonly from: string
  /** What was done: `trimmed and lower-cased, SHA-256`. */
  readonly rule: string
  readonly to: string
}

/** An item ready to be sent, as the wire wants it. */
export interface Item {
  /** The item as it will stand in the request, already JSON text, so that halving a batch never serialises twice. */
  readonly text: string
  /** Items with different keys never share a request (test event code, event source). */
  readonly batchKey: string
}

/** A mapped row after normalising, hashing and checking: an item to send, or the reasons why it cannot be one. */
export type Prepared =
  | { readonly kind: 'ready'; readonly item: Item; readonly warnings: readonly Reason[] }
  | { readonly kind: 'invalid'; readonly reasons: readonly [Reason, ...Reason[]] }

/** A request as TikTok would get it; the token is left out. */
export interface WireRequest {
  readonly method: 'POST' | 'GET'
  readonly url: string
  readonly body: string
}

/** What came of one write. Nothing that was decided is lost when a later call fails. */
export interface Written {
  /** One outcome per item, in order. */
  readonly outcomes: readonly Outcome[]
  /**
   * What ended the write early; the items it left undecided are postponed. A TerminalError: a person must act before
   * this destination is worth another call. A TransientError: back off. Null: every item was decided.
   */
  readonly stopped: CallError | null
}

/** Where mapped rows go. */
export interface Destination {
  readonly fields: Fields
  /** Most items one request may carry. */
  readonly batchSize: number
  /** Shapes one mapped row: normalised, hashed, checked. Pure; no network, no clock but `now` (ms). */
  prepare(row: JsonObject, now: number): Prepared
  /** How each field of a row was shaped, for the trace. */
  explain(row: JsonObject): readonly FieldNote[]
  /** The exact request that would carry these items. All must share one `batchKey`. */
  request(items: readonly Item[]): WireRequest
  /** Sends items that share one `batchKey`. Throws only when a promise of ours is broken, never a CallError. */
  write(items: readonly Item[]): Promise<Written>
}
