import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type CallError, RefusedError, TerminalError, TransientError } from '../core/errors.ts'
import { createTikTok, type TikTokOptions } from './client.ts'
import { RETURN_CODES } from './codes.ts'
import { eventTrack } from './endpoints/event_track.ts'
import { pixelList } from './endpoints/pixel_list.ts'

const TOKEN = '0123456789abcdef0123456789abcdef01234567'
const PARAMS = { event_source: 'web', event_source_id: 'CPIXEL', data: ['{"event":"Purchase"}'] } as const
const OK = JSON.stringify({ code: 0, message: 'OK', request_id: '20261121000000ABC', data: {} })

type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => void

/** A server on this machine that answers every call in one way. */
async function serve(t: TestContext, answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(response, request, Buffer.concat(chunks).toString('utf8')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))

const text =
  (body: string, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body)

async function callAt(baseUrl: string, options: Partial<TikTokOptions> = {}) {
  const now = () => 1_000
  return createTikTok({ accessToken: TOKEN, baseUrl, now, ...options }).call(eventTrack, PARAMS, 1)
}

/** The error a call ends with; fails when it ends well. */
async function errorAt(baseUrl: string, options: Partial<TikTokOptions> = {}): Promise<CallError> {
  try {
    await callAt(baseUrl, options)
  } catch (error) {
    return error as CallError
  }
  return assert.fail('the call ended well')
}

async function transientAt(baseUrl: string, options: Partial<TikTokOptions> = {}): Promise<TransientError> {
  const error = await errorAt(baseUrl, options)
  assert.ok(error instanceof TransientError, `${error.name} ${error.message}`)
  return error
}

test('a call sends the token in its header, the parameters as JSON, and returns the receipt', async (t) => {
  const seen: { url?: string | undefined; token?: unknown; type?: unknown; body?: string } = {}
  const baseUrl = await serve(t, (response, request, body) => {
    Object.assign(seen, {
      url: request.url,
      token: request.headers['access-token'],
      type: request.headers['content-type'],
      body,
    })
    response.end(OK)
  })

  const { receipt } = await callAt(baseUrl)

  assert.deepEqual(seen, {
    url: '/event/track/',
    token: TOKEN,
    type: 'application/json',
    body: '{"event_source":"web","event_source_id":"CPIXEL","data":[{"event":"Purchase"}]}',
  })
  assert.deepEqual(receipt, {
    method: 'POST',
    url: `${baseUrl}/event/track/`,
    sentAt: 1_000,
    durationMs: 0,
    status: 200,
    code: 0,
    message: 'OK',
    requestId: '20261121000000ABC',
    items: 1,
  })
})

test('a GET carries its parameters in the query, and 19-digit ids come back whole', async (t) => {
  let url: string | undefined
  const baseUrl = await serve(t, (response, request) => {
    url = request.url
    response.end(
      '{"code":0,"message":"OK","request_id":"r","data":{"pixels":[{"pixel_id":7000000000000000001,"pixel_code":"C1","pixel_name":"shop"}],"page_info":{"total_number":1}}}',
    )
  })

  const tiktok = createTikTok({ accessToken: TOKEN, baseUrl })
  const { data } = await tiktok.call(pixelList, { advertiser_id: '7000000000000000009', code: 'C1', page_size: 20 })

  assert.equal(url, '/pixel/list/?advertiser_id=7000000000000000009&code=C1&page_size=20')
  assert.deepEqual(data, {
    pixels: [{ pixel_id: '7000000000000000001', pixel_code: 'C1', pixel_name: 'shop' }],
    total_number: 1,
  })
})

const CLASSES = {
  partial: ['RefusedError', 'tiktok.partial'],
  refused: ['RefusedError', 'tiktok.refused'],
  token: ['TerminalError', 'tiktok.token_invalid'],
  permission: ['TerminalError', 'tiktok.no_permission'],
  gone: ['TerminalError', 'tiktok.gone'],
  too_large: ['RefusedError', 'tiktok.too_large'],
  denied: ['TerminalError', 'tiktok.denied'],
  throttled: ['TransientError', 'tiktok.throttled'],
  unavailable: ['TransientError', 'tiktok.unavailable'],
} as const

test('every return code under HTTP 200 is told apart by what happens next', async (t) => {
  let code = 0
  const baseUrl = await serve(t, (...exchange) =>
    json({ code, message: 'words', request_id: 'r1', data: {} })(...exchange),
  )

  for (const [known, { verdict }] of Object.entries(RETURN_CODES)) {
    if (verdict === 'ok') continue
    code = Number(known)
    const error = await errorAt(baseUrl)
    assert.deepEqual([error.name, error.code], CLASSES[verdict], known)
    assert.match(
      error.message,
      new RegExp(`^Cannot POST /event/track/: TikTok answered ${known} "words" \\(request_id r1\\)`),
    )
    assert.equal(error.receipt?.code, code)
    assert.equal(error.receipt?.requestId, 'r1')
  }
})

