import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { testGolden } from '../../test/golden.ts'
import type { Item } from '../core/destination.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { createTikTok } from '../tiktok/client.ts'
import { type WebEventsOptions, webEvents } from './web_events.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const DAY_MS = 24 * 60 * 60_000
const TOKEN = '0123456789abcdef'

/** The destination as most people have it; calls fail unless `baseUrl` says where to. */
function aDestination({
  baseUrl = 'http://127.0.0.1:1',
  ...options
}: Partial<WebEventsOptions> & { baseUrl?: string } = {}) {
  const tiktok = createTikTok({ accessToken: TOKEN, baseUrl, now: () => NOW })
  return webEvents({ tiktok, eventSource: 'web', eventSourceId: 'CPIXEL', ...options })
}

const aRow = (more: JsonObject = {}): JsonObject => ({
  event: 'Purchase',
  event_id: 'e1',
  event_time: NOW,
  email: 'ann@example.com',
  url: 'https://shop.example.com/',
  currency: 'USD',
  value: 10,
  ...more,
})

function itemOf(row: JsonObject, destination = aDestination()): Item {
  const prepared = destination.prepare(row, NOW)
  return prepared.kind === 'ready' ? prepared.item : assert.fail(JSON.stringify(prepared.reasons))
}

const wireOf = (row: JsonObject, options: Partial<WebEventsOptions> = {}) =>
  JSON.parse(itemOf(row, aDestination(options)).text) as Record<string, JsonObject>

function codesOf(row: JsonObject, options: Partial<WebEventsOptions> = {}): string[] {
  const prepared = aDestination(options).prepare(row, NOW)
  return (prepared.kind === 'ready' ? prepared.warnings : prepared.reasons).map(({ code }) => code)
}

testGolden(join(import.meta.dirname, 'golden', 'web_events'), (row) => {
  const prepared = aDestination().prepare(row as JsonObject, NOW)
  if (prepared.kind === 'invalid') return prepared as unknown as Json
  const { item, warnings } = prepared
  return { item: JSON.parse(item.text), batchKey: item.batchKey, warnings } as unknown as Json
})

test('every reason has a field, a sentence and a remedy', () => {
  const prepared = aDestination().prepare({ event_time: 'x', currency: 'XXX', value: '1,0' }, NOW)

  assert.equal(prepared.kind, 'invalid')
  for (const reason of prepared.kind === 'invalid' ? prepared.reasons : []) {
    assert.ok(reason.field && reason.remedy && /^Cannot .*[^.]$/.test(reason.message), JSON.stringify(reason))
  }
})

test('an event that lacks nothing has no warning', () => {
  assert.deepEqual(codesOf(aRow()), [])
})

test('a currency TikTok does not take costs the event or only its value, as set', () => {
  const row = aRow({ currency: 'uyu' })

  assert.deepEqual(codesOf(row), ['tiktok.unsupported_currency'])
  assert.deepEqual(codesOf(row, { unsupportedCurrency: 'drop_value' }), ['tiktok.unsupported_currency'])
  assert.equal(wireOf(row, { unsupportedCurrency: 'drop_value' })['properties'], undefined)
})

test('a phone number without a country code belongs to the default country', () => {
  const digest = '9f7ec22d72092cd3c0b58726ed9c2d91b92e51a3f29837508fb2948bb22dd2fd'

  assert.equal(wireOf(aRow({ phone: '213 373 4253' }), { defaultCountry: 'us' })['user']?.['phone'], digest)
  assert.deepEqual(codesOf(aRow({ phone: '213 373 4253' })), ['tiktok.unusable_phone'])
})

test('a default country that is none is refused at once', () => {
  assert.throws(() => aDestination({ defaultCountry: 'Germany' }), /default country "Germany" is not a two-letter/)
})

test('the click id in the address of the page is taken before the mapped one', () => {
  const url = 'https://shop.example.com/?ttclid=E.C.P.new'

  assert.equal(wireOf(aRow({ url, ttclid: 'E.C.P.old' }))['user']?.['ttclid'], 'E.C.P.new')
  assert.equal(wireOf(aRow({ ttclid: 'E.C.P.old%2D1' }))['user']?.['ttclid'], 'E.C.P.old-1')
})

test('an address and a browser together are something to match by, alone they are not', () => {
  const nobody = aRow({ email: null })

  assert.deepEqual(codesOf(nobody), ['tiktok.no_match_key'])
  assert.deepEqual(codesOf({ ...nobody, ip: '203.0.113.9' }), ['tiktok.no_match_key'])
  assert.deepEqual(codesOf({ ...nobody, ip: '203.0.113.9', user_agent: 'Mozilla/5.0' }), [])
})

test('an old event goes with a warning, and not at all past the limit of the destination', () => {
  const aged = (days: number) => aRow({ event_time: NOW - days * DAY_MS })

  assert.deepEqual(codesOf(aged(6.9)), [])
  assert.deepEqual(codesOf(aged(8)), ['tiktok.event_old'])
  assert.deepEqual(codesOf(aged(400)), ['tiktok.event_old'])
  assert.deepEqual(codesOf(aged(27.9), { maxAgeDays: 28 }), ['tiktok.event_old'])
  assert.deepEqual(codesOf(aged(28.1), { maxAgeDays: 28 }), ['tiktok.event_too_old'])
  assert.deepEqual(codesOf(aged(3.1), { maxAgeDays: 3 }), ['tiktok.event_too_old'])
})

