import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { aTrack, ingestServer, SHOP } from '../../../test/ingest_server.ts'

const SCRIPT = readFileSync(createRequire(import.meta.url).resolve('@segment/analytics-next/dist/umd/standalone.js'))
const get = (url: string, headers: Record<string, string> = {}, parts: Parameters<typeof ingestServer>[0] = {}) =>
  ingestServer(parts).server.inject({ method: 'GET', url, headers: { host: 'events.shop.example', ...headers } })
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64')

test('the settings point the library at the host they were fetched from', async () => {
  for (const path of ['/v1/projects/WK/settings', '/projects/WK/settings', '/v1/v1/projects/WK/settings']) {
    const answer = await get(path)

    const { apiKey, apiHost, protocol, httpConfig } = answer.json().integrations['Segment.io']
    assert.deepEqual([answer.statusCode, Object.keys(answer.json().integrations)], [200, ['Segment.io']])
    assert.deepEqual(
      { apiKey, apiHost, protocol },
      { apiKey: 'WK', apiHost: 'events.shop.example/v1', protocol: 'http' },
    )
    assert.equal(httpConfig.rateLimitConfig.maxRetryInterval, 300)
    assert.equal(answer.headers['cache-control'], 'public, max-age=120')
  }
})

test('behind a proxy that ends TLS the settings say https, and without one nobody can make them say it', async () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }

  const behind = await get('/v1/projects/WK/settings', forwarded, { trustProxyHops: 1 })
  const open = await get('/v1/projects/WK/settings', forwarded)

  const hostAndProtocol = (answer: typeof open) => {
    const { apiHost, protocol } = answer.json().integrations['Segment.io']
    return [apiHost, protocol]
  }
  assert.deepEqual(hostAndProtocol(behind), ['events.shop.example/v1', 'https'])
  assert.deepEqual(hostAndProtocol(open), ['events.shop.example/v1', 'http'])
})

test('no settings for an unknown key', async () => {
  const answer = await get('/v1/projects/other/settings')

  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'invalid_write_key'])
})

test('analytics.js is served under each of its names, compressed for who can inflate it, and may be cached', async () => {
  for (const name of ['analytics.min.js', 'analytics.js', 'platform/analytics.min.js', 'platform/analytics.js']) {
    const plain = await get(`/analytics.js/v1/WK/${name}`)
    const gzipped = await get(`/analytics.js/v1/WK/${name}`, { 'accept-encoding': 'gzip, deflate, br' })

    assert.ok(plain.rawPayload.equals(SCRIPT), name)
    assert.ok(gunzipSync(gzipped.rawPayload).equals(SCRIPT), name)
    assert.equal(gzipped.headers['content-encoding'], 'gzip')
    for (const { headers } of [plain, gzipped]) {
      assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
      assert.equal(headers['cache-control'], 'public, max-age=3600')
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    }
  }
})

test('the parts analytics.js loads when it needs them are served, and no other file is', async () => {
  const part = queryStringPart()

  assert.equal((await get(`/analytics-next/bundles/${part}`)).statusCode, 200)
  for (const other of ['index.js', '..%2f..%2f..%2fpackage.json', `${part}.map`, '']) {
    assert.equal((await get(`/analytics-next/bundles/${other}`)).statusCode, 404, other)
  }
})

// The script names its parts in two tables, number to name and number to digest.
function queryStringPart(): string {
  const numbered = /538:"(queryString)"[\s\S]*?538:"(\w+)"/.exec(SCRIPT.toString())!
  return `${numbered[1]}.bundle.${numbered[2]}.js`
}

test('a pixel brings an event as base64 or in its query, and answers with an image', async () => {
  const ingest = ingestServer()
  const data = encodeURIComponent(base64({ writeKey: 'WK', userId: 'u1', event: 'Opened', messageId: 'm1' }))
  const query =
    'writeKey=WK&userId=u1&event=Opened&messageId=m2&properties.campaign=May&context.page.url=https%3A%2F%2Fx'

  for (const url of [`/v1/pixel/track?data=${data}`, `/v1/pixel/track?${query}`]) {
    const answer = await ingest.server.inject({ method: 'GET', url })
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'image/gif'])
    assert.equal(answer.rawPayload.subarray(0, 6).toString(), 'GIF89a')
    assert.equal(answer.headers['cache-control'], 'no-store')
  }

  const [first, second] = (await ingest.payloads()) as Record<string, unknown>[]
  assert.deepEqual([first?.['type'], first?.['event'], first?.['writeKey']], ['track', 'Opened', undefined])
  assert.deepEqual(second?.['properties'], { campaign: 'May' })
  assert.deepEqual(second?.['context'], { page: { url: 'https://x' } })
})

test('a pixel that brings nothing usable is still an image, and is listed', async () => {
  const ingest = ingestServer()
  const urls = [
    '/v1/pixel/track?writeKey=WK&userId=u1',
    '/v1/pixel/nonsense?writeKey=WK&userId=u1',
    '/v1/pixel/track?writeKey=WK&data=e30',
    `/v1/pixel/track?writeKey=WK&data=${base64({ a: 1 }).slice(0, 5)}`,
    `/v1/pixel/track?writeKey=WK&userId=u1&event=E&${'a.'.repeat(70)}b=1`,
    '/v1/pixel/track?writeKey=other&userId=u1&event=E',
    '/v1/pixel/track',
  ]

  for (const url of urls) {
    const answer = await ingest.server.inject({ method: 'GET', url })
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'image/gif'], url)
  }

  assert.deepEqual([(await ingest.events()).length, (await ingest.rejects()).length], [0, 5])
})

test('a pixel cannot reach what all objects share', async () => {
  const ingest = ingestServer()
  const query = 'writeKey=WK&userId=u1&event=E&__proto__.polluted=1&constructor.prototype.polluted=1'

  await ingest.server.inject({ method: 'GET', url: `/v1/pixel/track?${query}` })

  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
  assert.equal((await ingest.events()).length, 1)
})

test('asking whether a pixel is there brings no event', async () => {
  const ingest = ingestServer()

  await ingest.server.inject({ method: 'HEAD', url: '/v1/pixel/track?writeKey=WK&userId=u1&event=E' })

  assert.deepEqual(await ingest.events(), [])
})

test("RudderStack's browser library learns that its source is on", async () => {
  const configured = [{ ...SHOP, type: 'rudderstack' }]
  for (const path of [
    '/sourceConfig/?p=npm&v=3&writeKey=WK',
    '/cfg/sourceConfig/?writeKey=WK',
    '/sourceConfig?writeKey=WK',
  ]) {
    const answer = await get(path, {}, { configured })
    const { writeKey, enabled, destinations } = answer.json().source
    assert.deepEqual([answer.statusCode, writeKey, enabled, destinations], [200, 'WK', true, []], path)
  }
})

test("RudderStack's header stands in for a missing anonymous id, at a source of RudderStack's", async () => {
  const ingest = ingestServer({ configured: [{ ...SHOP, type: 'rudderstack' }] })
  const headers = { anonymousid: Buffer.from('a-1').toString('base64') }
  const body = aTrack({ writeKey: 'WK', userId: '', channel: 'web' })

  await ingest.server.inject({ method: 'POST', url: '/v1/track', headers, payload: body })

  assert.equal(((await ingest.payloads())[0] as { anonymousId: string }).anonymousId, 'a-1')
})