test('a code nobody has told us of is tried again, counted as unknown, and may have arrived', async (t) => {
  for (const code of [40999, 12345, -1]) {
    const error = await transientAt(await serve(t, json({ code, message: 'new', request_id: 'r', data: {} })))
    assert.deepEqual([error.code, error.certainty], ['tiktok.unknown_code', 'unknown'])
  }
})

test('failures behind the door of TikTok are tried again and may have arrived', async (t) => {
  for (const code of [50000, 51000, 51099, 52001, 60001]) {
    const error = await transientAt(await serve(t, json({ code, message: 'busy', request_id: 'r', data: {} })))
    assert.deepEqual([error.code, error.certainty, error.throttled], ['tiktok.unavailable', 'unknown', false])
  }
})

test('throttling spends no attempt and surely did not arrive, whatever the HTTP status', async (t) => {
  const body = { code: 40100, message: 'Too many requests.', request_id: 'r', data: {} }
  for (const status of [200, 400, 429, 503]) {
    const error = await transientAt(await serve(t, json(body, status)))
    assert.deepEqual(
      [error.code, error.certainty, error.throttled],
      ['tiktok.throttled', 'not_sent', true],
      `${status}`,
    )
  }
})

test('a code of TikTok decides under HTTP 4xx as it does under 200', async (t) => {
  const refused = await errorAt(await serve(t, json({ code: 40002, message: 'no', request_id: 'r', data: {} }, 400)))
  const denied = await errorAt(await serve(t, json({ code: 40105, message: 'no', request_id: 'r', data: {} }, 401)))

  assert.ok(refused instanceof RefusedError)
  assert.ok(denied instanceof TerminalError)
})

test('code 0 counts only under HTTP 2xx', async (t) => {
  const error = await transientAt(await serve(t, text(OK, 400)))

  assert.deepEqual([error.code, error.certainty], ['tiktok.unreadable_answer', 'unknown'])
})

test('a refusal names the bad event when its words do', async (t) => {
  const error = await errorAt(
    await serve(t, json({ code: 40002, message: 'Invalid value for data.3.event_id: not a valid string.', data: {} })),
  )

  assert.ok(error instanceof RefusedError)
  assert.equal(error.index, 3)
})

test('a partly taken batch names its first failed event', async (t) => {
  const data = { partial_failure: true, failed_events: [{ order_in_batch: 2, error: 'no' }] }
  const error = await errorAt(await serve(t, json({ code: 20001, message: 'partial', request_id: 'r', data })))

  assert.ok(error instanceof RefusedError)
  assert.deepEqual([error.code, error.index], ['tiktok.partial', 2])
})

test('a wrong event source is a setting to correct and no fault of an event', async (t) => {
  const message = 'Invalid value for event_source_id: not a valid string.'
  const error = await errorAt(await serve(t, json({ code: 40002, message, request_id: 'r', data: {} })))

  assert.deepEqual([error.name, error.code], ['TerminalError', 'tiktok.wrong_setting'])
})

const UNREADABLE: Record<string, Answer> = {
  'an empty 200': text(''),
  'a 200 with HTML': text('<html>proxy login</html>', 200, { 'Content-Type': 'text/html' }),
  'a 200 with JSON of somebody else': text('{"status":"ok"}'),
  'a 200 with a bare number': text('0'),
  'a 200 whose code is text': text('{"code":"0","message":"OK"}'),
  'a truncated envelope': text(OK.slice(0, -9)),
  'a 403 with HTML': text('<html>forbidden</html>', 403),
}

for (const [name, answer] of Object.entries(UNREADABLE)) {
  test(`${name} is no delivery: the events may have arrived`, async (t) => {
    const error = await transientAt(await serve(t, answer))

    assert.deepEqual([error.code, error.certainty], ['tiktok.unreadable_answer', 'unknown'])
    assert.equal(error.receipt?.code, null)
  })
}

test('any HTTP 5xx is tried again and may have arrived, even when it claims success', async (t) => {
  for (const answer of [text('<html>502 Bad Gateway</html>', 502), text(OK, 500), text('', 504)]) {
    const error = await transientAt(await serve(t, answer))
    assert.deepEqual([error.code, error.certainty, error.throttled], ['tiktok.server_error', 'unknown', false])
  }
})

test('a request that is too large is refused, so that it can be sent in parts', async (t) => {
  const error = await errorAt(await serve(t, text('Payload Too Large', 413)))

  assert.ok(error instanceof RefusedError)
  assert.equal(error.code, 'tiktok.too_large')
})

