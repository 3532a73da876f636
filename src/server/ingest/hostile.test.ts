import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { aTrack, basic, type IngestServer, ingestServer } from '../../../test/ingest_server.ts'

const post = ({ server }: IngestServer, url: string, payload: string | Buffer) =>
  server.inject({ method: 'POST', url, payload, headers: { authorization: basic('WK') } })

const text = (value: object) => JSON.stringify(value)
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const manyKeys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]))
const track = (more: string) => `{"type":"track","event":"E","userId":"u","messageId":"m",${more}}`

/** What it is, the body, and what its sender is told. */
const BODIES: readonly (readonly [string, string | Buffer, string])[] = [
  ['a body nested 31,000 deep', track(`"properties":${nested(31_000)}`), 'body_too_deep'],
  ['100,000 opened brackets', '['.repeat(100_000), 'body_too_deep'],
  ['nesting one past the cap', track(`"properties":${nested(64)}`), 'body_too_deep'],
  ['a number past every double', track('"properties":{"value":1e999}'), 'event_number_too_large'],
  ['a fraction of 400 digits', track(`"properties":{"value":${'9'.repeat(400)}.5}`), 'event_number_too_large'],
  ['40,000 keys', text(aTrack({ properties: manyKeys(40_000) })), 'event_too_large'],
  ['a gzip bomb of 20 MB', gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')), 'body_too_large'],
  ['a gzip stream cut in half', gzipSync(text(aTrack())).subarray(0, 40), 'body_not_gzip'],
  ['nothing at all', '', 'body_empty'],
  ['half an event', text(aTrack()).slice(0, 30), 'body_not_json'],
  ['a byte order mark', `\ufeff${text(aTrack())}`, 'body_not_utf8'],
  ['UTF-16', Buffer.from(text(aTrack()), 'utf16le'), 'body_not_utf8'],
  ['bytes that are not UTF-8', Buffer.from(text(aTrack({ userId: 'J\xf6rg' })), 'latin1'), 'body_not_utf8'],
  ['an array instead of an object', text([aTrack()]), 'body_not_object'],
  ['a form', 'event=E&userId=u', 'body_not_json'],
]

for (const [what, body, code] of BODIES) {
  test(`${what} gets 400 with its reason, is listed, and leaves the door open`, async () => {
    const ingest = ingestServer()

    const answer = await post(ingest, '/v1/t', body)
    const next = await post(ingest, '/v1/t', text(aTrack()))

    assert.deepEqual([answer.statusCode, answer.json().code, next.statusCode], [400, code, 200])
    assert.deepEqual(
      (await ingest.rejects()).map(({ reason }) => reason.code),
      [`ingest.${code}`],
    )
    assert.equal((await ingest.events()).length, 1)
  })
}

test('batches that are none are refused for their reason', async () => {
  for (const [body, code] of [
    ['{"batch":{"0":{}}}', 'batch_not_array'],
    ['{"type":"track"}', 'batch_not_array'],
    ['{"batch":[{"type":"track","event":"E","userId":"u"}],"context":{"a":-1e999}}', 'event_number_too_large'],
  ] as const) {
    const answer = await post(ingestServer(), '/v1/batch', body)
    assert.deepEqual([answer.statusCode, answer.json().code], [400, code], body)
  }
})

test('one event with a number past every double does not fail its batch', async () => {
  const ingest = ingestServer()

  const answer = await post(ingest, '/v1/batch', `{"batch":[${track('"properties":{"a":[1e999]}')},${text(aTrack())}]}`)

  assert.equal(answer.statusCode, 200)
  assert.deepEqual(
    (await ingest.events()).map(({ messageId }) => messageId),
    ['m1'],
  )
})

test('numbers at the edge of a double are kept, and ids beyond it keep every digit', async () => {
  const ingest = ingestServer()

  await post(ingest, '/v1/t', track('"properties":{"tiny":1e-400,"zero":-0,"id":7034045738462900737,"big":1e308}'))

  const [event] = (await ingest.payloads()) as { properties: object }[]
  assert.deepEqual(event?.properties, { tiny: 0, zero: 0, id: '7034045738462900737', big: 1e308 })
})

test('keys that name parts of every object are kept as keys, and nothing else changes', async () => {
  const ingest = ingestServer()
  const keys = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
  const bodies = [
    ['/v1/t', track(`${keys},"context":{${keys}},"properties":{${keys}}`)],
    ['/v1/batch', `{"batch":[${track(`"context":{${keys}}`)}],"context":{${keys}},"integrations":{${keys}},${keys}}`],
    ['/v1/t', `{"a":"\\ud800",${track(`"n":12345678901234567890,"properties":{${keys}}`).slice(1)}`],
  ] as const

  for (const [path, body] of bodies) {
    await post(ingest, path, body.replace('"m"', `"m${body.length}"`))
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
    assert.equal(Object.getPrototypeOf({}), Object.prototype)
  }

  const kept = (await ingest.events()).map(
    ({ payload }) => (payload.match(/"__proto__":\{"polluted":1\}/g) ?? []).length,
  )
  assert.deepEqual(kept, [3, 2, 1])
})

test('half of a UTF-16 pair is replaced before anything is kept, so that every later stage sees the same text', async () => {
  const ingest = ingestServer()

  await post(
    ingest,
    '/v1/t',
    String.raw`{"event":"a\ud800","userId":"\udc00","messageId":"m\ud83d","properties":{"\ud800":1}}`,
  )

  const [event] = await ingest.events()
  assert.deepEqual([event?.name, event?.messageId, event?.payload.includes('\\ud')], ['a\ufffd', 'm\ufffd', false])
})

test('of equal keys the last one counts, so a repeated message id cannot slip past', async () => {
  const ingest = ingestServer()

  await post(ingest, '/v1/t', text(aTrack({ messageId: 'b' })))
  await post(ingest, '/v1/t', '{"messageId":"a","event":"E","userId":"u","messageId":"b"}')

  assert.equal((await ingest.queue.intake('shop')).duplicate, 1)
})

test('a NUL in a text is kept as it came', async () => {
  const ingest = ingestServer()

  await post(ingest, '/v1/t', text(aTrack({ userId: 'a\u0000b' })))

  assert.equal(((await ingest.payloads())[0] as { userId: string }).userId, 'a\u0000b')
})

test('behind one proxy the address is the one the proxy saw, whatever the client wrote', async () => {
  const ipBehind = async (trustProxyHops: number) => {
    const ingest = ingestServer({ trustProxyHops })
    const headers = { origin: 'https://shop.example', 'x-forwarded-for': '1.2.3.4, 203.0.113.9' }
    await ingest.server.inject({ method: 'POST', url: '/v1/t', payload: aTrack({ writeKey: 'WK' }), headers })
    return ((await ingest.payloads())[0] as { context: { ip: string } }).context.ip
  }

  assert.deepEqual([await ipBehind(0), await ipBehind(1), await ipBehind(2)], ['127.0.0.1', '203.0.113.9', '1.2.3.4'])
})
