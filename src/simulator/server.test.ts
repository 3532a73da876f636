import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { startSimulator } from './server.ts'
import { aBody, anEvent, aSimulator, NOW, type Parsed, TOKEN, TRACK } from './testing.ts'

test("a good event is answered with code 0, OK and a request id of TikTok's form", async (t) => {
  const tiktok = await aSimulator(t)

  const { request_id, ...rest } = await tiktok.track(aBody([anEvent()]))

  assert.deepEqual(rest, { status: 200, code: 0, message: 'OK', data: {} })
  assert.match(request_id, /^20261121120000[0-9A-F]{20}$/)
})

test('request ids differ within one simulator and repeat in the next one', async (t) => {
  const ids = async () => {
    const tiktok = await aSimulator(t)
    return [(await tiktok.track(aBody([]))).request_id, (await tiktok.track(aBody([]))).request_id]
  }

  const first = await ids()

  assert.notEqual(first[0], first[1])
  assert.deepEqual(await ids(), first)
})

test('a path without its last slash is the same path', async (t) => {
  const tiktok = await aSimulator(t)

  const { code } = await tiktok.post(TRACK.slice(0, -1), aBody([anEvent()]))

  assert.equal(code, 0)
})

test('a gzip body is refused, or read when the world has it so', async (t) => {
  const tiktok = await aSimulator(t)
  const post = async (): Promise<Parsed> => {
    const headers = { 'access-token': TOKEN, 'content-encoding': 'gzip' }
    const body = gzipSync(JSON.stringify(aBody([anEvent()])))
    return (await fetch(tiktok.url + TRACK, { method: 'POST', headers, body })).json()
  }

  const refused = await post()
  await tiktok.control('POST', 'world', { settings: { gzip: 'accept' } })
  const taken = await post()

  assert.equal(refused.code, 40002)
  assert.equal(taken.code, 0)
})

test("a body over the limit gets the gateway's 413 and is not counted", async (t) => {
  const tiktok = await aSimulator(t, { settings: { body_bytes_max: 300 } })
  const headers = { 'access-token': TOKEN }

  const response = await fetch(tiktok.url + TRACK, {
    method: 'POST',
    headers,
    body: JSON.stringify(aBody([anEvent()])),
  })

  assert.equal(response.status, 413)
  assert.match(await response.text(), /413 Payload Too Large/)
  assert.equal((await tiktok.control('GET', 'events')).totals.received, 0)
  assert.equal((await tiktok.control('GET', 'requests')).requests[0].status, 413)
})

test('a line is logged for each call, with no token in it', async (t) => {
  const lines: string[] = []
  const tiktok = await aSimulator(t, { log: (line) => lines.push(line) })

  await tiktok.track(aBody([anEvent(), anEvent()]))

  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /^POST \/open_api\/v1.3\/event\/track\/ 200, code 0, 2 events, \d+ ms$/)
})

test('a simulator that is closed frees its port', async () => {
  const first = await startSimulator({ port: 0, now: () => NOW })
  await fetch(first.url)
  await first.close()

  const second = await startSimulator({ port: first.port })

  assert.equal(second.port, first.port)
  await second.close()
})

test('a taken port is an error, not a crash', async (t) => {
  const first = await startSimulator({ port: 0 })
  t.after(first.close)

  await assert.rejects(startSimulator({ port: first.port }), { code: 'EADDRINUSE' })
})
