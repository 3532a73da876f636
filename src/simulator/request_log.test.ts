import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RequestLog } from './request_log.ts'

const aRequest = {
  at: '2026-11-21T12:00:00.000Z',
  method: 'POST',
  path: '/open_api/v1.3/event/track/',
  token: null,
  event_source_id: null,
  items: 1,
  status: 200,
  code: 0,
  message: 'OK',
  request_id: '',
  fault: null,
  content_type: '',
  user_agent: '',
  duration_ms: 0,
}

const MB = 2 ** 20

test('the newest thousand requests are kept, and fifty bodies', () => {
  const log = new RequestLog()

  for (let call = 0; call < 1005; call++) log.add(aRequest, Buffer.from('{}'))

  const kept = [...log.newestFirst()]
  assert.deepEqual([log.count, kept.length, kept[0]!.request.id, kept.at(-1)!.request.id], [1005, 1000, 1005, 6])
  assert.deepEqual(
    kept.map(({ body }) => body !== null),
    kept.map((_, index) => index < 50),
  )
})

test('large bodies are kept while sixteen megabytes hold them, the newest first', () => {
  const log = new RequestLog()

  for (const size of [1, 10, 6, 17, 5]) log.add(aRequest, Buffer.alloc(size * MB))

  assert.deepEqual(
    [...log.newestFirst()].map(({ body }) => body?.length ?? null),
    [5 * MB, null, null, null, null],
  )
})
