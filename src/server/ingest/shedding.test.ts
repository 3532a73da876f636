import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aTrack, basic, type IngestServer, ingestServer } from '../../../test/ingest_server.ts'
import { memoryQueue } from '../../../test/memory_queue.ts'
import { QueueUnavailableError } from '../../store/queue.ts'

const post = ({ server }: IngestServer, url: string, payload: object | string, headers: object = {}) =>
  server.inject({ method: 'POST', url, payload, headers: { authorization: basic('WK'), ...headers } })

test('a queue that cannot write makes senders wait, and nothing is counted as taken', async () => {
  const lines: unknown[] = []
  const add = async () => Promise.reject(new QueueUnavailableError('Cannot write: the disk is full'))
  const log = { warn: assert.fail, error: (fields: object) => lines.push(fields) }
  const ingest = ingestServer({ queue: { ...memoryQueue(), add }, log })

  const answer = await post(ingest, '/v1/t', aTrack(), { origin: 'https://shop.example' })

  assert.deepEqual([answer.statusCode, answer.json().code], [503, 'unavailable'])
  assert.match(String(answer.headers['retry-after']), /^\d+$/)
  assert.equal(answer.headers['access-control-expose-headers'], 'Retry-After, X-MP-Max-Age')
  assert.deepEqual(lines, [{ requests: 1, found: 'Cannot write: the disk is full' }])
})

test('a fault of ours is a 500 that says nothing of it, and the log says all', async () => {
  const logged: unknown[] = []
  const fault = new Error('Cannot read property of ann@x.example')
  const log = { warn: assert.fail, error: (fields: object) => logged.push(fields) }
  const ingest = ingestServer({ queue: { ...memoryQueue(), add: async () => Promise.reject(fault) }, log })

  const answer = await post(ingest, '/v1/t', aTrack())

  assert.deepEqual([answer.statusCode, answer.json().code], [500, 'internal'])
  assert.doesNotMatch(answer.body, /ann@/)
  assert.deepEqual(logged, [{ err: fault }])
})

test('while too many bytes wait for the disk more are told to come back, and are taken afterwards', async () => {
  const inner = memoryQueue()
  const disk = Promise.withResolvers<void>()
  const add = async (...events: Parameters<typeof inner.add>) => {
    await disk.promise
    return inner.add(...events)
  }
  const ingest = ingestServer({ queue: { ...inner, add }, limits: { waitingBytesMax: 100 } })

  const first = post(ingest, '/v1/t', aTrack())
  await new Promise(setImmediate)
  const second = await post(ingest, '/v1/t', aTrack({ messageId: 'm2' }))
  disk.resolve()
  const [done, third] = [await first, await post(ingest, '/v1/t', aTrack({ messageId: 'm3' }))]

  assert.deepEqual([done.statusCode, second.statusCode, third.statusCode], [200, 429, 200])
  assert.match(String(second.headers['retry-after']), /^[1-5]$/)
  assert.deepEqual(
    (await ingest.events()).map(({ messageId }) => messageId),
    ['m1', 'm3'],
  )
})

test('every request is counted by what became of it, every event by its source', async () => {
  const outcomes: string[] = []
  const counts: unknown[] = []
  const metrics = {
    request: (outcome: string) => outcomes.push(outcome),
    events: (source: string, count: object) => counts.push({ source, ...count }),
  }
  const ingest = ingestServer({ metrics })

  await post(ingest, '/v1/batch', { batch: [aTrack(), aTrack(), 'x'] })
  await post(ingest, '/v1/t', '{')
  await post(ingest, '/v1/t', aTrack(), { authorization: basic('other') })

  assert.deepEqual(outcomes, ['kept', 'refused', 'unknown_key'])
  assert.deepEqual(counts, [
    { source: 'shop', accepted: 2, duplicate: 1, rejected: 1 },
    { source: 'shop', accepted: 0, duplicate: 0, rejected: 1 },
  ])
})
