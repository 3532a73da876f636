import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { testGolden } from '../../test/golden.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { CallType } from './event_identity.ts'
import type { SenderRequest } from './event_source.ts'
import { normalise, type Surroundings } from './normalise.ts'

const RECEIVED = '2026-11-21T21:10:00.000Z'

interface Given {
  readonly event: Json
  readonly headers?: SenderRequest['headers']
  readonly batch?: JsonObject
  readonly pathType?: CallType
  readonly eventBytesMax?: number
}

const around = ({
  headers = {},
  batch = {},
  pathType,
  eventBytesMax = 32 * 1024,
}: Omit<Given, 'event'>): Surroundings => ({
  receivedAt: RECEIVED,
  pathType: pathType ?? null,
  batch,
  request: {
    params: {},
    query: {},
    headers,
    body: null,
    hasInfinity: false,
    ip: '198.51.100.9',
    host: 'events.shop.example',
    protocol: 'https',
    receivedAt: Date.parse(RECEIVED),
    limits: { eventBytesMax, batchEventsMax: 2500, depthMax: 64 },
    newId: () => 'fresh-id',
  },
})

const normalised = (given: Given) => normalise(given.event, around(given))

function eventOf(given: Given): JsonObject {
  const result = normalised(given)
  assert.equal(result.kind, 'event', JSON.stringify(result))
  return result.kind === 'event' ? JSON.parse(result.event.payload) : {}
}

const codeOf = (event: Json, more: Partial<Given> = {}): string => {
  const result = normalised({ event, ...more })
  return result.kind === 'refused' ? result.reason.code : result.kind
}

const aTrack = (more: JsonObject = {}): JsonObject => ({
  type: 'track',
  event: 'E',
  userId: 'u',
  messageId: 'm',
  ...more,
})

testGolden(new URL('golden', import.meta.url).pathname, (input) => {
  const result = normalised(input as unknown as Given)
  return result.kind === 'event' ? { ...result.event, payload: JSON.parse(result.event.payload) } : { ...result.reason }
})

test('an event that can never be one of ours is refused for its reason', () => {
  assert.equal(codeOf('text'), 'ingest.event_not_object')
  assert.equal(codeOf([aTrack()]), 'ingest.event_not_object')
  assert.equal(codeOf(aTrack({ type: null })), 'ingest.event_type_missing')
  assert.equal(codeOf(aTrack({ type: 'purchase' })), 'ingest.event_type_unknown')
  assert.equal(codeOf(aTrack({ event: '' })), 'ingest.event_name_missing')
  assert.equal(codeOf(aTrack({ userId: '' })), 'ingest.event_user_missing')
  assert.equal(codeOf(aTrack({ userId: null, anonymousId: { id: 1 } })), 'ingest.event_user_missing')
  assert.equal(codeOf(aTrack({ userId: undefined as unknown as Json, previousId: 'p' })), 'ingest.event_user_missing')
})

test('the path names the type only where the event does not', () => {
  assert.equal(eventOf({ event: aTrack({ type: '' }), pathType: 'track' })['type'], 'track')
  assert.equal(eventOf({ event: aTrack({ type: 'page' }), pathType: 'track' })['type'], 'page')
})

test('an event may take as many bytes as the limit says, and what we add does not count', () => {
  const event = aTrack({ properties: { text: 'ü'.repeat(400) } })
  const bytes = Buffer.byteLength(JSON.stringify(event))

  assert.equal(codeOf(event, { eventBytesMax: bytes }), 'event')
  assert.equal(codeOf(event, { eventBytesMax: bytes - 1 }), 'ingest.event_too_large')
})

