import assert from 'node:assert/strict'
import test from 'node:test'
import { openSessions } from '../store/sessions.ts'
import { API_ROUTES, describeApi } from './api.ts'
import { aServer } from './testing.ts'

const PASSWORD = 'a long enough password'
const CHANGING = API_ROUTES.filter(({ method }) => method !== 'GET')
const FORGED = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

test('every route wants a session once there is a password', async (t) => {
  const { server, store } = await aServer(t)
  await openSessions(store.state).setPassword(PASSWORD)

  for (const { method, path } of API_ROUTES) {
    const { statusCode } = await server.inject({ method, url: urlOf(path), payload: {} })
    assert.equal(statusCode, 401, `${method} ${path}`)
  }
})

test('no changing route takes a request that a foreign page could have sent', async (t) => {
  const { server } = await aServer(t)

  for (const { method, path } of CHANGING) {
    const { statusCode } = await server.inject({ method, url: urlOf(path), headers: FORGED, payload: {} })
    assert.equal(statusCode, 403, `${method} ${path}`)
  }
})

test('every changing route has a role, and a line for the audit log unless it changes nothing', () => {
  const changesNothing = [
    '/explain',
    '/accounts/:name/check',
    '/syncs/:name/estimate',
    '/syncs/estimate',
    '/warehouses/:name/series',
    '/reporting/check',
    '/reporting/preview',
  ]

  for (const route of CHANGING) {
    assert.equal(route.method !== 'GET' && route.role, 'operator')
    assert.equal(route.method !== 'GET' && route.audit === null, changesNothing.includes(route.path), route.path)
  }
})

test('a request for another name than ours is refused, and says nothing', async (t) => {
  const { server } = await aServer(t)

  const { statusCode, body } = await server.inject({ url: '/api/v1/resources', headers: { host: 'evil.example' } })

  assert.equal(statusCode, 403)
  assert.doesNotMatch(body, /resources/)
})

test('logging in gives a session that lets changes through, and logging out ends it', async (t) => {
  const { server, store } = await aServer(t)
  await openSessions(store.state).setPassword(PASSWORD)
  const url = '/api/v1/session'

  const wrong = await server.inject({ method: 'POST', url, payload: { password: 'wrong' } })
  const right = await server.inject({ method: 'POST', url, payload: { password: PASSWORD } })
  const cookie = String(right.headers['set-cookie']).split(';')[0]!
  const headers = { cookie, origin: 'http://127.0.0.1:8700', 'x-csrf-token': right.json().csrf }
  const payload = { spec: { type: 'segment', write_key: 'shop-write-key' } }
  const put = () => server.inject({ method: 'PUT', url: '/api/v1/resources/event_source/shop', headers, payload })
  const inside = await put()
  await server.inject({ method: 'DELETE', url, headers })
  const outside = await put()

  assert.deepEqual([wrong.statusCode, right.statusCode, inside.statusCode, outside.statusCode], [401, 200, 200, 401])
  assert.match(String(right.headers['set-cookie']), /HttpOnly; SameSite=Lax/)
  assert.deepEqual(
    (await store.audit.list({ limit: 1 })).map(({ who, what, subject }) => [who, what, subject]),
    [['console', 'resource.put', 'event_source/shop']],
  )
})

test('what cannot be saved is answered with every problem and where it is', async (t) => {
  const { server } = await aServer(t)
  const put = (identity: string, spec: object) =>
    server.inject({ method: 'PUT', url: `/api/v1/resources/${identity}`, payload: { spec } })
  await put('account/main', { access_token: 'secret-token' })
  await put('event_source/shop', { type: 'segment', write_key: 'shop-write-key' })
  await put('destination/pixel', { type: 'web_events', account: 'main', pixel_code: 'CXXXXXXXXXXXXXXXXXXX' })

  const { statusCode, body } = await put('sync/s', {
    from: { event_source: 'shpo' },
    to: { destination: 'pixel' },
    mappings: [{ name: 'm', when: 'evnt = "A"', event: 'Purchase', fields: { emial: 'x' } }],
  })

  assert.equal(statusCode, 422)
  const { problems } = JSON.parse(body).error
  assert.deepEqual(
    problems.map(({ path }: { path: string }) => path),
    ['spec.from.event_source', 'spec.mappings[0].fields.emial'],
  )
  assert.match(problems[0].message, /did you mean "shop"/)
  assert.match(problems[1].message, /did you mean "email"/)
})

test('a token is only ever sent to TikTok or to this machine, and never shown', async (t) => {
  const { server } = await aServer(t)
  const url = '/api/v1/resources/account/main'
  const put = (spec: object) => server.inject({ method: 'PUT', url, payload: { spec } })

  const elsewhere = await put({ access_token: 'secret-token', api_url: 'https://business-api.tiktok.com.evil.example' })
  const ours = await put({ access_token: 'secret-token' })
  const shown = await server.inject({ url })

  assert.equal(elsewhere.statusCode, 422)
  assert.equal(ours.statusCode, 200)
  assert.deepEqual(shown.json().spec.access_token, { secret: true, hint: '…oken', ref: null })
})

test('the description of the API names every route', () => {
  const { paths } = describeApi('1.0.0') as { paths: Record<string, object> }

  const described = Object.values(paths).flatMap((methods) => Object.keys(methods)).length

  assert.equal(described, API_ROUTES.length)
})

const urlOf = (path: string): string => `/api/v1${path.replace(':id', '1').replace(/:\w+/g, 'x')}`
