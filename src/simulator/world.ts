import type { Settings } from './settings.ts'
import type { Blueprint } from './world/ad_world.ts'

export type EventSourceKind = 'web' | 'app' | 'offline' | 'crm'

/** A pixel, event set or app, by the id that events carry. */
export interface Asset {
  readonly name: string
  readonly advertiser_id: string
}

/** What a token may touch. */
export interface Grant {
  readonly state: 'active' | 'revoked' | 'expired'
  /** Ids, or all there are. */
  readonly advertisers: readonly string[] | 'all'
  /** Ids of event sources; absent means all of its advertisers. */
  readonly event_sources?: readonly string[]
}

export type ById<T> = { readonly [id: string]: T }

/** Everything that exists at this TikTok before the first event arrives. Never mutated: a change makes a new world. */
export interface World extends Blueprint {
  readonly tokens: ById<Grant>
  /** Developer apps, by app id. */
  readonly developer_apps: ById<{ readonly secret: string }>
  /** By pixel code. */
  readonly pixels: ById<Asset>
  readonly offline_event_sets: ById<Asset>
  readonly crm_event_sets: ById<Asset>
  readonly apps: ById<Asset>
  readonly settings: Settings
}

const SHELF = { web: 'pixels', app: 'apps', offline: 'offline_event_sets', crm: 'crm_event_sets' } as const

/** The event source that `id` names, or null. A pixel code is no offline event set, even when it exists. */
export function findAsset(world: World, kind: EventSourceKind, id: string): Asset | null {
  const shelf = world[SHELF[kind]]
  return Object.hasOwn(shelf, id) ? shelf[id]! : null
}

/** What a token may touch, or null for a token nobody knows. */
export const findGrant = (world: World, token: string): Grant | null =>
  Object.hasOwn(world.tokens, token) ? world.tokens[token]! : null

/** Whether a token was given for an advertiser. */
export const reaches = (grant: Grant, advertiserId: string): boolean =>
  grant.advertisers === 'all' || grant.advertisers.includes(advertiserId)

/** Whether a token may send to an event source. */
export const mayUse = (grant: Grant, id: string, asset: Asset): boolean =>
  reaches(grant, asset.advertiser_id) && (grant.event_sources?.includes(id) ?? true)