test('address and User-Agent are filled in only where the connection is the visitor’s', () => {
  const headers = { 'user-agent': 'UA/1' }
  const fromPage = { ...headers, origin: 'https://shop.example' }
  const library = (name: string) => ({ library: { name } })
  const cases: readonly (readonly [boolean, JsonObject, JsonObject, SenderRequest['headers']])[] = [
    [true, {}, library('analytics.js'), headers],
    [true, {}, library('analytics-swift'), headers],
    [true, {}, { ...library('analytics-kotlin'), device: { id: 'd' } }, headers],
    [false, {}, library('analytics-kotlin'), headers],
    [false, {}, library('@segment/analytics-node'), headers],
    [false, {}, library('analytics-python'), fromPage],
    [true, {}, { ...library('analytics-go'), direct: true }, headers],
    [true, { channel: 'web' }, {}, headers],
    [true, { channel: 'mobile' }, {}, headers],
    [false, { channel: 'server' }, {}, fromPage],
    [true, {}, {}, fromPage],
    [false, {}, {}, headers],
  ]

  for (const [filled, more, context, given] of cases) {
    const event = eventOf({ event: aTrack({ ...more, context }), headers: given })
    const added = filled ? { ip: '198.51.100.9', userAgent: 'UA/1' } : {}
    assert.deepEqual(event['context'], { ...context, ...added }, JSON.stringify([more, context]))
  }
})

test('an address the sender gave stays', () => {
  const context = { ip: '203.0.113.7', userAgent: 'UA/0', direct: true }

  assert.deepEqual(eventOf({ event: aTrack({ context }), headers: { 'user-agent': 'UA/1' } })['context'], context)
})

test('a name of any length is cut for lists and kept whole in the event', () => {
  const event = 'ж'.repeat(1000)
  const result = normalised({ event: aTrack({ event }) })

  assert.equal(result.kind === 'event' && result.event.name.length, 200)
  assert.equal(eventOf({ event: aTrack({ event }) })['event'], event)
})

const TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias', 'delete', 'other']
const anyTime = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer(),
  fc.string(),
)
const anyValue = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const anyContext = fc.record(
  { library: anyValue, ip: anyValue, direct: anyValue, device: anyValue },
  { requiredKeys: [] },
)
const anyEvent = fc.record(
  {
    type: fc.oneof(fc.constantFrom(...TYPES), anyValue),
    event: anyValue,
    name: anyValue,
    userId: anyValue,
    anonymousId: anyValue,
    previousId: anyValue,
    groupId: anyValue,
    messageId: fc.oneof(anyValue, fc.string({ minLength: 90, maxLength: 110 })),
    timestamp: fc.oneof(anyTime, anyValue),
    originalTimestamp: fc.oneof(anyTime, anyValue),
    sentAt: fc.oneof(anyTime, anyValue),
    context: fc.oneof(anyContext, anyValue),
    integrations: anyValue,
    channel: fc.constantFrom('web', 'server', 'mobile', 1),
    _backbeat: fc.oneof(anyValue, fc.record({ messageId: fc.constantFrom('generated', 'hashed', 'x') })),
    writeKey: anyValue,
    properties: anyValue,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>

test('normalising an event twice is normalising it once', () => {
  const given = fc.record({
    event: fc.oneof(
      anyEvent.map((event) => ({ userId: 'u', event: 'E', type: 'track', ...event }) as JsonObject),
      anyEvent,
    ),
    headers: fc.record(
      { origin: fc.string(), 'user-agent': fc.string(), 'sec-gpc': fc.constant('1') },
      { requiredKeys: [] },
    ),
    batch: fc.record({ sentAt: anyTime, context: anyContext, integrations: anyValue }, { requiredKeys: [] }),
  })

  fc.assert(
    fc.property(given, ({ event, headers, batch }) => {
      const once = normalised({ event, headers, batch: batch as JsonObject })
      if (once.kind === 'refused') return
      const twice = normalised({ event: JSON.parse(once.event.payload), headers, batch: batch as JsonObject })
      assert.deepEqual(twice, once)
    }),
    { numRuns: 500 },
  )
})

test('whatever JSON comes, it becomes a whole event or a reason', () => {
  fc.assert(
    fc.property(fc.oneof(anyEvent, anyValue), (event) => {
      const result = normalised({ event })
      if (result.kind === 'refused') return assert.match(result.reason.code, /^ingest\./)
      const kept = JSON.parse(result.event.payload)
      assert.equal(kept.messageId, result.event.messageId)
      assert.ok(kept.messageId.length <= 100 && kept.messageId.length > 0)
      assert.equal(new Date(kept.timestamp).toISOString(), kept.timestamp)
      assert.equal(kept.receivedAt, RECEIVED)
    }),
    { numRuns: 500 },
  )
})