test('Retry-After is honoured in seconds and as a date, up to a quarter of an hour', async (t) => {
  const waits: [number, string, number | null][] = [
    [429, '7', 7_000],
    [503, '3', 3_000],
    [429, new Date(61_000).toUTCString(), 60_000],
    [429, '86400', 900_000],
    [429, 'soon', null],
  ]
  for (const [status, header, wait] of waits) {
    const error = await transientAt(await serve(t, text('slow down', status, { 'Retry-After': header })))
    assert.equal(error.retryAfterMs, wait, header)
    assert.equal(error.throttled, status === 429)
  }
})

test('a redirect is not followed', async (t) => {
  let followed = false
  const elsewhere = await serve(t, (response) => {
    followed = true
    response.end(OK)
  })
  const error = await transientAt(await serve(t, text('', 302, { Location: `${elsewhere}/login?token=x` })))

  assert.equal(error.code, 'tiktok.redirected')
  assert.match(error.message, /redirect \(HTTP 302\) to http:\/\/127\.0\.0\.1:\d+\/login, which is not followed/)
  assert.equal(followed, false)
})

test('an answer of many megabytes is not read to its end', async (t) => {
  const error = await transientAt(await serve(t, text('x'.repeat(3 * 1024 * 1024))))

  assert.deepEqual([error.code, error.certainty], ['tiktok.answer_too_large', 'unknown'])
})

test('a connection cut before, within or after the head of the answer may have carried the events', async (t) => {
  const cuts: Answer[] = [
    (response) => response.destroy(),
    (response) => response.socket?.end('HTTP/1.1 200 OK\r\nContent-Le'),
    (response) => {
      response.writeHead(200, { 'Content-Length': String(OK.length) })
      response.write(OK.slice(0, 10), () => response.destroy())
    },
  ]
  for (const cut of cuts) {
    const error = await transientAt(await serve(t, cut))
    assert.deepEqual([error.code, error.certainty], ['tiktok.cut', 'unknown'])
  }
})

test('an answer that does not come in time may have carried the events', async (t) => {
  const silent = await transientAt(await serve(t, () => {}), { timeoutMs: 30 })
  const halfway = await transientAt(await serve(t, (response) => response.write('{"code":')), { timeoutMs: 30 })

  for (const error of [silent, halfway]) {
    assert.deepEqual([error.code, error.certainty], ['tiktok.timeout', 'unknown'])
  }
  assert.equal(silent.receipt?.status, 0)
})

test('a refused connection and an unknown name surely did not carry the events', async (t) => {
  const baseUrl = await serve(t, text(OK))
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const port = (closed.address() as AddressInfo).port
  await new Promise((resolve) => closed.close(resolve))
  const noName: typeof fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }) })
  }

  const refused = await transientAt(`http://127.0.0.1:${port}`)
  const unknown = await transientAt(baseUrl, { fetch: noName })

  for (const error of [refused, unknown]) {
    assert.deepEqual([error.code, error.certainty], ['tiktok.unreachable', 'not_sent'])
  }
  assert.match(refused.message, /^Cannot POST \/event\/track\/: no connection \(ECONNREFUSED\)$/)
})

test('an answer of another shape than documented is not taken for data', async (t) => {
  const baseUrl = await serve(t, text(OK))
  const tiktok = createTikTok({ accessToken: TOKEN, baseUrl })

  await assert.rejects(tiktok.call(pixelList, { advertiser_id: '7' }), { code: 'tiktok.unreadable_answer' })
})

test('a token that cannot be a token makes no call and is not quoted', async () => {
  for (const accessToken of ['', 'secret\nsecret']) {
    const never: typeof fetch = async () => assert.fail('a call was made')
    const error = await errorAt('http://127.0.0.1:1', { accessToken, fetch: never })
    assert.ok(error instanceof TerminalError)
    assert.equal(error.code, 'tiktok.token_invalid')
    assert.doesNotMatch(error.message, /secret/)
  }
})

test('neither the token nor an email address in an answer reaches errors and receipts', async (t) => {
  const message = `Token ${TOKEN} may not send ann@shop.com`
  const error = await errorAt(await serve(t, json({ code: 40105, message, request_id: 'r', data: {} })))
  const shown = `${error.message} ${JSON.stringify(error.receipt)}`

  assert.doesNotMatch(shown, new RegExp(TOKEN))
  assert.doesNotMatch(shown, /ann@shop/)
  assert.match(shown, /a\*\*\*@s\*\*\*\.com/)
})

test('a base URL that is no address is refused at once', () => {
  assert.throws(
    () => createTikTok({ accessToken: TOKEN, baseUrl: 'ftp://x' }),
    /^Error: Cannot open TikTok's API: "ftp:\/\/x"/,
  )
})
