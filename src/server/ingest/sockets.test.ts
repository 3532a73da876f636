import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { aTrack, basic, type IngestServerParts, ingestServer } from '../../../test/ingest_server.ts'
import { memoryQueue } from '../../../test/memory_queue.ts'

const TIMES = { headersMs: 60, requestMs: 120, checkMs: 20 }
const EVENT = JSON.stringify(aTrack())

async function listening(context: TestContext, parts: IngestServerParts = {}) {
  const ingest = ingestServer(parts)
  await ingest.server.listen({ port: 0, host: '127.0.0.1' })
  context.after(() => ingest.server.close())
  const { port } = ingest.server.server.address() as AddressInfo
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {}) // a connection cut by the server is what these tests are about
    await once(socket, 'connect')
    return socket
  }
  return { ...ingest, open }
}

/** Everything the server writes until it closes the connection. */
async function answersOn(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  await new Promise((resolve) => socket.on('close', resolve))
  return text
}

const head = (headers: readonly string[], path = '/v1/t') =>
  [`POST ${path} HTTP/1.1`, 'Host: x', `Authorization: ${basic('WK')}`, ...headers, '', ''].join('\r\n')
const whole = (headers: readonly string[] = []) =>
  head([`Content-Length: ${Buffer.byteLength(EVENT)}`, ...headers]) + EVENT
const END = '0\r\n\r\n'
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

test('a client that dribbles its headers is cut off', async (context) => {
  const { open } = await listening(context, { times: TIMES })
  const socket = await open()

  socket.write('POST /v1/t HTTP/1.1\r\nHost: x\r\n')
  const answer = await answersOn(socket)

  assert.match(answer, /^HTTP\/1\.1 408 /)
  assert.match(answer, /"code":"invalid_request"/)
})

test('a client that dribbles its body is cut off, and others are served meanwhile', async (context) => {
  const { open, events } = await listening(context, { times: TIMES })
  const [slow, quick] = [await open(), await open()]

  slow.write(head([`Content-Length: ${EVENT.length}`]) + EVENT.slice(0, 5))
  quick.write(whole(['Connection: close']))
  const [cut, served] = await Promise.all([answersOn(slow), answersOn(quick)])

  assert.match(served, /^HTTP\/1\.1 200 /)
  assert.doesNotMatch(cut, /^HTTP\/1\.1 200 /)
  assert.equal((await events()).length, 1)
})

test('a body without a length is read to its end', async (context) => {
  const { open, events } = await listening(context)
  const socket = await open()

  socket.write(head(['Transfer-Encoding: chunked', 'Connection: close']))
  for (const letter of EVENT) socket.write(chunk(letter))
  socket.write(END)

  assert.match(await answersOn(socket), /^HTTP\/1\.1 200 /)
  assert.equal((await events()).length, 1)
})

test('a body without a length and without an end is cut off at a few megabytes', async (context) => {
  const { open, rejects } = await listening(context)
  const socket = await open()
  const piece = chunk('x'.repeat(256 * 1024))

  socket.write(head(['Transfer-Encoding: chunked']))
  const pour = () => {
    while (socket.writable && socket.write(piece));
  }
  socket.on('drain', pour)
  pour()
  await answersOn(socket)

  assert.ok(socket.bytesWritten < 64 * 1024 * 1024, `${socket.bytesWritten} bytes went out`)
  assert.deepEqual(
    (await rejects()).map(({ reason }) => reason.code),
    ['ingest.body_too_large'],
  )
})

test('a body somewhat too large is read to its end, so that its sender sees why it is refused', async (context) => {
  const { open } = await listening(context)
  const socket = await open()

  socket.write(`${head(['Content-Length: 2000000', 'Connection: close'])}${'x'.repeat(2_000_000)}`)
  const answer = await answersOn(socket)

  assert.match(answer, /^HTTP\/1\.1 400 /)
  assert.match(answer, /"code":"body_too_large"/)
})

