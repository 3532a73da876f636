import type { Generated } from 'kysely'
import type { DeliveryState } from '../core/books.ts'
import type { RunKind, RunState, SliceState } from '../core/run.ts'

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
  runs: RunRow
  run_slices: RunSliceRow
  /** Who runs a sync, until when; the fence grows with every new holder. */
  run_leases: { sync: string; fence: number; owner: string; until: number }
  /** How a sync stands after its last run; both columns are json. */
  sync_standings: { sync: string; advertisers: string; streams: string; updated_at: number }
  schema_changes: SchemaChangeRow
  restatements: RestatementRow
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

export interface RunRow {
  /** Sorts by the time it was asked for. */
  id: string
  sync: string
  kind: RunKind
  state: RunState
  /** JSON array; null: all that are switched on. */
  streams: string | null
  day_from: string | null
  day_to: string | null
  accepts_empty: number
  who: string
  created_at: number
  started_at: number | null
  ended_at: number | null
  /** JSON of a Reason. */
  reason: string | null
  /** Subject of the pause after which a failed run goes on. */
  waits_for: string | null
  cancel_asked: number
  is_planned: number
  /** JSON of RunCounts. */
  counts: string
}

export interface RunSliceRow {
  run: string
  position: number
  stream: string
  advertiser_id: string
  day_from: string | null
  day_to: string | null
  is_final: number
  state: SliceState
  started_at: number | null
  ended_at: number | null
  /** JSON of a Reason. */
  reason: string | null
  /** JSON of SliceFigures; null before it was read. */
  figures: string | null
}

export interface SchemaChangeRow {
  id: string
  sync: string
  /** Says whether two runs met the same change. */
  fingerprint: string
  table_name: string
  /** JSON, as are `ddl` and `samples`. */
  change: string
  decided_by_policy: string
  policy: string
  ddl: string
  samples: string
  detected_at: number
  decision: string | null
  decided_by: string | null
  decided_at: number | null
}

export interface RestatementRow {
  sync: string
  run: string
  at: number
  table_name: string
  advertiser_id: string
  day: string | null
  column_name: string
  before: string
  after: string
  rows: number
}
