import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, LADEN, SHOP, SHOTEN, type TestSimulator } from '../testing.ts'

const APP_ID = '7000000000000000201'
const SECRET = 'simulator-secret'
const OURS = 'http://127.0.0.1:9/oauth/callback?keep=1'
const LINK = { app_id: APP_ID, redirect_uri: OURS, state: 'state & "more"' }

const pageOf = ({ url }: TestSimulator, link: Record<string, string>) =>
  fetch(`${url}/portal/auth?${new URLSearchParams(link)}`)

const answer = ({ url }: TestSimulator, fields: readonly (readonly [string, string])[]) =>
  fetch(`${url}/portal/auth`, {
    method: 'POST',
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
    redirect: 'manual',
  })

async function allow(tiktok: TestSimulator, advertisers: readonly string[]): Promise<URL> {
  const ticked = advertisers.map((id) => ['advertiser_id', id] as const)
  const response = await answer(tiktok, [...Object.entries(LINK), ...ticked, ['decision', 'allow']])
  assert.equal(response.status, 302)
  return new URL(response.headers.get('location')!)
}

const codeFor = async (tiktok: TestSimulator, advertisers: readonly string[]) =>
  (await allow(tiktok, advertisers)).searchParams.get('auth_code')!

const exchange = (tiktok: TestSimulator, body: object) =>
  tiktok.post('/open_api/v1.3/oauth2/access_token/', { app_id: APP_ID, secret: SECRET, ...body }, {})

async function tokenFor(tiktok: TestSimulator, advertisers: readonly string[]): Promise<string> {
  const { data } = await exchange(tiktok, { auth_code: await codeFor(tiktok, advertisers) })
  return String(data['access_token'])
}

const listed = async (tiktok: TestSimulator, token: string) =>
  tiktok.read('/oauth2/advertiser/get/', { app_id: APP_ID, secret: SECRET }, token)

test('the page names who asks, every account and where it leads, and runs nothing', async (t) => {
  const tiktok = await aSimulator(t)

  const response = await pageOf(tiktok, { ...LINK, state: '"><script>alert(1)</script>' })
  const text = await response.text()

  assert.equal(response.status, 200)
  for (const part of [
    APP_ID,
    'http://127.0.0.1:9/oauth/callback',
    'Simulator shop',
    'シミュレーター商店',
    'EUR',
    'Europe/Berlin',
  ])
    assert.ok(text.includes(part), part)
  assert.ok(!text.includes('<script'))
  assert.match(response.headers.get('content-security-policy')!, /default-src 'none'/)
})

for (const [what, link] of [
  ['an unknown app', { ...LINK, app_id: '1' }],
  ['no app', { redirect_uri: OURS }],
  ['nowhere to go back to', { app_id: APP_ID }],
  ['a script to go back to', { ...LINK, redirect_uri: 'javascript:alert(1)' }],
] as const) {
  test(`a link with ${what} leads nowhere`, async (t) => {
    const tiktok = await aSimulator(t)

    const response = await pageOf(tiktok, link)

    assert.equal(response.status, 400)
    assert.match(await response.text(), /This link is wrong/)
  })
}

test('allowing sends the browser back with the code and the state, and keeps the rest of the address', async (t) => {
  const tiktok = await aSimulator(t)

  const back = await allow(tiktok, [SHOP])

  assert.equal(back.origin + back.pathname, 'http://127.0.0.1:9/oauth/callback')
  assert.equal(back.searchParams.get('keep'), '1')
  assert.equal(back.searchParams.get('state'), LINK.state)
  assert.match(back.searchParams.get('auth_code')!, /^[0-9a-f]{40}$/)
  assert.equal(back.searchParams.get('code'), back.searchParams.get('auth_code'))
})

test('denying sends the browser back without a code', async (t) => {
  const tiktok = await aSimulator(t)

  const response = await answer(tiktok, [...Object.entries(LINK), ['advertiser_id', SHOP], ['decision', 'deny']])
  const back = new URL(response.headers.get('location')!)

  assert.equal(response.status, 302)
  assert.deepEqual([back.searchParams.get('error'), back.searchParams.has('auth_code')], ['access_denied', false])
})

test('allowing without an account asks again', async (t) => {
  const tiktok = await aSimulator(t)

  const response = await answer(tiktok, [...Object.entries(LINK), ['advertiser_id', '8'], ['decision', 'allow']])

  assert.equal(response.status, 200)
  assert.match(await response.text(), /Choose at least one ad account/)
})

test('the token reaches the accounts that were ticked, and no other', async (t) => {
  const tiktok = await aSimulator(t)

  const { code, data } = await exchange(tiktok, { auth_code: await codeFor(tiktok, [LADEN, SHOTEN]) })
  const token = String(data['access_token'])
  const codeOf = async (advertiser_id: string) => (await tiktok.read('/campaign/get/', { advertiser_id }, token)).code

  assert.equal(code, 0)
  assert.deepEqual(data['advertiser_ids'], [LADEN, SHOTEN])
  assert.ok((data['scope'] as unknown[]).every(Number.isInteger))
  assert.deepEqual(
    (await listed(tiktok, token)).data.list.map(({ advertiser_id }: { advertiser_id: string }) => advertiser_id),
    [LADEN, SHOTEN],
  )
  assert.deepEqual([await codeOf(LADEN), await codeOf(SHOP)], [0, 40001])
})

