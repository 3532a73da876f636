import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FakeAnswer, fakeTikTok } from '../../test/fake_tiktok.ts'
import { type CallError, TransientError } from '../core/errors.ts'
import type { Endpoint } from './endpoint.ts'
import { isTimeout } from './reader.ts'

interface Asked {
  readonly advertiser_id: string
}

const thing: Endpoint<Asked, unknown> = { method: 'GET', path: '/thing/', docs: 'none', parse: (data) => data }
const report: Endpoint<Asked, unknown> = { ...thing, isShrinkable: true }
const PARAMS = { advertiser_id: '7000000000000000001' }

const OK: FakeAnswer = { data: { good: true } }
const code = (number: number, message = 'no'): FakeAnswer => ({ code: number, message })

/** TikTok that gives these answers in turn, the last one again and again. */
function fakeInTurn(...answers: readonly FakeAnswer[]) {
  const queue = [...answers]
  return fakeTikTok({ '/thing/': () => (queue.length > 1 ? queue.shift()! : queue[0]!) })
}

async function errorOf(promise: Promise<unknown>): Promise<CallError> {
  return promise.then(
    () => assert.fail('the call ended well'),
    (error: CallError) => error,
  )
}

test('a good call is noted with its request id', async () => {
  const { reader, notes } = fakeInTurn(OK)

  const { data } = await reader.call(thing, PARAMS)

  assert.deepEqual(data, { good: true })
  assert.deepEqual(notes, [{ kind: 'call', path: '/thing/', requestId: 'r1', durationMs: 20 }])
})

test('what another try can help is tried again, and told', async () => {
  for (const trouble of [40_200, 40_700, 50_000, 51_001, 51_037, 52_000, 60_001, 70_001]) {
    const { reader, calls, notes } = fakeInTurn(code(trouble), OK)

    await reader.call(thing, PARAMS)

    assert.equal(calls.length, 2, `${trouble}`)
    assert.deepEqual(
      notes.map(({ kind }) => kind),
      ['call', 'retried', 'waited', 'call'],
    )
  }
})

test('what no other try can help is thrown at once', async () => {
  for (const trouble of [40_001, 40_002, 40_007, 40_067, 40_104, 40_105, 40_300, 40_400]) {
    const { reader, calls } = fakeInTurn(code(trouble))

    const error = await errorOf(reader.call(thing, PARAMS))

    assert.ok(!(error instanceof TransientError), `${trouble}`)
    assert.equal(calls.length, 1)
  }
})

test('waits grow, are bounded, and end in the error', async () => {
  const { reader, calls, now } = fakeInTurn(code(50_000, 'System error'))
  const from = now()

  const error = await errorOf(reader.call(thing, PARAMS))

  assert.equal(error.code, 'tiktok.unavailable')
  const gaps = calls.slice(1).map(({ at }, index) => at - calls[index]!.at - 20)
  assert.deepEqual(gaps, [500, 1_000, 2_000, 4_000, 8_000])
  assert.ok(now() - from < 15 * 60_000)
})

for (const throttle of [40_016, 40_100, 40_132, 40_133, 51_021]) {
  test(`${throttle} slows the whole app down and is waited out`, async () => {
    const { reader, calls, budget } = fakeInTurn(...Array<FakeAnswer>(8).fill(code(throttle)), OK)

    await reader.call(thing, PARAMS)

    assert.equal(calls.length, 9)
    assert.ok(budget.perSecond() < 10)
    assert.ok(calls[1]!.at - calls[0]!.at >= 2_500)
  })
}

test('patience with throttling ends after a quarter of an hour', async () => {
  const { reader, now } = fakeInTurn(code(40_100, 'App reaches the QPS limit 20'))
  const from = now()

  const error = await errorOf(reader.call(thing, PARAMS))

  assert.equal(error.code, 'tiktok.throttled')
  assert.ok(now() - from <= 15 * 60_000)
  assert.ok(now() - from > 5 * 60_000)
})

test('Retry-After is kept to', async () => {
  const { reader, calls } = fakeInTurn({ ...code(40_100), headers: { 'Retry-After': '90' } }, OK)

  await reader.call(thing, PARAMS)

  assert.ok(calls[1]!.at - calls[0]!.at >= 90_000)
})

test('a report that took too long is never asked for again as it was', async () => {
  for (const timeout of [50_002, 51_010]) {
    const { reader, calls } = fakeInTurn(code(timeout))

    const error = await errorOf(reader.call(report, PARAMS))

    assert.equal(calls.length, 1)
    assert.ok(isTimeout(error))
  }
})

test('another call that took too long is repeated once', async () => {
  const { reader, calls } = fakeInTurn(code(51_010))

  await errorOf(reader.call(thing, PARAMS))

  assert.equal(calls.length, 2)
})

test('callers can tell an advertiser out of reach from a token that is gone', async () => {
  const codes: [FakeAnswer, string][] = [
    [code(40_001, 'No permission to operate advertiser 7.'), 'tiktok.no_permission'],
    [code(40_002, 'No permission to operate advertiser 7.'), 'tiktok.no_permission'],
    [code(40_300), 'tiktok.gone'],
    [code(40_002, "The advertiser 7 doesn't exist or has been deleted."), 'tiktok.gone'],
    [code(40_102), 'tiktok.token_invalid'],
    [code(40_104), 'tiktok.token_invalid'],
    [code(40_105), 'tiktok.token_invalid'],
    [code(40_011), 'tiktok.too_large'],
    [code(40_061), 'tiktok.too_large'],
    [code(40_067), 'tiktok.too_large'],
    [code(40_002, 'page_size: must be at most 1000'), 'tiktok.refused'],
  ]
  for (const [answer, expected] of codes) {
    const error = await errorOf(fakeInTurn(answer).reader.call(thing, PARAMS))
    assert.equal(error.code, expected)
  }
})

test('what TikTok says of a cut answer reaches the caller', async () => {
  const truncation = 'Number of ad ids is equal or more than 20k'
  const { reader } = fakeInTurn({ data: {}, headers: { 'X-Tt-Ads-Throttle': truncation } })

  assert.equal((await reader.call(thing, PARAMS)).truncation, truncation)
})

test('calls keep to the budget, and the wait for it is told', async () => {
  const { reader, calls, notes } = fakeInTurn(OK)

  for (let call = 0; call < 3; call += 1) await reader.call(thing, PARAMS)

  assert.deepEqual(
    calls.map(({ at }) => at - calls[0]!.at),
    [0, 100, 200],
  )
  assert.deepEqual(
    notes.filter(({ kind }) => kind === 'waited'),
    [80, 80].map((waitedMs) => ({ kind: 'waited', waitedMs, because: 'The budget of calls' })),
  )
})

test('a stopped run makes no call and does not wait', async () => {
  const { reader, calls, stop } = fakeInTurn(OK)

  stop.abort(new Error('stopped by Ann'))

  await assert.rejects(reader.call(thing, PARAMS), /stopped by Ann/)
  await assert.rejects(reader.wait(1000), /stopped by Ann/)
  assert.equal(calls.length, 0)
})
