import { tokenOf } from './account_app.ts'
import { destinationTypes } from './catalog.ts'
import type { Destination } from './core/destination.ts'
import type { JsonObject } from './core/json.ts'
import type { Route, Sync } from './core/sync.ts'
import { type AccountSpec, type EventSyncSpec, isEventSync } from './kinds.ts'
import { compileRoute, isProblems } from './mapping/route.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'
import { createTikTok, type TikTok } from './tiktok/client.ts'

/** What a connection needs beside the store: how to reach the network, and for how long. */
export interface Outside {
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly timeoutMs: number
}

type Configured = Pick<Store, 'resources' | 'secrets' | 'pauses'>

/**
 * Every sync that should run now: enabled, whole, and nothing it needs is paused. One that cannot be opened is paused with
 * the reason; the others run.
 */
export async function loadSyncs(store: Configured, outside: Outside): Promise<readonly Sync[]> {
  const [resources, pauses] = await Promise.all([store.resources.list(), store.pauses.list()])
  const byIdentity = new Map(resources.map((resource) => [`${resource.kind}/${resource.name}`, resource]))
  const paused = new Set(pauses.map(({ subject }) => subject))
  const opened = resources
    .filter(({ kind, spec }) => kind === 'sync' && isEventSync(spec) && (spec as unknown as EventSyncSpec).enabled)
    .flatMap((sync) => partsOf(sync, byIdentity) ?? [])
    .filter(({ sync, account }) => !paused.has(`sync/${sync.name}`) && !paused.has(`account/${account.name}`))
    .map((parts) => openOrPause(store, parts, outside))
  return (await Promise.all(opened)).filter((sync) => sync !== null)
}

async function openOrPause(store: Configured, parts: SyncParts, outside: Outside): Promise<Sync | null> {
  try {
    return openSync(parts, await openAccount(store, parts.account, outside))
  } catch (error) {
    const { message } = error as Error
    await store.pauses.pause({ subject: `sync/${parts.sync.name}`, since: outside.now(), code: 'sync.broken', message })
    return null
  }
}

/** Changes whenever `loadSyncs` may give something else. */
export async function versionOf({ resources, pauses }: Pick<Store, 'resources' | 'pauses'>): Promise<string> {
  const [version, list] = await Promise.all([resources.version(), pauses.list()])
  return [version, ...list.map(({ subject }) => subject)].join(' ')
}

/** The resources one sync is made of. */
export interface SyncParts {
  readonly sync: StoredResource
  readonly destination: StoredResource
  readonly account: StoredResource
}

/** Null when something the sync refers to is gone, and when it carries no events. */
export function partsOf(sync: StoredResource, byIdentity: ReadonlyMap<string, StoredResource>): SyncParts | null {
  if (!isEventSync(sync.spec)) return null
  const { to } = sync.spec as unknown as EventSyncSpec
  const destination = byIdentity.get(`destination/${to.destination}`)
  const account = byIdentity.get(`account/${destination?.spec['account']}`)
  return destination && account ? { sync, destination, account } : null
}

/** A stored sync, compiled and connected. `tiktok` may be one that never calls, to explain what would be sent. */
export function openSync({ sync, destination, account }: SyncParts, tiktok: TikTok): Sync {
  const spec = sync.spec as unknown as EventSyncSpec
  const opened = openDestination(destination.spec, tiktok)
  return {
    name: sync.name,
    source: spec.from.event_source,
    revision: sync.revision,
    version: [sync, destination, account].map(({ revision }) => revision).join('.'),
    routes: spec.mappings.map((mapping) => routeOf(mapping, opened)),
    destination: opened,
    account: account.name,
  }
}

export function openDestination(spec: JsonObject, tiktok: TikTok): Destination {
  const type = destinationTypes.find((one) => one.type === spec['type'])
  if (!type) throw new Error(`Cannot open the destination: its type "${spec['type']}" is not one of ours`)
  return type.open(spec, tiktok)
}

/** An account's API, with its token. One that is not connected yet refuses every call and says so. */
export async function openAccount(
  store: Pick<Store, 'secrets'>,
  account: StoredResource,
  outside: Outside,
): Promise<TikTok> {
  const { api_url } = account.spec as unknown as AccountSpec
  const accessToken = (await tokenOf(store, account)) ?? ''
  return createTikTok({ ...outside, accessToken, baseUrl: api_url })
}

/** An account's API for looking only: it can say which request it would make. */
export function openOffline({ spec }: Pick<StoredResource, 'spec'>): TikTok {
  const { api_url } = spec as Partial<AccountSpec>
  const refuse = () => Promise.reject(new Error('Cannot call TikTok: this is offline'))
  return createTikTok({ accessToken: '', fetch: refuse, ...(api_url !== undefined && { baseUrl: api_url }) })
}

function routeOf(mapping: EventSyncSpec['mappings'][number], { fields }: Destination): Route {
  const route = compileRoute(mapping, fields)
  if (!isProblems(route)) return route
  // What is stored has been checked; this is data from another version of ours.
  throw new Error(
    `Cannot open the mapping "${mapping.name}": ${route.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
  )
}
