import { z } from 'zod'
import { readConnection } from '../../account_connection.ts'
import { chooseApp, consentUrl, disconnectAccount } from '../../account_sign_in.ts'
import { checkResource, identityOf, isChecked } from '../../configure.ts'
import { resourceName } from '../../kinds.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { Store } from '../../store/store.ts'
import { ApiFailure, type ApiRoute, notFound, read, write } from '../api_route.ts'
import type { AccountConnection, OAuthStart } from '../contract_streams.ts'
import { type Keepsake, SIGN_IN_MS } from '../sign_ins.ts'
import { CALLBACK_PATH } from './oauth_callback.ts'

const start = z.object({
  name: resourceName,
  apiUrl: z.url().optional(),
  appId: z.string().regex(/^\d+$/, 'must be digits').optional(),
  appSecret: z.string().min(1).max(200).optional(),
})

export const oauthRoutes: readonly ApiRoute[] = [
  write({
    method: 'POST',
    path: '/oauth/start',
    about:
      'Begins a sign-in at TikTok for an account, new or not; the browser that asked goes to the address it gives.',
    body: start,
    audit: 'account.sign_in',
    async answer(context, { body, origin }) {
      const { store, config, signIns } = context
      const account = await store.resources.get('account', body.name)
      const apiUrl = allowedUrl(body.name, body.apiUrl, account)
      const chosen = await chooseApp(store, config, account, body)
      if (!chosen) throw noApp(body.name)
      const { state, keepsake } = signIns.begin({ account: body.name, apiUrl, ...chosen })
      const redirectUri = `${origin}/api/v1${CALLBACK_PATH}`
      const { appId } = chosen.app
      const url = consentUrl({ apiUrl, appId, state, redirectUri })
      return {
        answer: { url, redirectUri } satisfies OAuthStart,
        subject: `account/${body.name}`,
        detail: `with app ${appId}`,
        cookie: cookieOf(keepsake, origin),
      }
    },
  }),
  read({
    path: '/oauth/results/:id',
    about: 'How a sign-in went; known for an hour.',
    params: z.object({ id: z.string() }),
    async answer({ signIns }, { params }) {
      const result = signIns.told(params.id)
      if (!result) throw notFound('such sign-in')
      return result
    },
  }),
  read({
    path: '/accounts/:name/connection',
    about: 'How an account stands with TikTok: who signed in, which advertisers it reaches, and what is lacking.',
    params: z.object({ name: z.string() }),
    async answer({ store, outside, config }, { params }): Promise<AccountConnection> {
      return readConnection(store, outside, config, await accountOf(store, params.name))
    },
  }),
  write({
    method: 'POST',
    path: '/accounts/:name/disconnect',
    about: 'Withdraws the token at TikTok and forgets it; what uses the account waits. Data in warehouses stays.',
    params: z.object({ name: z.string() }),
    body: z.object({ evenIfNotRevoked: z.boolean().default(false) }),
    audit: 'account.disconnect',
    async answer({ store, config, outside }, { params, body, caller }) {
      const account = await accountOf(store, params.name)
      const answer = await disconnectAccount(store, outside, config, account, { ...body, who: caller.who })
      return { answer, subject: identityOf(account), detail: answer.message }
    },
  }),
]

async function accountOf({ resources }: Store, name: string): Promise<StoredResource> {
  const account = await resources.get('account', name)
  if (!account) throw notFound(`account "${name}"`)
  return account
}

/** The address a sign-in goes to: held to the same rule as that of an account that is saved. */
function allowedUrl(name: string, asked: string | undefined, account: StoredResource | null): string {
  const api_url = asked ?? account?.spec['api_url']
  const checked = checkResource({ kind: 'account', name, spec: api_url === undefined ? {} : { api_url } }, new Map())
  if (isChecked(checked)) return checked.spec['api_url'] as string
  throw new ApiFailure(422, 'api.invalid', `Cannot sign in: apiUrl ${checked[0]!.message}`, checked)
}

function cookieOf({ name, value }: Keepsake, origin: string): string {
  const attributes = `Path=/api/v1${CALLBACK_PATH}; HttpOnly; SameSite=Lax; Max-Age=${SIGN_IN_MS / 1000}`
  return `${name}=${value}; ${attributes}${origin.startsWith('https://') ? '; Secure' : ''}`
}

const noApp = (name: string) =>
  new ApiFailure(
    422,
    'oauth.no_app',
    `Cannot sign in: no developer app is known for account "${name}"; give appId and appSecret, or set BACKBEAT_TIKTOK_APP_ID and BACKBEAT_TIKTOK_APP_SECRET`,
  )
