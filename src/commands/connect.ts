import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ChosenApp, chooseApp, connectAccount, consentUrl } from '../account_sign_in.ts'
import type { Config } from '../config.ts'
import type { Outside } from '../connect.ts'
import { CallError } from '../core/errors.ts'
import type { AccountSpec } from '../kinds.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { withStore } from './with_store.ts'

export interface ConnectFlags {
  readonly account: string
  readonly appId: string | null
  readonly apiUrl: string | null
  /** Port of the address that TikTok sends the browser back to; 0 for any. */
  readonly port: number
  readonly json: boolean
}

const API_URL = 'https://business-api.tiktok.com/open_api/v1.3'
const CALLBACK_PATH = '/oauth/callback'
/** How long a person has for TikTok's consent page. */
const PATIENCE_MS = 10 * 60_000

/** Signs in at TikTok for an account, new or not: prints the address to open, and waits for the browser to come back. */
export async function connect(shell: Shell, flags: ConnectFlags): Promise<void> {
  await withStore(shell, async (store, config) => {
    const account = await store.resources.get('account', flags.account)
    const app = await appFor(store, config, account, flags)
    const apiUrl = flags.apiUrl ?? (account?.spec as Partial<AccountSpec> | undefined)?.api_url ?? API_URL
    const authCode = await codeFrom(shell, flags.port, (redirectUri, state) =>
      consentUrl({ appId: app.app.appId, redirectUri, state, apiUrl }),
    )
    const outside: Outside = { fetch: shell.fetch, now: shell.now, timeoutMs: config.BACKBEAT_TIMEOUT }
    const saved = await exchange(store, outside, { ...app, account: flags.account, apiUrl, authCode, who: 'cli' })
    const subject = `account/${saved.name}`
    const detail = `signed in at TikTok with app ${app.app.appId}`
    await store.audit.write({ at: shell.now(), who: 'cli', what: 'account.connect', subject, detail })
    if (flags.json) printJson(shell, { account: saved.name, connected: true, appId: app.app.appId })
    else shell.outlet.talk(`${subject} is connected; "backbeat doctor" tells what it reaches`)
  })
}

async function appFor(
  store: Store,
  config: Config,
  account: StoredResource | null,
  { appId, account: name }: ConnectFlags,
): Promise<ChosenApp> {
  const app = await chooseApp(store, config, account, { appId: appId ?? undefined })
  if (app) return app
  throw new CommandError(
    EXIT.usage,
    `Cannot sign in: no developer app with its secret is known for account "${name}"; set BACKBEAT_TIKTOK_APP_ID and BACKBEAT_TIKTOK_APP_SECRET, or give the account its app_id and app_secret`,
  )
}

async function exchange(...[store, outside, signIn]: Parameters<typeof connectAccount>): Promise<StoredResource> {
  try {
    return await connectAccount(store, outside, signIn)
  } catch (cause) {
    if (!(cause instanceof CallError)) throw cause
    const answered = cause.receipt?.code !== null && cause.receipt?.code !== undefined
    throw new CommandError(answered ? EXIT.auth : EXIT.remote, `Cannot sign in: ${cause.message}`, { cause })
  }
}

/** The code that TikTok gives to the browser, which brings it to a door of ours that only this machine reaches. */
async function codeFrom(
  { outlet, stopSignal }: Shell,
  port: number,
  addressOf: (redirectUri: string, state: string) => string,
): Promise<string> {
  const state = randomBytes(32).toString('base64url')
  const code = Promise.withResolvers<string>()
  const server = await listen(port, (query) => answer(query, state, code))
  const ended = AbortSignal.any([stopSignal(), AbortSignal.timeout(PATIENCE_MS)])
  const end = () => code.reject(new CommandError(EXIT.interrupted, 'Stopped; nothing was changed'))
  ended.addEventListener('abort', end, { once: true })
  try {
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${CALLBACK_PATH}`
    outlet.talk(`${redirectUri} must stand as redirect address in your app at TikTok's developer portal. Then open:\n`)
    outlet.talk(`  ${addressOf(redirectUri, state)}\n\nWaiting for you to come back …`)
    return await code.promise
  } finally {
    ended.removeEventListener('abort', end)
    server.close()
    server.closeIdleConnections()
  }
}

interface Reply {
  readonly status: number
  readonly text: string
}

function listen(port: number, reply: (query: URLSearchParams) => Reply): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const { status, text } =
      url.pathname === CALLBACK_PATH ? reply(url.searchParams) : { status: 404, text: 'Not here' }
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    }
    response.writeHead(status, headers).end(`${text}\n`)
  })
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(new CommandError(EXIT.usage, `Cannot listen on port ${port}: ${message}; give another with --port`)),
    )
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

/** What the browser is told. Only the answer to our own question counts, and only once. */
function answer(query: URLSearchParams, state: string, code: PromiseWithResolvers<string>): Reply {
  if (!isSame(query.get('state') ?? '', state)) {
    return {
      status: 400,
      text: 'This is not the sign-in that was begun here; open the address that the command printed',
    }
  }
  const authCode = query.get('auth_code') ?? ''
  if (authCode === '') {
    const said = query.get('error_description') ?? query.get('error') ?? 'no code came'
    code.reject(
      new CommandError(EXIT.auth, `Cannot sign in: nobody confirmed on TikTok's page (${said.slice(0, 200)})`),
    )
    return { status: 400, text: 'Not signed in; you can close this page' }
  }
  code.resolve(authCode)
  return { status: 200, text: 'Backbeat has what it needs; you can close this page and look at the command line' }
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
