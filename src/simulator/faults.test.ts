import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAULTS } from './fault_kinds.ts'
import { aBody, anEvent, aSimulator, type Parsed, PIXEL, type TestSimulator, TOKEN, TRACK } from './testing.ts'

const send = (tiktok: TestSimulator, token = TOKEN) =>
  fetch(tiktok.url + TRACK, {
    method: 'POST',
    headers: { 'access-token': token },
    body: JSON.stringify(aBody([anEvent()])),
    redirect: 'manual',
  })

const order = (tiktok: TestSimulator, fault: unknown) => tiktok.control('POST', 'faults', fault)
const received = async (tiktok: TestSimulator) => (await tiktok.control('GET', 'events')).totals.received
const lastRequest = async (tiktok: TestSimulator) => (await tiktok.control('GET', 'requests')).requests[0]

/** Faults TikTok speaks itself. */
const SPOKEN: readonly (readonly [order: object, code: number, message: string])[] = [
  [{ fault: 'throttle' }, 40100, 'Too many requests. Please retry in some time.'],
  [{ fault: 'revoked' }, 40105, 'Access token is incorrect or has been revoked.'],
  [
    { fault: 'no_permission' },
    40001,
    `No permission to operate pixel code: ${PIXEL}. You must be an admin or operator of this advertiser account.`,
  ],
  [{ fault: 'code', code: 50000, message: 'System error.' }, 50000, 'System error.'],
  [{ fault: 'throttle', message: 'App reaches the QPS limit.' }, 40100, 'App reaches the QPS limit.'],
]

for (const [fault, code, message] of SPOKEN) {
  test(`${JSON.stringify(fault)} answers ${code} under HTTP 200 and takes nothing in`, async (t) => {
    const tiktok = await aSimulator(t)
    await order(tiktok, fault)

    const { request_id, ...answer } = await tiktok.track(aBody([anEvent()]))

    assert.deepEqual(answer, { status: 200, code, message, data: {} })
    assert.equal(await received(tiktok), 0)
    assert.deepEqual([(await lastRequest(tiktok)).code, (await lastRequest(tiktok)).request_id], [code, request_id])
  })
}

/** Faults of the gateway: status, content type and a part of the body. */
const WIRE: readonly (readonly [order: object, status: number, type: string, part: RegExp])[] = [
  [{ fault: 'http_500' }, 500, 'text/html', /500 Internal Server Error/],
  [{ fault: 'http_502' }, 502, 'text/html', /<center>nginx<\/center>/],
  [{ fault: 'http_503' }, 503, 'text/html', /503 Service Unavailable/],
  [{ fault: 'http_429' }, 429, 'text/html', /429 Too Many Requests/],
  [{ fault: 'html_200' }, 200, 'text/html', /<html>/],
  [{ fault: 'empty_200' }, 200, 'application/json', /^$/],
  [{ fault: 'redirect_302' }, 302, 'text/html', /302 Found/],
  [{ fault: 'timeout', after_ms: 1 }, 504, 'text/html', /504 Gateway Timeout/],
]

for (const [fault, status, type, part] of WIRE) {
  test(`${JSON.stringify(fault)} answers HTTP ${status} as ${type} and takes nothing in`, async (t) => {
    const tiktok = await aSimulator(t)
    await order(tiktok, fault)

    const response = await send(tiktok)

    assert.deepEqual([response.status, response.headers.get('content-type')], [status, type])
    assert.match(await response.text(), part)
    assert.equal(await received(tiktok), 0)
    assert.deepEqual([(await lastRequest(tiktok)).status, (await lastRequest(tiktok)).code], [status, null])
  })
}

test('a fault can take in what was sent before it answers', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, { fault: 'http_502', processed: true })

  const { status } = await send(tiktok)

  assert.equal(status, 502)
  assert.equal(await received(tiktok), 1)
})

test('Retry-After is sent when it is ordered', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, { fault: 'http_429', retry_after: 7 })

  assert.equal((await send(tiktok)).headers.get('retry-after'), '7')
})

const CUTS: readonly (readonly [fault: string, taken: number])[] = [
  ['cut_before', 0],
  ['cut_after', 1],
  ['cut_mid', 1],
]

for (const [fault, taken] of CUTS) {
  test(`${fault} ends the connection with ${taken} event taken in`, async (t) => {
    const tiktok = await aSimulator(t)
    await order(tiktok, { fault, times: 1 })

    await assert.rejects(send(tiktok).then((response) => response.text()))

    assert.equal(await received(tiktok), taken)
  })
}

test('cut_mid gives the first half of the answer', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, { fault: 'cut_mid' })

  const response = await send(tiktok)
  const reader = response.body!.getReader()
  const { value } = await reader.read()

  assert.match(Buffer.from(value!).toString(), /^\{"code":0,"message":"OK"/)
  await assert.rejects(reader.read())
})

test('timeout never answers and takes nothing in', async (t) => {
  const arrived = Promise.withResolvers<string>()
  const tiktok = await aSimulator(t, { log: arrived.resolve })
  await order(tiktok, { fault: 'timeout' })
  const impatient = new AbortController()

  const answer = fetch(tiktok.url + TRACK, { method: 'POST', body: '{}', signal: impatient.signal })
  const line = await arrived.promise
  impatient.abort()

  await assert.rejects(answer, { name: 'AbortError' })
  assert.match(line, /no answer, code null, .*timeout/)
  assert.equal(await received(tiktok), 0)
})

