import type { Receipt } from './errors.ts'

/** Why an item did not arrive: a stable code for machines, sentences for people. */
export interface Reason {
  /** `area.reason`, stable. */
  readonly code: string
  /** What happened, with the value masked. */
  readonly message: string
  /** Field of the destination it is about, such as `properties.currency`. */
  readonly field?: string
  /** What to do about it. */
  readonly remedy?: string
}

/** What became of one item. Every item handed to a destination gets exactly one. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly receipt: Receipt }
  /** Never will be; the data or the mapping must change. */
  | { readonly kind: 'rejected'; readonly reason: Reason; readonly receipt: Receipt | null }
  /** Try again later. `unknown`: it may have arrived. `free`: this try spends no attempt. */
  | {
      readonly kind: 'postponed'
      readonly reason: Reason
      readonly unknown: boolean
      readonly free: boolean
      readonly retryAfterMs: number | null
      readonly receipt: Receipt | null
    }