test('a token that was given for an account may send its events', async (t) => {
  const tiktok = await aSimulator(t)
  const track = async (token: string) =>
    (await tiktok.post('/open_api/v1.3/event/track/', {}, { 'access-token': token })).code

  assert.equal(await track(await tokenFor(tiktok, [SHOP])), 40002) // the body is empty, the token is good
  assert.equal(await track('invented'), 40105)
})

test('the accounts are left out of the answer on request', async (t) => {
  const tiktok = await aSimulator(t)

  const { data } = await exchange(tiktok, { auth_code: await codeFor(tiktok, [SHOP]), return_advertiser_ids: false })

  assert.deepEqual(Object.keys(data).toSorted(), ['access_token', 'scope'])
})

test('a code works once', async (t) => {
  const tiktok = await aSimulator(t)
  const auth_code = await codeFor(tiktok, [SHOP])

  assert.equal((await exchange(tiktok, { auth_code })).code, 0)
  const again = await exchange(tiktok, { auth_code })

  assert.deepEqual([again.code, again.message], [40110, 'Auth code is expired or has been used.'])
})

test('a code works for an hour', async (t) => {
  const tiktok = await aSimulator(t)
  const [early, late] = [await codeFor(tiktok, [SHOP]), await codeFor(tiktok, [SHOP])]

  await tiktok.control('POST', 'clock', { advance_ms: 3_599_999 })
  assert.equal((await exchange(tiktok, { auth_code: early })).code, 0)
  await tiktok.control('POST', 'clock', { advance_ms: 1 })
  assert.equal((await exchange(tiktok, { auth_code: late })).code, 40110)
})

test('a wrong secret is refused and does not use the code up', async (t) => {
  const tiktok = await aSimulator(t)
  const auth_code = await codeFor(tiktok, [SHOP])

  assert.equal((await exchange(tiktok, { auth_code, secret: 'wrong' })).code, 40101)
  assert.equal((await exchange(tiktok, { auth_code, app_id: '1' })).code, 40101)
  assert.equal((await exchange(tiktok, { auth_code })).code, 0)
})

test("another app's code is no code", async (t) => {
  const tiktok = await aSimulator(t, { world: { developer_apps: { '202': { secret: 'other' } } } })
  const auth_code = await codeFor(tiktok, [SHOP])

  assert.equal((await exchange(tiktok, { auth_code, app_id: '202', secret: 'other' })).code, 40110)
})

for (const body of [
  { app_id: '' },
  { secret: 5 },
  { auth_code: '' },
  {},
  { auth_code: 'x', return_advertiser_ids: 'no' },
]) {
  test(`an exchange of ${JSON.stringify(body)} is refused with 40002`, async (t) => {
    const tiktok = await aSimulator(t)

    assert.equal((await exchange(tiktok, body)).code, 40002)
  })
}

test('a revoked token is refused everywhere, and cannot be revoked again', async (t) => {
  const tiktok = await aSimulator(t)
  const token = await tokenFor(tiktok, [LADEN])
  const revoke = () =>
    tiktok.post('/open_api/v1.3/oauth2/revoke_token/', { app_id: APP_ID, secret: SECRET, access_token: token }, {})

  const first = await revoke()

  assert.deepEqual([first.code, first.data], [0, { app_id: APP_ID, advertiser_ids: [LADEN] }])
  assert.equal((await tiktok.read('/user/info/', {}, token)).code, 40105)
  assert.equal((await revoke()).code, 40105)
})

test('neither secret, code nor token is in the record of the requests', async (t) => {
  const lines: string[] = []
  const tiktok = await aSimulator(t, { log: (line) => lines.push(line) })
  const auth_code = await codeFor(tiktok, [SHOP])

  const { data } = await exchange(tiktok, { auth_code })

  const { requests } = await tiktok.control('GET', 'requests?bodies=1')
  const told = JSON.stringify([requests, lines])
  assert.equal(requests.length, 1)
  for (const secret of [SECRET, auth_code, String(data['access_token'])]) assert.ok(!told.includes(secret))
})

test('faults hit the exchange as they hit everything else', async (t) => {
  const tiktok = await aSimulator(t)
  const auth_code = await codeFor(tiktok, [SHOP])
  await tiktok.control('POST', 'faults', { fault: 'throttle', times: 1, match: { path: '/oauth2/' } })

  assert.equal((await exchange(tiktok, { auth_code })).code, 40100)
  assert.equal((await exchange(tiktok, { auth_code })).code, 0)
})
