import type { Run, RunEstimate, RunKind, RunSlice } from '../core/run.ts'
import type { SchemaPolicy } from '../core/schema_policy.ts'
import type { Advertiser, DayRange } from '../core/stream.ts'
import type { Column, Table, Value } from '../core/table.ts'
import type { CheckStep, SchemaChange, StoredTable } from '../core/warehouse.ts'
import type { Health } from './contract.ts'

/**
 * What the console and the API say to each other about the road from TikTok into warehouses, under `/api/v1`. Types only.
 * Times are milliseconds since 1970; days are `YYYY-MM-DD` in the advertiser's zone.
 */

export type { Run, RunCounts, RunEstimate, RunKind, RunSlice, RunState, SliceState } from '../core/run.ts'
export type { SchemaPolicy } from '../core/schema_policy.ts'
export type { Advertiser, DayRange } from '../core/stream.ts'
export type { Column, Reference, Table, Value } from '../core/table.ts'
export type { CheckStep, SchemaChange, StoredTable } from '../core/warehouse.ts'

/** POST /oauth/start {name, apiUrl?, appId?, appSecret?}: where to send the browser. The callback is GET /api/v1/oauth/callback. */
export interface OAuthStart {
  readonly url: string
  /** What must be entered as redirect address in TikTok's developer portal. */
  readonly redirectUri: string
}

/**
 * GET /oauth/results/:id: how a sign-in went. The callback sends the browser to the console's `/accounts/:name?sign_in=:id`,
 * or to `/accounts?sign_in=:id` when there is no such account.
 */
export interface SignInResult {
  readonly ok: boolean
  /** Null when it is not known which account the sign-in was for. */
  readonly account: string | null
  /** `oauth.expired`, `tiktok.…`; null when it went well. */
  readonly code: string | null
  readonly message: string
}

/** GET /accounts/:name/connection: who signed in, and what they may reach; read from TikTok at every call. */
export interface AccountConnection {
  readonly steps: readonly CheckStep[]
  readonly user: { readonly name: string; readonly email: string | null; readonly pictureUrl: string | null } | null
  readonly scopes: readonly string[]
  readonly advertisers: readonly (Advertiser & {
    readonly status: string
    readonly role: string | null
    /** What is lacking, such as a permission; null when nothing is. */
    readonly lacks: string | null
  })[]
  /** How the token came. */
  readonly connectedBy: 'oauth' | 'token'
}
// POST /accounts/:name/disconnect revokes the token at TikTok; data in warehouses stays.

/** POST /warehouses/check {spec, schema?, name?}, and GET /warehouses/:name/check[?schema=]. */
export interface WarehouseCheck {
  readonly ok: boolean
  readonly steps: readonly CheckStep[]
}

/** GET /streams[?sync=]: every table TikTok can fill, custom reports included. */
export interface StreamList {
  readonly streams: readonly StreamInfo[]
}

export interface StreamInfo {
  readonly table: Table
  readonly isDefault: boolean
  readonly callsPerSlice: number
}

/** GET /syncs/:name/streams: one line for each stream of a sync from TikTok. */
export interface SyncStreams {
  readonly sync: string
  readonly account: string
  readonly warehouse: string
  readonly schema: string
  readonly health: Health
  readonly because: string
  readonly nextRunAt: number | null
  readonly running: Run | null
  readonly lastRun: Run | null
  readonly streams: readonly StreamState[]
}

export type StreamWord = 'off' | 'never_run' | 'running' | 'fresh' | 'stale' | 'failing' | 'waiting_for_review'

export interface StreamState {
  readonly stream: string
  readonly group: Table['group']
  readonly mode: Table['mode']
  readonly key: readonly string[]
  readonly isOn: boolean
  readonly state: StreamWord
  readonly because: string | null
  /** Days the last run read. */
  readonly window: DayRange | null
  readonly lastRunAt: number | null
  readonly lastRunMs: number | null
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly removed: number
  readonly rowsStored: number | null
  /** Last day that was read, by advertiser. */
  readonly through: readonly { readonly advertiserId: string; readonly advertiser: string; readonly day: string }[]
  readonly schemaChanges: number
}

/** POST /syncs/:name/estimate {kind, streams?, days?}; POST /syncs/estimate {spec} before it is saved. */
export type Estimate = RunEstimate

