import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aTrack, basic, ingestServer } from '../../../test/ingest_server.ts'

const ORIGIN = 'https://shop.example'
const INGEST_PATHS = [
  ...['track', 'page', 'screen', 'identify', 'group', 'alias', 't', 'p', 's', 'i', 'g', 'a'].map(
    (call) => `/v1/${call}`,
  ),
  ...['/v1/batch', '/v1/b', '/v1/import', '/v1/import/', '/v1/m', '/b', '/v1/batch/v1/batch'],
  ...['/v1/projects/WK/settings', '/analytics.js/v1/WK/analytics.min.js', '/v1/pixel/track', '/cfg/sourceConfig/'],
]

test('a page may ask before it sends, at every path, and need not ask again for two hours', async () => {
  const { server } = ingestServer()
  for (const path of INGEST_PATHS) {
    for (const asked of [
      'authorization',
      'authorization,x-retry-count',
      'anonymousid,authorization,content-type,sentat',
    ]) {
      const { statusCode, body, headers } = await server.inject({
        method: 'OPTIONS',
        url: path,
        headers: { origin: ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': asked },
      })

      const allowed = String(headers['access-control-allow-headers']).split(', ')
      assert.deepEqual([statusCode, body], [204, ''], path)
      assert.deepEqual(
        asked.split(',').filter((name) => !allowed.includes(name)),
        [],
        path,
      )
      assert.deepEqual(
        ['allow-origin', 'allow-methods', 'max-age'].map((name) => headers[`access-control-${name}`]),
        ['*', 'GET, POST, OPTIONS', '7200'],
      )
      assert.equal(headers['vary'], 'Origin')
    }
  }
})

test('a page may read every answer, and Retry-After above all', async () => {
  const sending = (limits: object, body: object) =>
    ingestServer({ limits }).server.inject({
      method: 'POST',
      url: '/v1/t',
      headers: { origin: ORIGIN, authorization: basic('WK') },
      payload: body,
    })

  const kept = await sending({}, aTrack())
  const refused = await sending({}, {})
  const busy = await sending({ waitingBytesMax: 0 }, aTrack())

  assert.deepEqual([kept.statusCode, refused.statusCode, busy.statusCode], [200, 400, 429])
  assert.match(String(busy.headers['retry-after']), /^[1-5]$/)
  for (const { headers } of [kept, refused, busy]) {
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.equal(headers['access-control-expose-headers'], 'Retry-After, X-MP-Max-Age')
    assert.equal(headers['vary'], 'Origin')
  }
})

test('a beacon, which sends cookies along, gets its own origin back', async () => {
  const { server } = ingestServer()
  const url = '/beacon/v1/batch?writeKey=WK'

  const asked = await server.inject({ method: 'OPTIONS', url, headers: { origin: ORIGIN } })
  const sent = await server.inject({ method: 'POST', url, headers: { origin: ORIGIN }, payload: { batch: [aTrack()] } })

  for (const { headers } of [asked, sent]) {
    assert.equal(headers['access-control-allow-origin'], ORIGIN)
    assert.equal(headers['access-control-allow-credentials'], 'true')
  }
})