test('huge is a correct answer of the ordered length', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, { fault: 'huge', bytes: 200_000 })

  const response = await send(tiktok)
  const text = await response.text()

  const { code, data } = JSON.parse(text)
  assert.equal(code, 0)
  assert.equal(data.padding.length, 200_000)
  assert.equal(Number(response.headers.get('content-length')), text.length)
  assert.equal(await received(tiktok), 1)
})

test('a reader that hangs up on a huge answer does no harm', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, { fault: 'huge', times: 1 })

  const response = await send(tiktok)
  await response.body!.cancel()

  assert.equal((await tiktok.track(aBody([anEvent()]))).code, 0)
})

test('slow answers rightly, and lets other faults through', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, [
    { fault: 'slow', latency_ms: 1 },
    { fault: 'throttle', times: 1 },
  ])

  const codes = [(await tiktok.track(aBody([anEvent()]))).code, (await tiktok.track(aBody([anEvent()]))).code]

  assert.deepEqual(codes, [40100, 0])
  const { faults } = await tiktok.control('GET', 'faults')
  assert.deepEqual(
    faults.map(({ fault, hits }: Parsed) => [fault, hits]),
    [
      ['slow', 2],
      ['throttle', 1],
    ],
  )
})

test('latency_ms delays every answer, not what is taken in', async (t) => {
  const arrived = Promise.withResolvers<string>()
  const tiktok = await aSimulator(t, { settings: { latency_ms: 3_600_000 }, log: arrived.resolve })
  const impatient = new AbortController()

  const answer = fetch(tiktok.url + TRACK, {
    method: 'POST',
    headers: { 'access-token': TOKEN },
    body: JSON.stringify(aBody([anEvent()])),
    signal: impatient.signal,
  })
  await arrived.promise
  const taken = await received(tiktok)
  impatient.abort()

  await assert.rejects(answer)
  assert.equal(taken, 1)
})

test('times says how many calls are hit, oldest fault first', async (t) => {
  const tiktok = await aSimulator(t)
  await order(tiktok, [
    { fault: 'throttle', times: 2 },
    { fault: 'code', code: 60001, times: 1 },
  ])

  const codes = []
  for (const _ of [1, 2, 3, 4]) codes.push((await tiktok.track(aBody([anEvent()]))).code)

  assert.deepEqual(codes, [40100, 40100, 60001, 0])
})

const MATCHES: readonly (readonly [match: object, isHit: boolean])[] = [
  [{}, true],
  [{ path: '/event/track/' }, true],
  [{ path: '/pixel/' }, false],
  [{ token: TOKEN }, true],
  [{ token: 'other' }, false],
  [{ event_source_id: PIXEL }, true],
  [{ event_source_id: 'CNOTMINE000000000001' }, false],
  [{ path: '/event/track/', token: TOKEN, event_source_id: 'C' }, false],
]

for (const [match, isHit] of MATCHES) {
  test(`a fault for ${JSON.stringify(match)} ${isHit ? 'hits' : 'misses'} a call to the pixel`, async (t) => {
    const tiktok = await aSimulator(t)
    await order(tiktok, { fault: 'throttle', match })

    const { code } = await tiktok.track(aBody([anEvent()]))

    assert.equal(code, isHit ? 40100 : 0)
  })
}

test('a probability hits the same calls in every simulator, and about that share of them', async (t) => {
  const codesOf = async () => {
    const tiktok = await aSimulator(t)
    await order(tiktok, { fault: 'throttle', probability: 0.3 })
    const codes = []
    for (let call = 0; call < 100; call++) codes.push((await tiktok.track(aBody([anEvent()]))).code)
    return codes
  }

  const first = await codesOf()

  assert.deepEqual(await codesOf(), first)
  const hits = first.filter((code) => code === 40100).length
  assert.ok(hits > 15 && hits < 45, `${hits} of 100`)
})

test('faults are taken back one by one or all at once', async (t) => {
  const tiktok = await aSimulator(t)
  const { faults } = await order(tiktok, [{ fault: 'throttle' }, { fault: 'revoked' }, { fault: 'http_500' }])

  const afterOne = await tiktok.control('DELETE', `faults?id=${faults[0].id}`)
  const afterAll = await tiktok.control('DELETE', 'faults')

  assert.deepEqual(
    afterOne.faults.map(({ fault }: Parsed) => fault),
    ['revoked', 'http_500'],
  )
  assert.deepEqual(afterAll.faults, [])
  assert.equal((await tiktok.track(aBody([anEvent()]))).code, 0)
})

const SENSELESS: readonly (readonly [order: unknown, error: RegExp])[] = [
  ['throttle', /expected an object/],
  [{}, /"fault" is null/],
  [{ fault: 'trottle' }, /"fault" is "trottle"; expected throttle/],
  [{ fault: 'throttle', time: 1 }, /member "time" is unknown; known: fault, times/],
  [{ fault: 'throttle', times: -1 }, /"times" is -1/],
  [{ fault: 'throttle', probability: 2 }, /"probability" is 2/],
  [{ fault: 'throttle', match: { pixel: 'C' } }, /match "pixel" is unknown/],
  [{ fault: 'code' }, /"code" is missing/],
  [[{ fault: 'throttle' }, { fault: 'code' }], /"code" is missing/],
]

for (const [fault, error] of SENSELESS) {
  test(`${JSON.stringify(fault)} is no fault that can be ordered`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer = await order(tiktok, fault)

    assert.match(answer.error, error)
    assert.deepEqual((await tiktok.control('GET', 'faults')).faults, [])
  })
}

test('every kind of fault says what it does', async (t) => {
  const tiktok = await aSimulator(t)

  assert.deepEqual((await tiktok.control('GET', 'faults')).kinds, FAULTS)
})
