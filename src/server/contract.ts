import type { Books, DeliveryState, Standing } from '../core/books.ts'
import type { Field, FieldNote, WireRequest } from '../core/destination.ts'
import type { Receipt } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'
import type { RunState } from '../core/run.ts'

/**
 * What the console and the API say to each other, under `/api/v1`. Types only: the console imports nothing else of ours.
 * Times are milliseconds since 1970. Personal data is masked unless a call asks for `reveal` (which is audited).
 */

// Words of the core that the answers below are made of; the console knows them by this file alone.
export type { Books, DeliveryState, Standing } from '../core/books.ts'
export type { Field, FieldNote, FieldType, WireRequest } from '../core/destination.ts'
export type { Receipt } from '../core/errors.ts'
export type { Json, JsonObject } from '../core/json.ts'
export type { Reason } from '../core/outcome.ts'

/** Every error answer, whatever the status. */
export interface ApiError {
  readonly error: { readonly code: string; readonly message: string; readonly problems?: readonly Problem[] }
}

/** One thing wrong with what was sent to us, and where. */
export interface Problem {
  /** Such as `spec.mappings[2].when`. */
  readonly path: string
  readonly message: string
  /** Character of the text at `path`, when the problem is inside a trigger. */
  readonly position?: number
}

/** GET /session; POST /session {password}; DELETE /session. `csrf` goes back as header `x-csrf-token` on every write. */
export interface Session {
  /** `none`: bound to loopback, no password set, nothing to log in to. */
  readonly login: 'none' | 'required' | 'done'
  readonly csrf: string
  readonly version: string
  readonly demo: boolean
  /** Page of the local TikTok, when one runs beside us. */
  readonly simulatorUrl: string | null
  /** Base address for senders, such as `http://127.0.0.1:8700`. */
  readonly ingestUrl: string
}

/** GET /summary */
export interface Summary {
  readonly total: Books
  readonly sources: readonly (Books & { readonly name: string; readonly rejected: number })[]
  readonly syncs: readonly (Books & { readonly name: string })[]
}

export type Health = 'healthy' | 'retrying' | 'action_required' | 'paused' | 'idle'

/** GET /home: the state of both roads at a glance. */
export interface Home {
  readonly health: Health
  /** One sentence that says why. */
  readonly because: string
  readonly lastDeliveredAt: number | null
  readonly lastReceivedAt: number | null
  readonly total: Books
  readonly rejected: number
  /** The last 60 minutes, oldest first. */
  readonly volume: readonly VolumePoint[]
  readonly problems: readonly OpenProblem[]
  /** Those that carry events. */
  readonly syncs: readonly SyncState[]
  /** Those that fill warehouses from TikTok. */
  readonly streamSyncs: readonly StreamSyncState[]
  readonly counts: {
    readonly accounts: number
    readonly sources: number
    readonly destinations: number
    readonly warehouses: number
    readonly syncs: number
  }
}

export interface VolumePoint {
  readonly at: number
  readonly accepted: number
  readonly delivered: number
  readonly dead: number
}

/**
 * Something a person should look at: `account_paused`, `sync_paused`, `dead_letters`, `rejected`, `test_code`, `retrying`,
 * `run_failed`, `run_unconfirmed`, `schema_change`.
 */
export interface OpenProblem {
  readonly kind: string
  readonly title: string
  readonly detail: string
  readonly count: number
  readonly since: number | null
  /** Console path that shows it. */
  readonly link: string
}

export interface SyncState {
  readonly name: string
  readonly source: string
  readonly destination: string
  readonly health: Health
  readonly because: string
  readonly lastDeliveredAt: number | null
  /** Next automatic try while backing off. */
  readonly retryAt: number | null
  readonly books: Books
}

export interface StreamSyncState {
  readonly name: string
  readonly account: string
  readonly warehouse: string
  readonly schema: string
  readonly health: Health
  readonly because: string
  readonly isRunning: boolean
  /** The last run that has ended; null when none has. */
  readonly lastRun: { readonly id: string; readonly state: RunState; readonly endedAt: number } | null
  /** Null when it runs only when told to. */
  readonly nextRunAt: number | null
  /** End of the last run that left nothing out: what the tables hold is as TikTok had it then. */
  readonly freshAt: number | null
}

export type Kind = 'account' | 'event_source' | 'warehouse' | 'report' | 'destination' | 'sync'

/** GET /resources[?kind=] */
export interface ResourceList {
  readonly resources: readonly Resource[]
}

/** GET|PUT|DELETE /resources/:kind/:name. PUT takes `{ spec }` and answers the Resource as stored. */
export interface Resource {
  readonly kind: Kind
  readonly name: string
  /** Secrets read as `{ secret: true, hint: '…abcd' }`; write text to replace one, leave as it is to keep it. */
  readonly spec: JsonObject
  readonly revision: number
  readonly updatedAt: number
  /** `files`: the last change came from `backbeat apply`. */
  readonly managedBy: 'console' | 'files'
  readonly state: ResourceState
}

export interface ResourceState {
  readonly health: Health
  readonly because: string
}

/** GET /schemas/:kind: JSON Schema of a kind's spec. */
export type ResourceSchema = JsonObject

/** POST /accounts/:name/check: the connection, step by step. POST /accounts/:name/resume ends a pause. */
export interface Check {
  readonly ok: boolean
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[]
}