test('a clock that is minutes ahead is forgiven, hours are warned about, a day is an error', () => {
  const ahead = (minutes: number) => aRow({ event_time: NOW + minutes * 60_000 })

  assert.deepEqual(codesOf(ahead(4)), [])
  assert.deepEqual(codesOf(ahead(120)), ['tiktok.event_in_future'])
  assert.equal(aDestination().prepare(ahead(120), NOW).kind, 'ready')
  assert.equal(aDestination().prepare(ahead(1441), NOW).kind, 'invalid')
})

test('a test event code stands around the events, and events with different codes are told apart', () => {
  const destination = aDestination({ testEventCode: 'TEST1' })
  const own = itemOf(aRow({ test_event_code: 'TEST2' }), destination)
  const always = itemOf(aRow(), destination)

  assert.deepEqual([own.batchKey, always.batchKey, itemOf(aRow()).batchKey], ['TEST2', 'TEST1', ''])
  assert.doesNotMatch(own.text, /TEST/)
  assert.equal(JSON.parse(destination.request([own]).body).test_event_code, 'TEST2')
})

test('a request is exactly what TikTok would get', () => {
  const destination = aDestination({ partnerName: 'Backbeat' })
  const items = [itemOf(aRow(), destination), itemOf(aRow({ event_id: 'e2' }), destination)]

  const { method, url, body } = destination.request(items)

  assert.deepEqual([method, url], ['POST', 'http://127.0.0.1:1/event/track/'])
  assert.deepEqual(JSON.parse(body), {
    event_source: 'web',
    event_source_id: 'CPIXEL',
    partner_name: 'Backbeat',
    data: items.map(({ text }) => JSON.parse(text)),
  })
})

interface Body {
  readonly event_source_id: string
  readonly data: readonly { readonly event_id: string }[]
}

/** A server on this machine that answers as `verdict` says and keeps what it got. */
async function aTikTok(t: TestContext, verdict: (body: Body) => { code: number; message: string }) {
  const bodies: Body[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body
    bodies.push(body)
    response.end(JSON.stringify({ ...verdict(body), request_id: `r${bodies.length}`, data: {} }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { bodies, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const items = (size: number): Item[] =>
  Array.from({ length: size }, (_, i) => itemOf(aRow({ event_id: `e${i}`, description: 'Größe' })))

test('events go in one call and are delivered with its request id', async (t) => {
  const { baseUrl, bodies } = await aTikTok(t, () => ({ code: 0, message: 'OK' }))

  const { outcomes, stopped } = await aDestination({ baseUrl }).write(items(100))

  assert.equal(stopped, null)
  assert.equal(bodies.length, 1)
  assert.equal(bodies[0]?.data.length, 100)
  assert.ok(outcomes.every((outcome) => outcome.kind === 'delivered' && outcome.receipt.requestId === 'r1'))
})

test('one bad event is rejected with the words of TikTok and holds none of the others back', async (t) => {
  const message = 'Invalid value for event_id: not a valid string.'
  const { baseUrl } = await aTikTok(t, ({ data }) =>
    data.some(({ event_id }) => event_id === 'e37') ? { code: 40002, message } : { code: 0, message: 'OK' },
  )

  const { outcomes } = await aDestination({ baseUrl }).write(items(100))

  const rejected = outcomes.flatMap((outcome, i) => (outcome.kind === 'rejected' ? [[i, outcome.reason.code]] : []))
  assert.deepEqual(rejected, [[37, 'tiktok.refused']])
  assert.equal(outcomes.filter(({ kind }) => kind === 'delivered').length, 99)
  assert.match(JSON.stringify(outcomes[37]), /TikTok answered 40002 .*Invalid value for event_id/)
})

test('a revoked token postpones every event at no cost after one call', async (t) => {
  const { baseUrl, bodies } = await aTikTok(t, () => ({ code: 40105, message: 'Access token is incorrect' }))

  const { outcomes, stopped } = await aDestination({ baseUrl }).write(items(10))

  assert.equal(bodies.length, 1)
  assert.equal(stopped?.code, 'tiktok.token_invalid')
  assert.ok(outcomes.every((outcome) => outcome.kind === 'postponed' && outcome.free && !outcome.unknown))
})

test('a mapping that breaks every event stops the search and parks the rest', async (t) => {
  const { baseUrl, bodies } = await aTikTok(t, () => ({
    code: 40002,
    message: 'Invalid value for value: not a number.',
  }))

  const { outcomes, stopped } = await aDestination({ baseUrl }).write(items(200))

  assert.equal(stopped?.code, 'tiktok.mapping_broken')
  assert.equal(outcomes.filter(({ kind }) => kind === 'rejected').length, 20)
  assert.equal(outcomes.filter(({ kind }) => kind === 'postponed').length, 180)
  assert.ok(bodies.length < 70, `${bodies.length} calls`)
})

test('events that cannot be sent for now are postponed', async () => {
  const refuse = () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }))
  const tiktok = createTikTok({ accessToken: TOKEN, fetch: refuse })

  const { outcomes, stopped } = await aDestination({ tiktok }).write(items(2))

  assert.equal(stopped?.code, 'tiktok.unreachable')
  assert.ok(outcomes.every((outcome) => outcome.kind === 'postponed' && !outcome.unknown && !outcome.free))
})
