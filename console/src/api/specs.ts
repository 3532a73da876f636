import type { Json, JsonObject, Resource } from '../../../src/server/contract.ts'

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

/** Spec of a `sync`: source, destination and the mappings between them. */
export interface SyncSpec {
  readonly from: { readonly event_source: string }
  readonly to: { readonly destination: string }
  readonly enabled?: boolean
  readonly mappings: readonly MappingSpec[]
}

/** A resource whose spec has the given shape. The server has checked it against its schema. */
export type Typed<S> = Omit<Resource, 'spec'> & { readonly spec: S }

/** Reads a resource's spec as the shape of its kind. */
export const typed = <S>(resource: Resource): Typed<S> => resource as unknown as Typed<S>

/** The spec as plain JSON, without the keys that are undefined. */
export const plain = (spec: object): JsonObject => JSON.parse(JSON.stringify(spec)) as JsonObject

/** True for a secret as the API shows it. */
export const isStoredSecret = (value: unknown): value is StoredSecret =>
  typeof value === 'object' && value !== null && (value as { secret?: Json }).secret === true
