import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openSessions } from '../../store/sessions.ts'
import { type Answered, aServer, type TestServer } from '../testing.ts'

const START = Date.UTC(2026, 10, 21, 12)
const APP = { appId: '7100000000000000001', appSecret: 'secret-of-the-app' }
const ENVIRONMENT = {
  BACKBEAT_TIKTOK_APP_ID: '7100000000000000002',
  BACKBEAT_TIKTOK_APP_SECRET: 'secret-from-settings',
}
const API_URL = 'http://127.0.0.1:9/open_api/v1.3'
const PASSWORD = 'a long enough password'

test('signing in makes the account, keeps the token to itself, and says who signed in', async (t) => {
  const { ask, tiktok } = await aSignInPlace(t)
  const begun = await ask('POST', '/oauth/start', { name: 'main', apiUrl: API_URL, ...APP })
  const consent = new URL(begun.body.url)

  const back = await ask('GET', callbackOf(consent, 'code-1'), undefined, { headers: { cookie: cookieOf(begun) } })
  const result = await ask('GET', `/oauth/results/${idOf(back)}`)
  const account = await ask('GET', '/resources/account/main')
  const connection = await ask('GET', '/accounts/main/connection')

  assert.equal(begun.body.redirectUri, 'http://localhost:80/api/v1/oauth/callback')
  assert.equal(`${consent.origin}${consent.pathname}`, 'http://127.0.0.1:9/portal/auth')
  assert.equal(consent.searchParams.get('app_id'), APP.appId)
  assert.equal(consent.searchParams.get('redirect_uri'), begun.body.redirectUri)
  assert.match(
    String(begun.headers['set-cookie']),
    /Path=\/api\/v1\/oauth\/callback; HttpOnly; SameSite=Lax; Max-Age=600$/,
  )
  assert.equal(back.status, 303)
  assert.match(String(back.headers['location']), /^\/accounts\/main\?sign_in=/)
  assert.deepEqual(result.body, { ok: true, account: 'main', code: null, message: 'TikTok is connected' })
  assert.deepEqual(account.body.spec, {
    api_url: API_URL,
    app_id: APP.appId,
    app_secret: { secret: true, hint: '…-app', ref: null },
    access_token: { secret: true, hint: '…e-1>', ref: null },
  })
  assert.equal(account.body.state.health, 'healthy')
  assert.deepEqual(tiktok.exchanged, [{ app_id: APP.appId, secret: APP.appSecret, auth_code: 'code-1' }])
  assert.deepEqual(connection.body, {
    user: { name: 'Ann', email: 'a***@shop.example', pictureUrl: null },
    scopes: ['4', '5'],
    connectedBy: 'oauth',
    advertisers: [
      anAdvertiser('7001', 'Acme US', { timezone: 'America/New_York', currency: 'USD' }),
      { ...anAdvertiser('7002', 'Acme DE', {}), ...OUT_OF_REACH },
    ].toSorted((a, b) => a.name.localeCompare(b.name)),
    steps: [
      { step: 'Reach TikTok', ok: true, message: '127.0.0.1:9 answered in 0 ms' },
      { step: 'Access token', ok: true, message: 'TikTok knows it; Ann signed in' },
      { step: 'Developer app', ok: true, message: `TikTok knows app ${APP.appId}` },
      { step: 'Advertisers', ok: true, message: '2 advertisers: Acme DE, Acme US' },
      { step: 'Permissions', ok: true, message: `1 of 2 advertisers cannot be read. Acme DE: ${OUT_OF_REACH.lacks}` },
      { step: 'Scopes', ok: true, message: 'TikTok granted 4, 5; its developer portal says what each means' },
    ],
  })
})

test('a state works once', async (t) => {
  const { ask, tiktok } = await aSignInPlace(t)
  const { callback, cookie } = await begin(ask)

  const first = await comeBack(ask, callback, cookie)
  const second = await comeBack(ask, callback, cookie)
  const madeUp = await comeBack(ask, '/oauth/callback?auth_code=x&state=made-up', cookie)

  assert.deepEqual([first.code, second.code, madeUp.code], [null, 'oauth.unknown_state', 'oauth.unknown_state'])
  assert.equal(tiktok.exchanged.length, 1)
})

