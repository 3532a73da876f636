import { CallError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { Advertiser } from '../core/stream.ts'
import type { Answer } from './client.ts'
import type { Endpoint } from './endpoint.ts'
import { ADVERTISERS_PER_CALL, advertiserInfo } from './endpoints/advertiser_info.ts'
import { type AccessToken, oauth2AccessToken } from './endpoints/oauth2_access_token.ts'
import { oauth2AdvertiserGet } from './endpoints/oauth2_advertiser_get.ts'
import { oauth2RevokeToken } from './endpoints/oauth2_revoke_token.ts'

/** How a person lets an app read their ad accounts, and takes it back. Source: TikTok API for Business v1.3, Authentication. */

/** What calls TikTok: a reader, or the bare client. */
export interface Caller {
  call<Params extends object, Data>(endpoint: Endpoint<Params, Data>, params: Params): Promise<Answer<Data>>
}

/** A developer app, from TikTok's developer portal. */
export interface App {
  readonly appId: string
  readonly secret: string
}

export interface Consent {
  readonly appId: string
  /** Must stand in the app at TikTok's developer portal, letter by letter. */
  readonly redirectUri: string
  /** Comes back with the code; ties the answer to the browser that asked. */
  readonly state: string
  /** Base address of the API; the consent page stands at the same host. */
  readonly apiUrl: string
}

/** Address of the page where a person chooses the accounts an app may read. */
export function consentUrl({ appId, redirectUri, state, apiUrl }: Consent): string {
  const query = new URLSearchParams({ app_id: appId, state, redirect_uri: redirectUri })
  return `${new URL(apiUrl).origin}/portal/auth?${query}`
}

/** A token for the code that the browser brought back. Throws a TerminalError when the code is old or used, or the app wrong. */
export async function exchangeCode(caller: Caller, app: App, authCode: string): Promise<AccessToken> {
  const params = { app_id: app.appId, secret: app.secret, auth_code: authCode }
  return (await caller.call(oauth2AccessToken, params)).data
}

/** Makes a token useless. Throws a CallError; a TerminalError when it was useless before. */
export async function revokeToken(caller: Caller, app: App, accessToken: string): Promise<void> {
  await caller.call(oauth2RevokeToken, { app_id: app.appId, secret: app.secret, access_token: accessToken })
}

/** An advertiser as the account reaches it now. */
export interface ReachedAdvertiser extends Advertiser {
  /** Such as STATUS_ENABLE; `unknown` when TikTok tells us nothing about it. */
  readonly status: string
  /** Such as ROLE_ADVERTISER. */
  readonly role: string | null
  /** Why it cannot be read; null when it can. */
  readonly lacks: string | null
}

export interface ListAdvertisersOptions {
  /** Null when only a token is known; then only `ids` can be told about, since listing needs the app. */
  readonly app: App | null
  /** Advertisers named in the configuration. */
  readonly ids: readonly string[]
}

/**
 * The advertisers a token reaches now, by name; with an app all of them, else those of `ids` it reaches. One that is out of
 * reach is listed with what it lacks. Throws a CallError when the token itself is no good.
 */
export async function listAdvertisers(caller: Caller, options: ListAdvertisersOptions): Promise<ReachedAdvertiser[]> {
  const names = await grantedNames(caller, options)
  const found = await inChunks([...names.keys()], (ids) => readInfo(caller, ids, names))
  return found.toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}

/** Names by id; of those we only know to look for, the id stands for the name. */
async function grantedNames(
  caller: Caller,
  { app, ids }: ListAdvertisersOptions,
): Promise<ReadonlyMap<string, string>> {
  const named = new Map(ids.map((id) => [id, id]))
  if (app === null) return named
  try {
    const { data } = await caller.call(oauth2AdvertiserGet, { app_id: app.appId, secret: app.secret })
    return new Map(data.map(({ advertiser_id, advertiser_name }) => [advertiser_id, advertiser_name || advertiser_id]))
  } catch (error) {
    // A sandbox has no such list: its token is bound to one advertiser, which a person must name.
    if (error instanceof CallError && error.code === 'tiktok.denied') return named
    throw error
  }
}

async function inChunks<Item>(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<Item[]>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let from = 0; from < ids.length; from += ADVERTISERS_PER_CALL) {
    items.push(...(await read(ids.slice(from, from + ADVERTISERS_PER_CALL))))
  }
  return items
}

const OUT_OF_REACH: ReadonlySet<string> = new Set(['tiktok.no_permission', 'tiktok.gone'])

/** One advertiser out of reach makes TikTok refuse all of the call, so the rest is asked for in halves. */
async function readInfo(
  caller: Caller,
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
): Promise<ReachedAdvertiser[]> {
  try {
    const { data } = await caller.call(advertiserInfo, { advertiser_ids: ids })
    const infos = new Map(data.list.map((info) => [String(info['advertiser_id']), info]))
    return ids.map((id) => {
      const info = infos.get(id)
      return info ? toAdvertiser(id, info) : outOfReach(id, names, 'TikTok tells nothing about it')
    })
  } catch (error) {
    if (!(error instanceof CallError) || !OUT_OF_REACH.has(error.code)) throw error
    if (ids.length === 1) return [outOfReach(ids[0]!, names, error.message)]
    const middle = ids.length >> 1
    const first = await readInfo(caller, ids.slice(0, middle), names)
    return [...first, ...(await readInfo(caller, ids.slice(middle), names))]
  }
}

function toAdvertiser(id: string, info: JsonObject): ReachedAdvertiser {
  const text = (name: string): string | null => {
    const value = info[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    id,
    name: text('name') ?? id,
    currency: text('currency') ?? '',
    // `timezone` may be `Etc/GMT+8`, which means eight hours behind UTC; `display_timezone` names the place.
    timezone: text('display_timezone') ?? text('timezone') ?? 'UTC',
    status: text('status') ?? 'unknown',
    role: text('role'),
    lacks: null,
  }
}

function outOfReach(id: string, names: ReadonlyMap<string, string>, lacks: string): ReachedAdvertiser {
  return { id, name: names.get(id) ?? id, currency: '', timezone: 'UTC', status: 'unknown', role: null, lacks }
}
