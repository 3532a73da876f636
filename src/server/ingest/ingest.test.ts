import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { aTrack, basic, type IngestServer, ingestServer, NOW, SHOP } from '../../../test/ingest_server.ts'
import type { ConfiguredSource } from './options.ts'

const SUCCESS = '{"success":true}'
const post = ({ server }: IngestServer, url: string, payload: object | string | Buffer, headers: object = {}) =>
  server.inject({ method: 'POST', url, payload, headers: { authorization: basic('WK'), ...headers } })
const namesOf = async (ingest: IngestServer) => (await ingest.events()).map(({ name }) => name)

test('a single call arrives at every address clients have for it, with the type of its path', async () => {
  const types = { track: 't', page: 'p', screen: 's', identify: 'i', group: 'g', alias: 'a' }
  for (const [type, letter] of Object.entries(types)) {
    for (const path of [`/v1/${type}`, `/v1/${letter}`, `/${letter}`, `/v1/v1/${type}`, `/proxy/v1/${letter}`]) {
      const ingest = ingestServer()

      const answer = await post(ingest, path, { event: 'E', userId: 'u', messageId: 'm' })

      assert.deepEqual([answer.statusCode, answer.body], [200, SUCCESS], path)
      assert.deepEqual(
        (await ingest.payloads()).map((event) => (event as { type: string }).type),
        [type],
        path,
      )
    }
  }
})

test('a batch arrives at every address clients have for it', async () => {
  const paths = ['/v1/batch', '/v1/b', '/v1/import', '/v1/import/', '/b', '/batch', '/v1/v1/batch', '/custom/batch']
  for (const path of [...paths, '/v1/batch/v1/batch', '/v1/batch/b', '/v1/batch/']) {
    const ingest = ingestServer()

    const answer = await post(ingest, path, { batch: [aTrack(), aTrack({ messageId: 'm2', event: 'Cart Viewed' })] })

    assert.deepEqual([answer.statusCode, answer.body], [200, SUCCESS], path)
    assert.deepEqual(await namesOf(ingest), ['Order Completed', 'Cart Viewed'], path)
  }
})

test('what is kept is the event, normalised, under its source, at the time of the server', async () => {
  const ingest = ingestServer()

  await post(ingest, '/v1/track', aTrack({ writeKey: 'WK', timestamp: '2026-11-21T21:09:00.000Z' }))

  const [event] = await ingest.events()
  const { payload, ...rest } = event!
  assert.deepEqual(rest, { seq: 1, source: 'shop', messageId: 'm1', name: 'Order Completed', receivedAt: NOW })
  assert.deepEqual(JSON.parse(payload), {
    type: 'track',
    event: 'Order Completed',
    userId: 'u1',
    messageId: 'm1',
    context: {},
    timestamp: '2026-11-21T21:09:00.000Z',
    originalTimestamp: '2026-11-21T21:09:00.000Z',
    receivedAt: '2026-11-21T21:10:00.000Z',
  })
})

test('nulls for every optional field are as good as no fields', async () => {
  const ingest = ingestServer()
  const optional = [
    'timestamp',
    'originalTimestamp',
    'sentAt',
    'context',
    'integrations',
    'properties',
    'traits',
    'name',
  ]
  const nulls = [...optional, 'anonymousId', 'groupId', 'previousId', 'category', 'channel', 'version', 'messageId']
  const given = { event: 'E', userId: 'u1', ...Object.fromEntries(nulls.map((name) => [name, null])) }

  const answer = await post(ingest, '/v1/batch', { batch: [{ ...given, type: 'track' }], sentAt: null, context: null })

  const [event] = (await ingest.payloads()) as Record<string, unknown>[]
  assert.equal(answer.statusCode, 200)
  assert.deepEqual(
    [event?.['timestamp'], event?.['anonymousId'], event?.['context'], event?.['_backbeat']],
    ['2026-11-21T21:10:00.000Z', undefined, {}, { messageId: 'generated' }],
  )
})

test('the write key counts wherever a client puts it', async () => {
  const keyless = { authorization: '' }
  const places: readonly (readonly [string, object, object])[] = [
    ['/v1/t', aTrack(), { authorization: basic('WK') }],
    ['/v1/t', aTrack(), { authorization: `Basic ${Buffer.from('WK').toString('base64')}` }],
    ['/v1/t', aTrack(), { authorization: `basic ${Buffer.from('WK:secret').toString('base64')}` }],
    ['/v1/t', aTrack({ writeKey: 'WK' }), keyless],
    ['/v1/t', aTrack({ writeKey: 'WK' }), { authorization: 'Bearer token' }],
    ['/v1/t', aTrack({ writeKey: 'WK' }), { authorization: basic('of the staging proxy') }],
    ['/v1/batch', { writeKey: 'WK', batch: [aTrack()] }, keyless],
    ['/v1/b', { batch: [aTrack({ writeKey: 'WK' })] }, keyless],
    ['/beacon/v1/batch?writeKey=WK', { batch: [aTrack()] }, keyless],
  ]

  for (const [path, body, headers] of places) {
    const ingest = ingestServer()
    const answer = await post(ingest, path, body, headers)
    assert.deepEqual([answer.statusCode, (await ingest.events()).length], [200, 1], JSON.stringify([path, headers]))
  }
})

