import { hash } from 'node:crypto'
import type { Config } from './config.ts'
import type { AccountSpec } from './kinds.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'
import type { App } from './tiktok/oauth.ts'

export type { App } from './tiktok/oauth.ts'

export type AppSettings = Pick<Config, 'BACKBEAT_TIKTOK_APP_ID' | 'BACKBEAT_TIKTOK_APP_SECRET'>

/** What signing in told us beside the token. */
export interface SignInRecord {
  readonly appId: string
  readonly scopes: readonly string[]
  /** SHA-256 of the token it came with; another token was pasted since. */
  readonly tokenHash: string
}

const subjectOf = (account: string): string => `account/${account}/sign_in`

export const hashOf = (token: string): string => hash('sha256', token)

/**
 * The developer app of an account: its own, else that of the settings; null when neither is whole. A token works only with
 * the app it was given to, so of two the one that was signed in with counts.
 */
export async function appOf(
  store: Pick<Store, 'secrets'>,
  account: StoredResource,
  settings: AppSettings,
): Promise<App | null> {
  const apps = [await ownApp(store, account), appOfSettings(settings)].filter((app) => app !== null)
  const signIn = await signInOf(store, account)
  return apps.find(({ appId }) => appId === signIn?.appId) ?? (signIn === null ? (apps[0] ?? null) : null)
}

/** The app an account names itself; null when id or secret is missing. */
export async function ownApp({ secrets }: Pick<Store, 'secrets'>, account: StoredResource): Promise<App | null> {
  const { app_id, app_secret } = account.spec as unknown as AccountSpec
  if (app_id === undefined || app_secret === undefined) return null
  return { appId: app_id, secret: await secrets.reveal(`account/${account.name}/app_secret`) }
}

/** The app that BACKBEAT_TIKTOK_APP_ID and its secret name. */
export function appOfSettings(settings: AppSettings): App | null {
  const { BACKBEAT_TIKTOK_APP_ID: appId, BACKBEAT_TIKTOK_APP_SECRET: secret } = settings
  return appId === null || secret === null ? null : { appId, secret }
}

/** An account's token; null when it is not connected. */
export async function tokenOf({ secrets }: Pick<Store, 'secrets'>, account: StoredResource): Promise<string | null> {
  if (account.spec['access_token'] === undefined) return null
  return secrets.reveal(`account/${account.name}/access_token`)
}

/** How the token of an account was signed in for; null when it was pasted. */
export async function signInOf(store: Pick<Store, 'secrets'>, account: StoredResource): Promise<SignInRecord | null> {
  const token = await tokenOf(store, account)
  const text = await store.secrets.reveal(subjectOf(account.name)).catch(() => null)
  if (token === null || text === null) return null
  const record = JSON.parse(text) as SignInRecord
  return record.tokenHash === hashOf(token) ? record : null
}

export const rememberSignIn = ({ secrets }: Pick<Store, 'secrets'>, account: string, record: SignInRecord) =>
  secrets.put(subjectOf(account), JSON.stringify(record))

export const forgetSignIn = ({ secrets }: Pick<Store, 'secrets'>, account: string) => secrets.remove(subjectOf(account))