/** POST /runs {sync, kind, streams?, days?, acceptsEmpty?} → Run. GET /runs[?sync=&before=&limit=]. POST /runs/:id/cancel → Run. */
export interface RunList {
  readonly runs: readonly Run[]
}

export interface RunAsked {
  readonly sync: string
  readonly kind: RunKind
  readonly streams?: readonly string[]
  readonly days?: DayRange
  readonly acceptsEmpty?: boolean
}

/** GET /runs/:id */
export interface RunDetail {
  readonly run: Run
  readonly slices: readonly RunSlice[]
  /** Slices per minute over the last minutes; null until that is known. */
  readonly slicesPerMinute: number | null
  readonly secondsLeft: number | null
}

/** GET /schema-changes[?sync=&open=true]; POST /schema-changes/:id {decision} */
export interface SchemaChangeList {
  readonly changes: readonly SchemaChangeRow[]
}

export interface SchemaChangeRow {
  readonly id: string
  readonly sync: string
  readonly table: string
  readonly change: SchemaChange
  readonly severity: 'safe' | 'review' | 'breaking'
  readonly detectedAt: number
  /** What a person, or the policy, decided; null while it waits. */
  readonly decision: 'accept' | 'ignore' | 'pause' | null
  readonly decidedBy: string | null
  readonly decidedAt: number | null
  readonly policy: SchemaPolicy
  /** The statements that accepting it runs. */
  readonly ddl: readonly string[]
  readonly samples: readonly string[]
  readonly affectedReports: readonly string[]
}

/** GET /restatements[?sync=&table=&column=&from=&to=&limit=] */
export interface RestatementList {
  readonly restatements: readonly RestatementRow[]
}

export interface RestatementRow {
  readonly sync: string
  readonly run: string
  readonly at: number
  readonly table: string
  readonly advertiserId: string
  readonly day: string | null
  readonly column: string
  readonly before: string
  readonly after: string
  readonly rows: number
}

/** GET /reporting/choices?type=&data_level=&dimensions=a,b&aggregation=: what may be chosen next, and why the rest may not. */
export interface ReportChoices {
  readonly types: readonly Choice[]
  readonly dataLevels: readonly Choice[]
  readonly aggregations: readonly Choice[]
  readonly dimensions: readonly Choice[]
  readonly metrics: readonly MetricChoice[]
}

export interface Choice {
  readonly name: string
  readonly about: string
  /** Why it may not be chosen with the rest; null when it may. */
  readonly illegal: string | null
  /** It comes with the rest and cannot be left out. */
  readonly locked: boolean
}

export interface MetricChoice extends Choice {
  readonly group: string
  readonly column: Column
}

/** POST /reporting/check {name?, spec}: what is wrong, and what it would become. */
export interface ReportCheck {
  readonly problems: readonly { readonly path: string; readonly message: string; readonly rule: string | null }[]
  /** Null while there are problems. */
  readonly table: Table | null
  readonly ddl: readonly string[]
  readonly callsPerDay: number | null
}

/** POST /reporting/preview {spec, account, advertiserId, day}: ten rows from TikTok, nothing stored. */
export interface RowsPreview {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Value[])[]
  /** How many rows there are in all, where that is known. */
  readonly total: number | null
}

/** GET /erd[?sync=]: the tables with what stands in the warehouse; without a sync, the catalogue alone. */
export interface Erd {
  readonly schema: string | null
  readonly tables: readonly ErdTable[]
}

export interface ErdTable {
  readonly table: Table
  /** What every table gets from us, such as `_synced_at`. */
  readonly auditColumns: readonly Column[]
  readonly isOn: boolean
  readonly rows: number | null
  readonly syncedAt: number | null
}

// GET /schema/export?sync=&format=sql|dbml|mermaid → text/plain

/** GET /warehouses/:name/tables?schema= */
export interface StoredTableList {
  readonly tables: readonly StoredTable[]
}

// POST /warehouses/:name/query {sql, limit?} → RowsPreview (one reading statement)

/** POST /warehouses/:name/series {schema, table, columns, advertiserId?, from?, to?}: sums by day, for charts. */
export interface Series {
  readonly days: readonly { readonly day: string; readonly values: Readonly<Record<string, string | null>> }[]
}