test('another browser cannot end a sign-in, and uses it up by trying', async (t) => {
  const { ask, tiktok } = await aSignInPlace(t)
  const { callback, cookie } = await begin(ask)
  const other = await begin(ask)

  const stranger = await comeBack(ask, callback, other.cookie)
  const owner = await comeBack(ask, callback, cookie)

  assert.deepEqual([stranger.code, owner.code], ['oauth.other_browser', 'oauth.unknown_state'])
  assert.deepEqual(tiktok.exchanged, [])
  assert.equal((await comeBack(ask, other.callback, `${cookie}; ${other.cookie}`)).code, null)
})

test('a sign-in that takes longer than ten minutes has expired', async (t) => {
  const { ask, clock } = await aSignInPlace(t)
  const { callback, cookie } = await begin(ask)

  clock.now += 10 * 60_000 + 1

  assert.equal((await comeBack(ask, callback, cookie)).code, 'oauth.expired')
})

test('what TikTok refuses is told in its words, and leaves no account', async (t) => {
  const { ask, store } = await aSignInPlace(t)
  const { callback, cookie } = await begin(ask)
  const used = await begin(ask, {}, 'used-code')
  const wrong = await begin(ask, { appSecret: 'wrong-secret' })

  const denied = await comeBack(ask, callback.replace(/auth_code=[^&]+&/, 'error=access_denied&'), cookie)
  const usedResult = await comeBack(ask, used.callback, used.cookie)
  const wrongResult = await comeBack(ask, wrong.callback, wrong.cookie)

  assert.deepEqual(
    [denied.code, usedResult.code, wrongResult.code],
    ['oauth.denied', 'oauth.code_used', 'oauth.wrong_app'],
  )
  assert.match(denied.message, /TikTok said "access_denied"/)
  assert.match(usedResult.message, /Auth code is expired or has been used/)
  assert.match(wrongResult.message, /developer portal/)
  assert.doesNotMatch(JSON.stringify([denied, usedResult, wrongResult]), /wrong-secret|used-code/)
  assert.equal(denied.location.startsWith('/accounts?sign_in='), true)
  assert.equal(await store.resources.get('account', 'main'), null)
})

test('with a login, only who is logged in comes back', async (t) => {
  const { ask, store } = await aSignInPlace(t)
  await openSessions(store.state).setPassword(PASSWORD)
  const login = await ask('POST', '/session', { password: PASSWORD })
  const session = String(login.headers['set-cookie']).split(';')[0]!
  const headers = { cookie: session, origin: 'http://localhost:80', 'x-csrf-token': login.body.csrf }
  const begun = await ask('POST', '/oauth/start', { name: 'main', apiUrl: API_URL, ...APP }, { headers })
  const again = await ask('POST', '/oauth/start', { name: 'main', apiUrl: API_URL, ...APP }, { headers })
  const callback = (answer: Answered) => callbackOf(new URL(answer.body.url), 'code-1')

  const outside = await comeBack(ask, callback(begun), cookieOf(begun), session)
  const inside = await comeBack(ask, callback(again), `${session}; ${cookieOf(again)}`, session)

  assert.deepEqual([outside.code, inside.code], ['api.login_required', null])
})

