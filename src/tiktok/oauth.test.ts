import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeCall, fakeTikTok } from '../../test/fake_tiktok.ts'
import type { CallError } from '../core/errors.ts'
import { consentUrl, exchangeCode, listAdvertisers, revokeToken } from './oauth.ts'

const APP = { appId: '7100000000000000001', secret: 'app&secret of 40 letters' }

/** TikTok with advertisers 1 to `count`, of which one may not be read. */
function fakeAccounts(count: number, denied: string | null = null) {
  const id = (index: number) => `70000000000000000${String(index + 10)}`
  const ids = Array.from({ length: count }, (_, index) => id(index))
  return fakeTikTok({
    '/oauth2/advertiser/get/': () => ({
      data: {
        list: ids.map((advertiser_id) => ({ advertiser_id, advertiser_name: `Shop ${advertiser_id.slice(-2)}` })),
      },
    }),
    '/advertiser/info/': ({ params }: FakeCall) => {
      const asked = params['advertiser_ids'] as string[]
      if (asked.length > 100) return { code: 40_002, message: 'advertiser_ids: at most 100' }
      const refused = asked.find((one) => one === denied || !ids.includes(one))
      if (refused) return { code: 40_001, message: `No permission to operate advertiser ${refused}.` }
      return {
        data: {
          list: asked.map((advertiser_id) => ({
            advertiser_id,
            name: `Shop ${advertiser_id.slice(-2)}`,
            currency: 'EUR',
            timezone: 'Etc/GMT-1',
            display_timezone: 'Europe/Berlin',
            status: 'STATUS_ENABLE',
            role: 'ROLE_ADVERTISER',
          })),
        },
      }
    },
  })
}

test('the consent page stands at the host of the API', () => {
  const consent = { appId: '71', redirectUri: 'http://localhost:8080/api/v1/oauth/callback', state: 's/1' }

  assert.equal(
    consentUrl({ ...consent, apiUrl: 'https://business-api.tiktok.com/open_api/v1.3' }),
    'https://business-api.tiktok.com/portal/auth?app_id=71&state=s%2F1&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fapi%2Fv1%2Foauth%2Fcallback',
  )
  assert.match(
    consentUrl({ ...consent, apiUrl: 'http://127.0.0.1:4010/open_api/v1.3' }),
    /^http:\/\/127\.0\.0\.1:4010\/portal\/auth\?/,
  )
})

test('a code becomes a token, without a token in the call', async () => {
  const { tiktok, calls } = fakeTikTok({
    '/oauth2/access_token/': () => ({ data: { access_token: 'fresh', advertiser_ids: ['7'], scope: [4, 110] } }),
  })

  const token = await exchangeCode(tiktok, APP, 'code')

  assert.deepEqual(token, { access_token: 'fresh', advertiser_ids: ['7'], scope: ['4', '110'] })
  assert.deepEqual(calls[0]?.params, { app_id: APP.appId, secret: APP.secret, auth_code: 'code' })
  assert.equal(calls[0]?.token, null)
})

test('a code that was used says to connect again, and quotes no secret', async () => {
  const { tiktok } = fakeTikTok({
    '/oauth2/access_token/': () => ({ code: 40_110, message: `Auth code my-code of ${APP.secret} has been used.` }),
  })

  const error: CallError = await exchangeCode(tiktok, APP, 'my-code').then(
    () => assert.fail(),
    (thrown) => thrown,
  )

  assert.equal(error.code, 'tiktok.token_invalid')
  assert.match(error.message, /Auth code \*\*\* of \*\*\* has been used/)
})

test('every advertiser the token reaches is listed, in calls of a hundred, and no receipt shows the secret', async () => {
  const fake = fakeAccounts(90)
  const receipts: string[] = []
  const caller: typeof fake.tiktok = {
    ...fake.tiktok,
    call: async (...call) => {
      const answer = await fake.tiktok.call(...call)
      receipts.push(answer.receipt.url)
      return answer
    },
  }

  const found = await listAdvertisers(caller, { app: APP, ids: [] })

  assert.equal(found.length, 90)
  assert.deepEqual(found[0], {
    id: '7000000000000000010',
    name: 'Shop 10',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
    status: 'STATUS_ENABLE',
    role: 'ROLE_ADVERTISER',
    lacks: null,
  })
  assert.match(receipts[0]!, /secret=\*\*\*$/)
  assert.equal(fake.calls[0]?.params['secret'], APP.secret)
})

test('an advertiser that may not be read is listed with what it lacks, and the others are whole', async () => {
  const denied = '7000000000000000013'
  const { reader } = fakeAccounts(9, denied)

  const found = await listAdvertisers(reader, { app: APP, ids: [] })

  assert.equal(found.length, 9)
  assert.deepEqual(
    found.filter(({ lacks }) => lacks !== null).map(({ id, name, status }) => ({ id, name, status })),
    [{ id: denied, name: 'Shop 13', status: 'unknown' }],
  )
  assert.match(found.find(({ id }) => id === denied)!.lacks!, /No permission to operate advertiser/)
})

test('a bare token tells about the advertisers that are named', async () => {
  const { reader, calls } = fakeAccounts(5)

  const found = await listAdvertisers(reader, { app: null, ids: ['7000000000000000011'] })

  assert.deepEqual(
    found.map(({ id, currency }) => [id, currency]),
    [['7000000000000000011', 'EUR']],
  )
  assert.deepEqual(
    calls.map(({ path }) => path),
    ['/advertiser/info/'],
  )
})

test('a sandbox, which has no list, tells about the advertisers that are named', async () => {
  const { tiktok } = fakeTikTok({
    '/oauth2/advertiser/get/': () => ({ code: 40_009, message: 'Not supported in sandbox' }),
    '/advertiser/info/': () => ({ data: { list: [{ advertiser_id: '7', name: 'Sandbox' }] } }),
  })

  const found = await listAdvertisers(tiktok, { app: APP, ids: ['7'] })

  assert.deepEqual(
    found.map(({ name, timezone }) => [name, timezone]),
    [['Sandbox', 'UTC']],
  )
})

test('nobody left to reach is an empty list, and a dead token is an error', async () => {
  const { tiktok } = fakeTikTok({ '/oauth2/advertiser/get/': () => ({ data: {} }) })
  const { tiktok: revoked } = fakeTikTok({ '/oauth2/advertiser/get/': () => ({ code: 40_105, message: 'revoked' }) })

  assert.deepEqual(await listAdvertisers(tiktok, { app: APP, ids: ['7'] }), [])
  await assert.rejects(listAdvertisers(revoked, { app: APP, ids: ['7'] }), { code: 'tiktok.token_invalid' })
})

test('revoking names the app and the token', async () => {
  const { tiktok, calls } = fakeTikTok({ '/oauth2/revoke_token/': () => ({ data: {} }) })

  await revokeToken(tiktok, APP, 'old')

  assert.deepEqual(calls[0]?.params, { app_id: APP.appId, secret: APP.secret, access_token: 'old' })
})
