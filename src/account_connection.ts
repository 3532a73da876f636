import { type AppSettings, appOf, type SignInRecord, signInOf, tokenOf } from './account_app.ts'
import type { Outside } from './connect.ts'
import { CallError, TransientError } from './core/errors.ts'
import type { CheckStep } from './core/warehouse.ts'
import { type AccountSpec, isStreamSync, type StreamSyncSpec } from './kinds.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'
import { createTikTok, type TikTok } from './tiktok/client.ts'
import { pixelList } from './tiktok/endpoints/pixel_list.ts'
import { userInfo } from './tiktok/endpoints/user_info.ts'
import { type App, listAdvertisers, type ReachedAdvertiser } from './tiktok/oauth.ts'

/** How an account stands with TikTok, as TikTok says at this moment. */
export interface Connection {
  readonly steps: readonly CheckStep[]
  /** Who signed in; null when TikTok does not say. */
  readonly user: { readonly name: string; readonly email: string | null; readonly pictureUrl: string | null } | null
  /** Numbers, whose meaning TikTok shows in its developer portal; none when the token was pasted. */
  readonly scopes: readonly string[]
  readonly advertisers: readonly ReachedAdvertiser[]
  readonly connectedBy: 'oauth' | 'token'
}

type Configured = Pick<Store, 'resources' | 'secrets'>

/** Tries an account step by step, and tells what it reaches. Nothing is kept. */
export async function readConnection(
  store: Configured,
  outside: Outside,
  settings: AppSettings,
  account: StoredResource,
): Promise<Connection> {
  const accessToken = await tokenOf(store, account)
  const signIn = await signInOf(store, account)
  const base = { user: null, advertisers: [], scopes: signIn?.scopes ?? [], connectedBy: waysIn(signIn) }
  if (accessToken === null) return { ...base, steps: [NOT_CONNECTED] }
  const { api_url, advertiser_id } = account.spec as unknown as AccountSpec
  const tiktok = createTikTok({ ...outside, accessToken, baseUrl: api_url })
  const reached = await reach(tiktok, new URL(api_url).host)
  const steps = [...reached.steps]
  if (!isWell(steps)) return { ...base, steps }

  const app = await appOf(store, account, settings)
  const syncs = await syncsOf(store, account)
  const listed = await list(tiktok, app, idsOf(account, syncs))
  // A token that was pasted for sending events needs no permission to read.
  const isForReading = signIn !== null || app !== null || syncs.length > 0
  if (isForReading) steps.push(...listed.steps, scopesStep(signIn))
  if (isWell(steps) && advertiser_id !== undefined) steps.push(await pixelsStep(tiktok, advertiser_id))
  return { ...base, steps, user: reached.user, advertisers: listed.advertisers }
}

const NOT_CONNECTED: CheckStep = {
  step: 'Access token',
  ok: false,
  message: 'The account is not connected: sign in at TikTok, or give it a token',
}

const waysIn = (signIn: SignInRecord | null): Connection['connectedBy'] => (signIn === null ? 'token' : 'oauth')

const isWell = (steps: readonly CheckStep[]): boolean => steps.every(({ ok }) => ok)

const passed = (step: string, message: string): CheckStep => ({ step, ok: true, message })
const failed = (step: string, message: string): CheckStep => ({ step, ok: false, message })

/** Whether TikTok answers, and knows the token. */
async function reach(tiktok: TikTok, host: string): Promise<Pick<Connection, 'steps' | 'user'>> {
  try {
    const { data, receipt } = await tiktok.call(userInfo, {})
    const { display_name, email, avatar_url } = data
    const who = display_name === '' ? 'TikTok knows it' : `TikTok knows it; ${display_name} signed in`
    const steps = [answered(host, receipt.durationMs), passed('Access token', who)]
    return { steps, user: { name: display_name, email, pictureUrl: avatar_url } }
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    if (error instanceof TransientError || error.receipt === null)
      return { steps: [failed('Reach TikTok', error.message)], user: null }
    const reached = answered(host, error.receipt.durationMs)
    if (error.code === 'tiktok.token_invalid')
      return { steps: [reached, failed('Access token', error.message)], user: null }
    // A token may be good for the rest and yet not tell whose it is, as that of a sandbox.
    return { steps: [reached, passed('Access token', 'TikTok knows it')], user: null }
  }
}