test('an account that waits goes on once it is signed in again, and keeps what it was', async (t) => {
  const { ask, store } = await aSignInPlace(t, ENVIRONMENT)
  await ask('PUT', '/resources/account/main', {
    spec: { access_token: 'old-token-of-main', api_url: API_URL, advertiser_id: '7001' },
  })
  await store.pauses.pause({ subject: 'account/main', since: START, code: 'tiktok.token_invalid', message: 'revoked' })
  const begun = await ask('POST', '/oauth/start', { name: 'main' })

  const result = await comeBack(ask, callbackOf(new URL(begun.body.url), 'code-1'), cookieOf(begun))
  const { body } = await ask('GET', '/resources/account/main')

  assert.equal(result.code, null)
  assert.match(result.location, /^\/accounts\/main\?/)
  assert.deepEqual(await store.pauses.list(), [])
  assert.deepEqual(Object.keys(body.spec).sort(), ['access_token', 'advertiser_id', 'api_url'])
  assert.equal(await store.secrets.reveal('account/main/access_token'), 'token<code-1>')
  assert.deepEqual(
    (await store.audit.list({ limit: 2 })).map(({ what, subject, detail }) => [what, subject, detail]),
    [
      ['account.connect', 'account/main', `signed in at TikTok with app ${ENVIRONMENT.BACKBEAT_TIKTOK_APP_ID}`],
      ['account.sign_in', 'account/main', `with app ${ENVIRONMENT.BACKBEAT_TIKTOK_APP_ID}`],
    ],
  )
})

test('without an app, or towards a foreign address, no sign-in begins', async (t) => {
  const { ask } = await aSignInPlace(t)

  const noApp = await ask('POST', '/oauth/start', { name: 'main', apiUrl: API_URL })
  const foreign = await ask('POST', '/oauth/start', { name: 'main', apiUrl: 'https://evil.example/v1.3', ...APP })
  const badName = await ask('POST', '/oauth/start', { name: 'Main!', ...APP })

  assert.deepEqual([noApp.status, noApp.body.error.code], [422, 'oauth.no_app'])
  assert.deepEqual([foreign.status, foreign.body.error.code], [422, 'api.invalid'])
  assert.equal(badName.status, 400)
})

test('disconnecting withdraws the token at TikTok, forgets it, and makes the account wait', async (t) => {
  const { ask, store, tiktok } = await aSignInPlace(t)
  const { callback, cookie } = await begin(ask)
  await comeBack(ask, callback, cookie)

  const { status, body } = await ask('POST', '/accounts/main/disconnect', {})

  assert.deepEqual([status, body], [200, { revoked: true, message: 'TikTok has withdrawn the token' }])
  assert.deepEqual(tiktok.revoked, ['token<code-1>'])
  assert.deepEqual(Object.keys((await store.resources.get('account', 'main'))!.spec).sort(), [
    'api_url',
    'app_id',
    'app_secret',
  ])
  await assert.rejects(store.secrets.reveal('account/main/access_token'), /there is none/)
  await assert.rejects(store.secrets.reveal('account/main/sign_in'), /there is none/)
  assert.deepEqual(
    (await store.pauses.list()).map(({ subject, code }) => [subject, code]),
    [['account/main', 'account.disconnected']],
  )
  assert.deepEqual(
    (await ask('GET', '/accounts/main/connection')).body.steps.map(({ ok }: { ok: boolean }) => ok),
    [false],
  )
})

test('a token that TikTok cannot be asked to withdraw stays, unless a person insists', async (t) => {
  const { ask, store, tiktok } = await aSignInPlace(t)
  const { callback, cookie } = await begin(ask)
  await comeBack(ask, callback, cookie)
  tiktok.isDown = true

  const refused = await ask('POST', '/accounts/main/disconnect', {})
  const kept = await store.secrets.reveal('account/main/access_token')
  const forced = await ask('POST', '/accounts/main/disconnect', { evenIfNotRevoked: true })

  assert.deepEqual([refused.status, refused.body.error.code, kept], [502, 'tiktok.server_error', 'token<code-1>'])
  assert.deepEqual([forced.status, forced.body.revoked], [200, false])
  assert.match(forced.body.message, /not withdrawn/)
})

const OUT_OF_REACH = {
  currency: '',
  timezone: 'UTC',
  status: 'unknown',
  role: null,
  lacks:
    'Cannot GET /advertiser/info/: TikTok answered 40001 "No permission to operate advertiser 7002." (request_id r); give the account access',
}

const anAdvertiser = (id: string, name: string, more: object) => ({
  id,
  name,
  status: 'STATUS_ENABLE',
  role: 'ROLE_ADVERTISER',
  lacks: null,
  ...more,
})

