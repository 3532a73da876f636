import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { aTrack, basic, type IngestServer, ingestServer, NOW } from '../../../test/ingest_server.ts'

const post = ({ server }: IngestServer, url: string, payload: object | string | Buffer) =>
  server.inject({ method: 'POST', url, payload, headers: { authorization: basic('WK') } })
const codesOf = async (ingest: IngestServer) => (await ingest.rejects()).map(({ reason }) => reason.code)
const tracks = (count: number) => Array.from({ length: count }, (_, at) => aTrack({ messageId: `m${at}` }))

/** A track call of exactly this many bytes. */
const sized = (bytes: number, messageId = 'm1') => {
  const empty = aTrack({ messageId, properties: { text: '' } })
  return { ...empty, properties: { text: 'x'.repeat(bytes - JSON.stringify(empty).length) } }
}

test('an event of 32 KB is taken, and one byte more is refused', async () => {
  const ingest = ingestServer()

  const most = await post(ingest, '/v1/t', sized(32 * 1024))
  const more = await post(ingest, '/v1/t', sized(32 * 1024 + 1, 'm2'))

  assert.deepEqual([most.statusCode, more.statusCode, more.json().code], [200, 400, 'event_too_large'])
  assert.deepEqual([(await ingest.events()).length, await codesOf(ingest)], [1, ['ingest.event_too_large']])
})

test('a 41 KB event does not fail its batch: the other is taken, and the answer names the one that is not', async () => {
  const ingest = ingestServer()

  const answer = await post(ingest, '/v1/batch', { batch: [sized(41_000), aTrack({ messageId: 'm2' })] })

  const message = 'Cannot keep the event: it is larger than 32768 bytes'
  const remedy = 'send less with this event'
  assert.equal(answer.statusCode, 200)
  assert.deepEqual(answer.json(), {
    success: true,
    refusedCount: 1,
    refused: [{ index: 0, code: 'event_too_large', message, remedy }],
  })
  assert.deepEqual(
    (await ingest.events()).map(({ messageId }) => messageId),
    ['m2'],
  )
  const [reject] = await ingest.rejects()
  assert.deepEqual(
    { ...reject, body: JSON.parse(reject!.body) },
    {
      id: 1,
      source: 'shop',
      at: NOW,
      reason: { code: 'ingest.event_too_large', message, remedy },
      body: sized(41_000),
    },
  )
})

test('of a batch of 100 with one bad event 99 are taken', async () => {
  const ingest = ingestServer()
  const batch = [...tracks(99), { type: 'track', event: 'E' }]

  const answer = await post(ingest, '/v1/batch', { batch })

  assert.equal(answer.statusCode, 200)
  assert.deepEqual([(await ingest.events()).length, await codesOf(ingest)], [99, ['ingest.event_user_missing']])
})

test('a batch of which nothing can be taken gets 400, and each event is listed', async () => {
  const ingest = ingestServer()

  const answer = await post(ingest, '/v1/batch', { batch: [{ type: 'track', event: 'E' }, 7] })

  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'event_user_missing'])
  assert.deepEqual(await codesOf(ingest), ['ingest.event_user_missing', 'ingest.event_not_object'])
})

test('a batch may have 2,500 events, and one of 2,501 is refused as a whole', async () => {
  const ingest = ingestServer()

  const most = await post(ingest, '/v1/batch', { batch: tracks(2500) })
  const more = await post(ingest, '/v1/batch', { batch: tracks(2501) })

  assert.deepEqual([most.statusCode, more.statusCode, more.json().code], [200, 400, 'batch_too_long'])
  assert.deepEqual([(await ingest.events()).length, await codesOf(ingest)], [2500, ['ingest.batch_too_long']])
})

test('an empty batch is no fault', async () => {
  assert.equal((await post(ingestServer(), '/v1/batch', { batch: [] })).statusCode, 200)
})

test('a body of 500 KB is read, and one byte more is refused with what stood first in it', async () => {
  const ingest = ingestServer()
  const text = JSON.stringify({ batch: tracks(2500) })
  const padded = (bytes: number) => text + ' '.repeat(bytes - text.length)

  const most = await post(ingest, '/v1/batch', padded(500 * 1024))
  const more = await post(ingest, '/v1/batch', padded(500 * 1024 + 1))

  assert.deepEqual([most.statusCode, more.statusCode, more.json().code], [200, 400, 'body_too_large'])
  const [reject] = await ingest.rejects()
  assert.equal(reject?.body, text.slice(0, 64 * 1024))
})

test('a compressed body may be 500 KB once inflated', async () => {
  const ingest = ingestServer()
  const text = JSON.stringify({ batch: tracks(100) })
  const padded = (bytes: number) => gzipSync(text + ' '.repeat(bytes - text.length))

  const most = await post(ingest, '/v1/batch', padded(500 * 1024))
  const more = await post(ingest, '/v1/batch', padded(500 * 1024 + 1))

  assert.deepEqual([most.statusCode, more.statusCode, more.json().code], [200, 400, 'body_too_large'])
})

test('what stands beside a batch may be no larger than an event, since every event gets a copy', async () => {
  const ingest = ingestServer()

  const answer = await post(ingest, '/v1/batch', { batch: tracks(2), context: { text: 'x'.repeat(40_000) } })

  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'batch_context_too_large'])
  assert.deepEqual(await ingest.events(), [])
})

test('a message id of 100 characters is kept, and a longer one becomes a digest that still tells repeats', async () => {
  const ingest = ingestServer()
  const batch = [aTrack({ messageId: 'x'.repeat(100) }), aTrack({ messageId: 'x'.repeat(101) })]

  await post(ingest, '/v1/batch', { batch })
  await post(ingest, '/v1/batch', { batch })

  const ids = (await ingest.events()).map(({ messageId }) => messageId)
  assert.deepEqual(
    ids.map((id) => id.length),
    [100, 64],
  )
  assert.equal((await ingest.queue.intake('shop')).duplicate, 2)
})

test('refused text is kept up to 64 KB', async () => {
  const ingest = ingestServer()

  await post(ingest, '/v1/t', `{"text":"${'ü'.repeat(60_000)}`)

  const [reject] = await ingest.rejects()
  assert.equal(reject?.reason.code, 'ingest.body_not_json')
  assert.ok(Buffer.byteLength(reject?.body ?? '') <= 64 * 1024 + 3)
})
