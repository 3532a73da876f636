import {
  type App,
  type AppSettings,
  appOf,
  appOfSettings,
  forgetSignIn,
  hashOf,
  ownApp,
  rememberSignIn,
  tokenOf,
} from './account_app.ts'
import { type Checked, checkResource, isChecked } from './configure.ts'
import type { Outside } from './connect.ts'
import { CallError } from './core/errors.ts'
import type { JsonObject } from './core/json.ts'
import type { AccountSpec } from './kinds.ts'
import { saveResource } from './save_resource.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'
import { createTikTok } from './tiktok/client.ts'
import { exchangeCode, revokeToken } from './tiktok/oauth.ts'

export { consentUrl } from './tiktok/oauth.ts'

/** The app to sign in with, and whether it was named for this account alone. */
export interface ChosenApp {
  readonly app: App
  readonly isOwnApp: boolean
}

/**
 * The app to sign in with: the one that is given, else the account's, else that of the settings. A secret that is left out
 * is taken from where its app is known; null when it is known nowhere.
 */
export async function chooseApp(
  store: Pick<Store, 'secrets'>,
  settings: AppSettings,
  account: StoredResource | null,
  given: { readonly appId?: string | undefined; readonly appSecret?: string | undefined },
): Promise<ChosenApp | null> {
  const { appId, appSecret } = given
  if (appId !== undefined && appSecret !== undefined) return { app: { appId, secret: appSecret }, isOwnApp: true }
  const own = account && (await ownApp(store, account))
  if (own && (appId ?? own.appId) === own.appId) return { app: own, isOwnApp: true }
  const common = appOfSettings(settings)
  return common && (appId ?? common.appId) === common.appId ? { app: common, isOwnApp: false } : null
}

/** A sign-in that came back from TikTok with a code. */
export interface ReturnedSignIn extends ChosenApp {
  readonly account: string
  readonly apiUrl: string
  readonly authCode: string
  readonly who: string
}

/**
 * Turns a code into a token and keeps it: the account is made when it is new, and resumed when it waited. Throws a CallError
 * when TikTok gives no token; nothing has changed then.
 */
export async function connectAccount(store: Store, outside: Outside, signIn: ReturnedSignIn): Promise<StoredResource> {
  const { account, apiUrl, app, authCode, who } = signIn
  // The app's secret goes to this address, so it must be one that an account may have.
  checkedAccount(account, { api_url: apiUrl })
  const tiktok = createTikTok({ ...outside, accessToken: '', baseUrl: apiUrl })
  const { access_token, scope } = await exchangeCode(tiktok, app, authCode)
  const before = await store.resources.get('account', account)
  const spec = {
    ...before?.spec,
    api_url: apiUrl,
    ...(signIn.isOwnApp && { app_id: app.appId, app_secret: app.secret }),
    access_token,
  }
  const saving = { managedBy: before?.managedBy ?? ('console' as const), who, now: outside.now() }
  const saved = await saveResource(store, checkedAccount(account, spec), saving)
  await rememberSignIn(store, account, { appId: app.appId, scopes: scope, tokenHash: hashOf(access_token) })
  await store.pauses.resume(`account/${account}`)
  return saved
}

/** What disconnecting did. */
export interface Disconnected {
  /** TikTok has withdrawn the token. */
  readonly revoked: boolean
  readonly message: string
}

/**
 * Withdraws the token at TikTok, forgets it, and pauses the account, so that what uses it waits. Throws a CallError when
 * TikTok cannot be reached, and changes nothing then, unless `evenIfNotRevoked`.
 */
export async function disconnectAccount(
  store: Store,
  outside: Outside,
  settings: AppSettings,
  account: StoredResource,
  { who, evenIfNotRevoked }: { readonly who: string; readonly evenIfNotRevoked: boolean },
): Promise<Disconnected> {
  const done = await revoke(store, outside, settings, account).catch((error: unknown) => {
    if (!(error instanceof CallError) || !evenIfNotRevoked) throw error
    return { revoked: false, message: `Forgotten, but not withdrawn: ${error.message}` }
  })
  const { access_token: _, ...spec } = account.spec
  const now = outside.now()
  await saveResource(store, checkedAccount(account.name, spec), { managedBy: account.managedBy, who, now })
  await forgetSignIn(store, account.name)
  const message = `Disconnected by ${who}; sign in again to go on`
  await store.pauses.pause({ subject: `account/${account.name}`, since: now, code: 'account.disconnected', message })
  return done
}

async function revoke(
  store: Store,
  outside: Outside,
  settings: AppSettings,
  account: StoredResource,
): Promise<Disconnected> {
  const accessToken = await tokenOf(store, account)
  if (accessToken === null) return { revoked: false, message: 'There was no token' }
  const app = await appOf(store, account, settings)
  if (app === null) {
    const message = 'Forgotten here; withdraw the consent at TikTok, since the app it was given to is not known'
    return { revoked: false, message }
  }
  const { api_url } = account.spec as unknown as AccountSpec
  const tiktok = createTikTok({ ...outside, accessToken, baseUrl: api_url })
  try {
    await revokeToken(tiktok, app, accessToken)
    return { revoked: true, message: 'TikTok has withdrawn the token' }
  } catch (error) {
    if (!(error instanceof CallError) || error.receipt?.code !== TOKEN_REVOKED) throw error
    return { revoked: true, message: 'TikTok had withdrawn the token before' }
  }
}

// Source: TikTok API for Business v1.3, return codes.
const TOKEN_REVOKED = 40105

function checkedAccount(name: string, spec: JsonObject): Checked {
  const checked = checkResource({ kind: 'account', name, spec }, new Map())
  if (isChecked(checked)) return checked
  throw new Error(`Cannot save account/${name}: ${checked.map(({ path, message }) => `${path} ${message}`).join('; ')}`)
}
