import type { Json, JsonObject, Resource } from '../../../src/server/contract.ts'
import type { SchemaPolicy } from '../../../src/server/contract_streams.ts'
import { isObject } from './json.ts'

/** A secret as the API shows it: never its text. */
export interface StoredSecret {
  readonly secret: true
  readonly hint?: string
  /** Where it is read from, such as `env:NAME`; null when it is stored here. */
  readonly ref?: string | null
}

/** Spec of an `account`: one login or token at TikTok. */
export interface AccountSpec {
  readonly access_token?: string | StoredSecret
  /** Developer app; without one only advertisers that are named can be read. */
  readonly app_id?: string
  readonly app_secret?: string | StoredSecret
  readonly api_url?: string
  readonly advertiser_id?: string
}

/** Spec of an `event_source`: a write key that senders use. */
export interface SourceSpec {
  readonly type: string
  readonly write_key: string | StoredSecret
  readonly allowed_origins?: readonly string[]
  readonly strict_keys?: boolean
}

/** Spec of a `destination`: a pixel that takes events. */
export interface DestinationSpec {
  readonly type: string
  readonly account: string
  readonly pixel_code: string
  readonly default_country?: string
  readonly unsupported_currency?: 'reject' | 'drop_value'
  readonly test_event_code?: string
}

/** One rule of a sync: which events, and how they become TikTok's. */
export interface MappingSpec {
  readonly name: string
  readonly enabled?: boolean
  readonly preset?: string
  readonly preset_set?: string
  readonly when?: string
  /** A text, or a directive that computes it. */
  readonly event?: Json
  readonly fields?: JsonObject
}

/** Spec of a `sync` that carries events: source, destination and the mappings between them. */
export interface SyncSpec {
  readonly from: { readonly event_source: string }
  readonly to: { readonly destination: string }
  readonly enabled?: boolean
  readonly mappings: readonly MappingSpec[]
}

/** When a connection runs: by a cron line in a zone, every so many minutes, or (null) only when told to. */
export type Schedule = { readonly cron: string; readonly zone?: string } | { readonly every_minutes: number } | null

/** Spec of a `sync` that fills warehouse tables; people call it a connection. What is left out has the server's default. */
export interface ConnectionSpec {
  readonly from: {
    readonly account: string
    /** Ids; all that the account reaches when left out. */
    readonly advertisers?: readonly string[]
    /** The usual ones when left out. */
    readonly streams?: readonly string[]
  }
  readonly to: { readonly warehouse: string; readonly schema?: string }
  readonly enabled?: boolean
  readonly schedule?: Schedule
  readonly history_days?: number
  readonly backfill_days?: number
  readonly schema_policy?: SchemaPolicy
}

/** Spec of a `warehouse`; the fields beside the type are those of its JSON Schema. */
export interface WarehouseSpec {
  readonly type: string
  readonly [field: string]: Json
}

/** Spec of a `report`: a custom report, by TikTok's names. */
export interface ReportSpec {
  readonly type: 'basic' | 'audience'
  readonly data_level: 'advertiser' | 'campaign' | 'adgroup' | 'ad'
  readonly dimensions?: readonly string[]
  readonly aggregation: 'hour' | 'day' | 'lifetime'
  readonly metrics: readonly string[]
  /** Only rows of objects that fit all of these. */
  readonly filters?: readonly { readonly field: string; readonly type?: string; readonly values: readonly string[] }[]
}

/** True for a sync that fills warehouse tables; the others carry events. */
export const isConnection = ({ spec }: Resource): boolean => isObject(spec['from']) && 'account' in spec['from']

/** A resource whose spec has the given shape. The server has checked it against its schema. */
export type Typed<S> = Omit<Resource, 'spec'> & { readonly spec: S }

/** Reads a resource's spec as the shape of its kind. */
export const typed = <S>(resource: Resource): Typed<S> => resource as unknown as Typed<S>

/** The spec as plain JSON, without the keys that are undefined. */
export const plain = (spec: object): JsonObject => JSON.parse(JSON.stringify(spec)) as JsonObject

/** True for a secret as the API shows it. */
export const isStoredSecret = (value: unknown): value is StoredSecret =>
  typeof value === 'object' && value !== null && (value as { secret?: Json }).secret === true
