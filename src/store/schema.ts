import type { Generated } from 'kysely'
import type { DeliveryState } from '../core/books.ts'

/** Our own tables, as Kysely sees them. Times are milliseconds since 1970; `json` columns are text. */
export interface Schema {
  meta: { key: string; value: string }
  resources: ResourceRow
  resource_revisions: { kind: string; name: string; revision: number; spec: string; at: number; who: string }
  secrets: { subject: string; ciphertext: string }
  pauses: { subject: string; since: number; code: string; message: string }
  readers: ReaderRow
  deliveries: DeliveryRow
  calls: CallRow
  books: BooksRow
  volume: { minute: number; sync: string; delivered: number; dead: number }
  audit: {
    id: Generated<number>
    at: number
    who: string
    what: string
    subject: string
    detail: string
    hash: string
  }
  sessions: { id_hash: string; csrf: string; created_at: number; seen_at: number }
}

export interface ResourceRow {
  kind: string
  name: string
  spec: string
  revision: number
  updated_at: number
  managed_by: 'console' | 'files'
}

/**
 * Where a sync stands in the queue of its source. `base_*`: what the source had taken in when the sync began, less what
 * the sync had settled before.
 */
export interface ReaderRow {
  sync: string
  source: string
  /** Where it began the first time: it may have deliveries of later events only. */
  first_seq: number
  start_seq: number
  /** Where it left; null while it reads. */
  end_seq: number | null
  position: number
  base_accepted: number
  base_duplicate: number
  last_delivered_at: number | null
  /** Set while calls fail: since when, when the next one is tried, and the last failure. */
  failing_since: number | null
  retry_at: number | null
  failure: string | null
}

/** One event on its way through one mapping of one sync; `mapping` is '' when none matched. */
export interface DeliveryRow {
  seq: number
  sync: string
  mapping: string
  state: DeliveryState
  reason_code: string | null
  reason: string | null
  attempts: number
  first_attempt_at: number | null
  due_at: number | null
  /** 1 when TikTok may have taken it although we never heard so. */
  unknown: number
  /** Ids of the calls that carried it, oldest first, as a JSON array. */
  calls: string
  revision: number
  updated_at: number
}

export interface CallRow {
  id: Generated<number>
  sync: string
  sent_at: number
  duration_ms: number
  method: string
  url: string
  status: number
  code: number | null
  message: string
  request_id: string | null
  items: number
}

/** Verdicts counted so far, per sync and per source. */
export interface BooksRow {
  scope: 'sync' | 'source'
  name: string
  filtered: number
  suppressed: number
  delivered: number
  dead: number
}