/** A server beside a TikTok that knows one app of each kind, and a clock that moves when told to. */
async function aSignInPlace(t: TestContext, environment: Readonly<Record<string, string>> = {}) {
  const clock = { now: START }
  const tiktok = { exchanged: [] as unknown[], revoked: [] as unknown[], isDown: false }
  const secrets = new Map([
    [APP.appId, APP.appSecret],
    [ENVIRONMENT.BACKBEAT_TIKTOK_APP_ID, ENVIRONMENT.BACKBEAT_TIKTOK_APP_SECRET],
  ])
  const isApp = ({ app_id, secret }: Record<string, string>) => secrets.get(app_id!) === secret
  const wrongApp = { code: 40101, message: 'App id or secret is incorrect.', data: {} }
  const good = (data: object) => ({ code: 0, message: 'OK', data })

  const answers: Readonly<Record<string, (params: Record<string, string>) => object>> = {
    '/oauth2/access_token/'(params) {
      if (!isApp(params)) return wrongApp
      if (params['auth_code'] === 'used-code')
        return { code: 40110, message: 'Auth code is expired or has been used.', data: {} }
      tiktok.exchanged.push(params)
      return good({ access_token: `token<${params['auth_code']}>`, advertiser_ids: ['7001', '7002'], scope: [4, 5] })
    },
    '/oauth2/revoke_token/'(params) {
      tiktok.revoked.push(params['access_token'])
      return isApp(params) ? good({}) : wrongApp
    },
    '/oauth2/advertiser/get/': (params) =>
      isApp(params)
        ? good({
            list: [
              { advertiser_id: '7001', advertiser_name: 'Acme US' },
              { advertiser_id: '7002', advertiser_name: 'Acme DE' },
            ],
          })
        : wrongApp,
    '/user/info/': () => good({ display_name: 'Ann', email: 'a***@shop.example' }),
    '/advertiser/info/'(params) {
      if (params['advertiser_ids']!.includes('7002'))
        return { code: 40001, message: 'No permission to operate advertiser 7002.', data: {} }
      const advertiser = {
        advertiser_id: '7001',
        name: 'Acme US',
        currency: 'USD',
        display_timezone: 'America/New_York',
      }
      return good({ list: [{ ...advertiser, status: 'STATUS_ENABLE', role: 'ROLE_ADVERTISER' }] })
    },
  }
  const send: typeof fetch = async (input, init) => {
    if (tiktok.isDown) return new Response('', { status: 503 })
    const url = new URL(String(input))
    const params = init?.body ? JSON.parse(String(init.body)) : Object.fromEntries(url.searchParams)
    const answer = answers[url.pathname.replace('/open_api/v1.3', '')]!(params)
    return Response.json({ request_id: 'r', ...answer })
  }
  return { ...(await aServer(t, { fetch: send, now: () => clock.now, environment })), clock, tiktok }
}

type Ask = TestServer['ask']

async function begin(ask: Ask, changes: object = {}, code = 'code-1'): Promise<{ callback: string; cookie: string }> {
  const begun = await ask('POST', '/oauth/start', { name: 'main', apiUrl: API_URL, ...APP, ...changes })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  return { callback: callbackOf(new URL(begun.body.url), code), cookie: cookieOf(begun) }
}

/** How the sign-in went that a browser with this cookie comes back from. */
async function comeBack(ask: Ask, callback: string, cookie: string, session = '') {
  const back = await ask('GET', callback, undefined, { headers: { cookie } })
  assert.equal(back.status, 303)
  const { body } = await ask('GET', `/oauth/results/${idOf(back)}`, undefined, { headers: { cookie: session } })
  return { ...body, location: String(back.headers['location']) }
}

const callbackOf = (consent: URL, code: string): string =>
  `/oauth/callback?auth_code=${code}&code=${code}&state=${consent.searchParams.get('state')}`

const cookieOf = ({ headers }: Answered): string => String(headers['set-cookie']).split(';')[0]!

const idOf = ({ headers }: Answered): string => String(headers['location']).split('sign_in=')[1]!