test('no Content-Type keeps a body from being read as JSON, compressed or not', async () => {
  const types = [
    'application/json',
    'application/json; charset=utf-8',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'nonsense',
    ';',
  ]
  for (const type of types) {
    for (const payload of [JSON.stringify(aTrack()), gzipSync(JSON.stringify(aTrack()))]) {
      const ingest = ingestServer()
      const answer = await post(ingest, '/v1/t', payload, { 'content-type': type })
      assert.deepEqual([answer.statusCode, (await ingest.events()).length], [200, 1], type)
    }
  }
})

test('a proxy may inflate a body and forget the header that said it was compressed', async () => {
  const answer = await post(ingestServer(), '/v1/t', JSON.stringify(aTrack()), { 'content-encoding': 'gzip' })

  assert.equal(answer.statusCode, 200)
})

test('an encoding we do not know is named', async () => {
  const answer = await post(ingestServer(), '/v1/t', Buffer.from([0x0b, 0x02, 0x80]), { 'content-encoding': 'br' })

  assert.equal(answer.statusCode, 400)
  assert.match(answer.json().message, /encoded as "br"; send the body as it is or compressed with gzip/)
})

test('the same batch twice is taken once', async () => {
  const ingest = ingestServer()
  const batch = { batch: [aTrack(), aTrack({ messageId: 'm2' })] }

  await post(ingest, '/v1/batch', { ...batch, sentAt: '2026-11-21T21:09:00.000Z' })
  const again = await post(
    ingest,
    '/v1/batch',
    { ...batch, sentAt: '2026-11-21T21:09:30.000Z' },
    { 'x-retry-count': '1' },
  )

  assert.equal(again.statusCode, 200)
  assert.deepEqual(await ingest.queue.intake('shop'), { accepted: 4, duplicate: 2, rejected: 0, lastSeq: 2 })
})

test('an unknown write key gets 400, which every client takes for final, and nothing of it is kept', async () => {
  const ingest = ingestServer()

  const answer = await post(ingest, '/v1/t', aTrack({ writeKey: 'other' }), { authorization: basic('other') })

  const message =
    'Cannot tell the event source: no source has this write key; use the write key shown beside the event source'
  assert.equal(answer.statusCode, 400)
  assert.deepEqual(answer.json(), { success: false, code: 'invalid_write_key', message, error: message })
  assert.deepEqual([await ingest.events(), await ingest.rejects()], [[], []])
})

test('a source made a moment ago is known', async () => {
  let configured: readonly ConfiguredSource[] = []
  const refreshSources = async () => {
    configured = [SHOP]
    return true
  }
  const fresh = () => {
    configured = []
    return ingestServer({ sources: (key) => configured.find(({ writeKey }) => writeKey === key), refreshSources })
  }

  const inHeader = await post(fresh(), '/v1/t', aTrack())
  const inBody = await post(fresh(), '/v1/t', aTrack({ writeKey: 'WK' }), { authorization: '' })
  const inPath = await fresh().server.inject({ method: 'GET', url: '/v1/projects/WK/settings' })
  const other = await post(fresh(), '/v1/t', aTrack(), { authorization: basic('other') })

  assert.deepEqual(
    [inHeader, inBody, inPath, other].map(({ statusCode }) => statusCode),
    [200, 200, 200, 400],
  )
})

test('a source for servers takes its key in the header only, and answers 401 otherwise', async () => {
  const strict = { configured: [{ ...SHOP, strictKeys: true }] }

  const inBody = await post(ingestServer(strict), '/v1/t', aTrack({ writeKey: 'WK' }), { authorization: '' })
  const inHeader = await post(ingestServer(strict), '/v1/t', aTrack())

  assert.deepEqual([inBody.statusCode, inBody.json().code], [401, 'invalid_write_key'])
  assert.equal(inHeader.statusCode, 200)
})

test('unknown keys are told to the operator once a minute, with their number and without the key', async () => {
  const lines: unknown[] = []
  let now = NOW
  const log = { warn: (fields: object, message: string) => lines.push({ ...fields, message }), error: assert.fail }
  const ingest = ingestServer({ log, now: () => now })
  const send = () => post(ingest, '/v1/t', aTrack(), { authorization: basic('other') })

  for (let call = 0; call < 5; call++) await send()
  now += 60_000
  await send()

  const message = 'Refused events: no event source has their write key'
  assert.deepEqual(lines, [
    { requests: 1, path: '/v1/t', message },
    { requests: 5, path: '/v1/t', message },
  ])
})

test('a page of an origin that is not allowed may not send, and a server without one may', async () => {
  const ingest = ingestServer({ configured: [{ ...SHOP, allowedOrigins: ['https://shop.example'] }] })

  const other = await post(ingest, '/v1/t', aTrack(), { origin: 'https://other.example' })
  const own = await post(ingest, '/v1/t', aTrack(), { origin: 'https://shop.example' })
  const server = await post(ingest, '/v1/t', aTrack({ messageId: 'm2' }))

  assert.deepEqual([other.statusCode, other.json().code], [403, 'origin_not_allowed'])
  assert.deepEqual([own.statusCode, server.statusCode, (await ingest.events()).length], [200, 200, 2])
})

test('what libraries measure about themselves is taken and dropped', async () => {
  const ingest = ingestServer()

  const answer = await post(
    ingest,
    '/v1/m',
    { series: [{ type: 'Counter', metric: 'm', value: 1 }] },
    { authorization: '' },
  )

  assert.deepEqual([answer.statusCode, answer.body, await ingest.events()], [200, SUCCESS, []])
})