const answered = (host: string, durationMs: number): CheckStep =>
  passed('Reach TikTok', `${host} answered in ${Math.round(durationMs)} ms`)

// Source: TikTok API for Business v1.3, return codes.
const WRONG_APP = 40101

type Listed = Pick<Connection, 'steps' | 'advertisers'>

/** The app, the advertisers it lets us reach, and what may be read of them. */
async function list(tiktok: TikTok, app: App | null, ids: readonly string[]): Promise<Listed> {
  const appStep = app
    ? passed('Developer app', `TikTok knows app ${app.appId}`)
    : passed('Developer app', 'None is known; without one only advertisers that are named can be read')
  try {
    const advertisers = await listAdvertisers(tiktok, { app, ids })
    return { steps: [appStep, ...advertiserSteps(advertisers)], advertisers }
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    const isApp = app !== null && error.receipt?.code === WRONG_APP
    const message = isApp ? `${error.message}; compare app id and secret with TikTok’s developer portal` : error.message
    const steps = isApp ? [failed('Developer app', message)] : [appStep, failed('Advertisers', message)]
    return { steps, advertisers: [] }
  }
}

function advertiserSteps(advertisers: readonly ReachedAdvertiser[]): readonly CheckStep[] {
  if (advertisers.length === 0) {
    return [
      passed('Advertisers', 'None is known: the person who signs in needs a role on one in TikTok Business Center'),
    ]
  }
  const lacking = advertisers.filter(({ lacks }) => lacks !== null)
  const count = `${advertisers.length} ${advertisers.length === 1 ? 'advertiser' : 'advertisers'}`
  const reached = passed('Advertisers', `${count}: ${advertisers.map(({ name }) => name).join(', ')}`)
  if (lacking.length === 0) return [reached, passed('Permissions', 'All of them may be read')]
  const words = lacking.map(({ name, lacks }) => `${name}: ${lacks}`).join('; ')
  const isAny = lacking.length < advertisers.length
  return [
    reached,
    { step: 'Permissions', ok: isAny, message: `${lacking.length} of ${count} cannot be read. ${words}` },
  ]
}

function scopesStep(signIn: SignInRecord | null): CheckStep {
  if (signIn === null) return passed('Scopes', 'Not known, since the token was pasted')
  if (signIn.scopes.length === 0) return passed('Scopes', 'TikTok named none')
  return passed('Scopes', `TikTok granted ${signIn.scopes.join(', ')}; its developer portal says what each means`)
}

async function pixelsStep(tiktok: TikTok, advertiserId: string): Promise<CheckStep> {
  try {
    const { data } = await tiktok.call(pixelList, { advertiser_id: advertiserId, page_size: 20 })
    const codes = data.pixels.map(({ pixel_code }) => pixel_code).join(', ')
    return passed('Pixels', codes === '' ? 'The advertiser has none yet' : `The advertiser has ${codes}`)
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    return failed('Pixels', error.message)
  }
}

/** The syncs that read with an account. */
async function syncsOf({ resources }: Configured, account: StoredResource): Promise<readonly StreamSyncSpec[]> {
  const syncs = (await resources.list('sync')).filter(({ spec }) => isStreamSync(spec))
  return syncs.map(({ spec }) => spec as unknown as StreamSyncSpec).filter(({ from }) => from.account === account.name)
}

/** Advertisers that the configuration names, for tokens whose app is not known. */
function idsOf({ spec }: StoredResource, syncs: readonly StreamSyncSpec[]): readonly string[] {
  const { advertiser_id } = spec as unknown as AccountSpec
  const named = syncs.flatMap(({ from }) => from.advertisers ?? [])
  return [...new Set([...(advertiser_id === undefined ? [] : [advertiser_id]), ...named])]
}