test('a request that says its length two ways, or badly, is refused and carries nothing in', async (context) => {
  const smuggled = whole()
  const corpus = [
    head(['Content-Length: 4', 'Transfer-Encoding: chunked']) + chunk(EVENT) + END + smuggled,
    head(['Transfer-Encoding: chunked', 'Content-Length: 4']) + END + smuggled,
    head(['Content-Length: 4', 'Content-Length: 5']) + smuggled,
    head(['Content-Length: -1']) + smuggled,
    head(['Content-Length: 0x5']) + smuggled,
    head(['Content-Length : 4']) + smuggled,
    head(['Transfer-Encoding: chunked, identity']) + chunk(EVENT) + END + smuggled,
    head(['Transfer-Encoding: xchunked']) + smuggled,
    `${head(['Transfer-Encoding: chunked'])}-5\r\n${smuggled}`,
    head(['X-Folded: a', ' Content-Length: 4']) + smuggled,
    `GET http://x/v1/t HTTP/9.9\r\n\r\n${smuggled}`,
    `POST /v1/t HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n${smuggled}`,
  ]
  for (const bytes of corpus) {
    const { open, events } = await listening(context, { times: TIMES })
    const socket = await open()

    socket.write(bytes)
    const answer = await answersOn(socket)

    assert.match(answer, /^HTTP\/1\.1 4\d\d /, bytes.slice(0, 150))
    assert.doesNotMatch(answer, / 200 /, bytes.slice(0, 150))
    assert.deepEqual(await events(), [], bytes.slice(0, 150))
  }
})

test('requests sent one behind the other without waiting are answered in order', async (context) => {
  const { open, queue } = await listening(context)
  const socket = await open()

  socket.write(whole() + whole() + whole(['Connection: close']))
  const answer = await answersOn(socket)

  assert.equal(answer.match(/HTTP\/1\.1 200 /g)?.length, 3)
  assert.deepEqual(await queue.intake('shop'), { accepted: 3, duplicate: 2, rejected: 0, lastSeq: 1 })
})

test('events stay when their sender goes away before the answer', async (context) => {
  const inner = memoryQueue()
  const asked = Promise.withResolvers<void>()
  const disk = Promise.withResolvers<void>()
  const add = async (...given: Parameters<typeof inner.add>) => {
    asked.resolve()
    await disk.promise
    return inner.add(...given)
  }
  const kept = Promise.withResolvers<string>()
  const metrics = { request: kept.resolve, events: () => {} }
  const { open, events } = await listening(context, { queue: { ...inner, add }, metrics })
  const socket = await open()

  socket.write(whole())
  await asked.promise
  socket.destroy()
  await once(socket, 'close')
  disk.resolve()

  assert.equal(await kept.promise, 'kept')
  assert.equal((await events()).length, 1)
})

test('a sender that goes away in the middle leaves nothing behind, in the queue or in memory', async (context) => {
  const outcomes: string[] = []
  const counted = Promise.withResolvers<void>()
  const request = (outcome: string) => {
    if (outcomes.push(outcome) === 20) counted.resolve()
  }
  const limits = { partialBytesMax: 1000 }
  const { open, queue, server } = await listening(context, { metrics: { request, events: () => {} }, limits })

  for (let bytes = 1; bytes <= 20; bytes++) {
    const socket = await open()
    const asked = once(server.server, 'request')
    socket.write(head(['Content-Length: 5000']) + EVENT.slice(0, bytes))
    await asked
    socket.destroy()
  }
  await counted.promise
  const after = await open()
  after.write(head(['Transfer-Encoding: chunked', 'Connection: close']) + chunk(EVENT) + END)

  assert.match(await answersOn(after), /^HTTP\/1\.1 200 /)
  assert.deepEqual(outcomes, [...Array(20).fill('cut'), 'kept'])
  assert.equal(await queue.head(), 1)
})

test('while too much has arrived in part, what arrives in one piece is still taken', async (context) => {
  const { open, events, server } = await listening(context, { limits: { partialBytesMax: 10 } })
  const [holder, second, quick] = [await open(), await open(), await open()]

  const asked = once(server.server, 'request')
  holder.write(head(['Content-Length: 5000']) + EVENT)
  await asked
  second.write(head(['Content-Length: 5000', 'Connection: close']) + EVENT)
  quick.write(whole(['Connection: close']))

  assert.match(await answersOn(quick), /^HTTP\/1\.1 200 /)
  assert.match(await answersOn(second), /^HTTP\/1\.1 429 [\s\S]*retry-after: \d/)
  assert.equal((await events()).length, 1)
  holder.destroy()
})