/** GET /destinations/:type/fields */
export type FieldTable = { readonly [field: string]: Field }

/** GET /presets */
export interface PresetList {
  readonly sets: readonly PresetSet[]
  /** Field mappings that a mapping without a preset starts from. */
  readonly base: JsonObject
}

export interface PresetSet {
  readonly name: string
  readonly title: string
  readonly presets: readonly Preset[]
}

export interface Preset {
  readonly name: string
  readonly title: string
  readonly when: string
  readonly event: string
  readonly mapping: JsonObject
}

/**
 * GET /events?source=&sync=&standing=&name=&code=&field=&q=&before=&limit= newest first. `q`: messageId, userId, anonymousId
 * or order id. `code` and `field`: of the reason of any delivery, as grouped by /dead-letters.
 * GET /events/stream: the same rows as server-sent events (`event: event`), as they are received and as they change.
 */
export interface EventList {
  readonly events: readonly EventRow[]
  /** Give as `before` for the next page; null at the end. */
  readonly next: number | null
}

export interface EventRow {
  readonly id: number
  readonly source: string
  readonly messageId: string
  readonly type: string
  /** Event name for track, page name for page, else the type. */
  readonly name: string
  readonly receivedAt: number
  readonly standing: Standing
  readonly deliveries: readonly {
    readonly sync: string
    readonly mapping: string | null
    readonly state: DeliveryState
    readonly reason: Reason | null
  }[]
  /** Which of email, phone, external_id, ttclid, ttp, ip, user_agent, url the event carries. */
  readonly keys: readonly string[]
}

/** GET /events/:id[?reveal=1]: received → rules → mapped → hashed → sent → answer. */
export interface Trace {
  readonly id: number
  readonly source: string
  readonly receivedAt: number
  readonly standing: Standing
  readonly event: JsonObject
  readonly syncs: readonly SyncTrace[]
}

export interface SyncTrace {
  readonly sync: string
  readonly destination: string
  /** Every mapping of the sync, matched or not. */
  readonly rules: readonly RuleTrace[]
  readonly deliveries: readonly DeliveryTrace[]
}

export interface RuleTrace {
  readonly mapping: string
  readonly when: string
  readonly enabled: boolean
  readonly matched: boolean
  readonly conditions: readonly { readonly text: string; readonly found: Json | null; readonly matched: boolean }[]
}

export interface DeliveryTrace {
  readonly mapping: string | null
  readonly state: DeliveryState | 'unread'
  readonly reason: Reason | null
  /** Fields as mapped from the event, before shaping. */
  readonly mapped: JsonObject | null
  readonly notes: readonly FieldNote[]
  readonly warnings: readonly Reason[]
  /** The item inside the request. */
  readonly item: Json | null
  readonly request: WireRequest | null
  readonly curl: string | null
  readonly attempts: number
  readonly firstAttemptAt: number | null
  readonly retryAt: number | null
  readonly revision: number | null
  /** Every call that carried it, newest first. */
  readonly calls: readonly Receipt[]
}

/**
 * POST /explain { event | id, sync | spec }: what would be sent and why. No network. `spec` is an unsaved sync spec. `id` takes
 * a stored event as it is, since the browser only holds it masked; the answer is masked the same way.
 */
export interface Explanation {
  readonly source: string | null
  readonly event: JsonObject
  readonly syncs: readonly SyncTrace[]
  readonly problems: readonly Problem[]
}

/** POST /test-send { event | id, sync | spec, testEventCode } sends one event now, outside the books. */
export interface TestSend {
  readonly sent: readonly {
    readonly mapping: string
    readonly ok: boolean
    readonly request: WireRequest
    readonly receipt: Receipt | null
    readonly reason: Reason | null
  }[]
}

/** POST /events/:id/resend → { queued } */
export interface Queued {
  readonly queued: number
}

/** GET /dead-letters: grouped by cause. */
export interface DeadLetters {
  readonly groups: readonly DeadGroup[]
}

export interface DeadGroup {
  readonly sync: string
  readonly code: string
  readonly field: string | null
  readonly message: string
  readonly remedy: string | null
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  /** Event ids of a few of them, newest first. */
  readonly samples: readonly number[]
}

/**
 * POST /replay { sync?, code?, field?, ids?, from?, to?, preview } puts dead letters (or chosen events) in line again
 * with the same event_id. `preview` only counts. PUT /events/:id { event } edits a dead letter before its replay (audited).
 */
export interface Replay {
  readonly events: number
  /** Tried first more than 48 hours ago: TikTok would count these again if it took them then. */
  readonly outsideWindow: number
  /** Of those, how many TikTok may have taken. */
  readonly unknown: number
  readonly queued: number
}

/** GET /rejects?source=&before=&limit=: what was refused at the door. */
export interface RejectList {
  readonly rejects: readonly Reject[]
  readonly next: number | null
}

export interface Reject {
  readonly id: number
  readonly source: string | null
  readonly at: number
  readonly reason: Reason
  /** The refused text, cut to 64 KB; masked. */
  readonly body: string
}

/** GET /audit?before=&limit= */
export interface AuditList {
  readonly entries: readonly {
    readonly id: number
    readonly at: number
    readonly who: string
    readonly what: string
    readonly subject: string
    readonly detail: string
  }[]
  readonly next: number | null
}
