import type { FastifyInstance, FastifyRequest } from 'fastify'
import { connectAccount } from '../../account_sign_in.ts'
import { identityOf } from '../../configure.ts'
import { CallError } from '../../core/errors.ts'
import { ApiFailure, type Context } from '../api_route.ts'
import { type Auth, readCookie } from '../auth.ts'
import type { SignInResult } from '../contract_streams.ts'

/** Below `/api/v1`. */
export const CALLBACK_PATH = '/oauth/callback'

/**
 * Where TikTok sends the browser after its consent page. It changes an account by a GET, so it sees to the usual safeguards
 * itself: somebody is logged in, the state works once, the browser is the one that asked, and the audit log has a line.
 */
export function oauthCallback(server: FastifyInstance, context: Context, auth: Auth): void {
  server.get(CALLBACK_PATH, async (request, reply) => {
    const result = await finish(context, auth, request)
    const id = context.signIns.tell(result)
    const page = (await isKnown(context, result.account)) ? `/accounts/${result.account}` : '/accounts'
    return reply.header('referrer-policy', 'no-referrer').redirect(`${page}?sign_in=${id}`, 303)
  })
}

async function finish(context: Context, auth: Auth, request: FastifyRequest): Promise<SignInResult> {
  const query = request.query as Readonly<Record<string, unknown>>
  let account: string | null = null
  try {
    const { who } = await auth.reader(request)
    const signIn = context.signIns.finish(textOf(query['state']), (name) => readCookie(request.headers.cookie, name))
    account = signIn.account
    const authCode = textOf(query['auth_code'])
    if (authCode === '') throw denied(query)
    const { store, outside } = context
    const connected = await connectAccount(store, outside, { ...signIn, authCode, who })
    await store.audit.write({
      at: outside.now(),
      who,
      what: 'account.connect',
      subject: identityOf(connected),
      detail: `signed in at TikTok with app ${signIn.app.appId}`,
    })
    return { ok: true, account, code: null, message: 'TikTok is connected' }
  } catch (error) {
    return { ok: false, account, ...explain(error) }
  }
}

async function isKnown({ store }: Context, account: string | null): Promise<boolean> {
  return account !== null && (await store.resources.get('account', account)) !== null
}

function denied(query: Readonly<Record<string, unknown>>): ApiFailure {
  const said = textOf(query['error_description']) || textOf(query['error'])
  const words = said === '' ? 'TikTok sent no code' : `TikTok said "${said.slice(0, 200)}"`
  return new ApiFailure(
    400,
    'oauth.denied',
    `Cannot sign in: ${words}; somebody with a role on the advertisers must confirm on TikTok's page`,
  )
}

// The codes that TikTok answers an exchange with. Source: TikTok API for Business v1.3, return codes.
const CODE_USED = 40110
const WRONG_APP = 40101

/** What a person can do about it; what is nobody's doing is thrown on. */
function explain(error: unknown): Pick<SignInResult, 'code' | 'message'> {
  if (error instanceof ApiFailure && error.code !== 'api.foreign_host') {
    return { code: error.code, message: error.message }
  }
  if (!(error instanceof CallError)) throw error
  if (error.receipt?.code === CODE_USED) {
    return { code: 'oauth.code_used', message: error.message }
  }
  if (error.receipt?.code === WRONG_APP) {
    const remedy = 'compare app id and secret with those in TikTok’s developer portal'
    return { code: 'oauth.wrong_app', message: `${error.message}; ${remedy}` }
  }
  return { code: error.code, message: error.message }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
