import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../src/core/json.ts'
import type { Answer, EventRoute, Problem, Sender, SenderRequest } from '../src/event_sources/event_source.ts'

const LIMITS = { eventBytesMax: 32 * 1024, batchEventsMax: 2500, depthMax: 64 }
const STATUSES: readonly Problem['status'][] = [400, 401, 403, 429, 500, 503]

const anyText = fc.string({ unit: 'binary' })
const anyBody = fc.oneof(
  fc.object({ key: anyText }),
  fc.record({ batch: fc.array(fc.oneof(fc.object(), fc.anything())), context: fc.object(), writeKey: anyText }),
) as fc.Arbitrary<JsonObject>
const anyRequest = fc.record({
  params: fc.dictionary(anyText, anyText),
  query: fc.dictionary(anyText, fc.oneof(anyText, fc.array(anyText))),
  headers: fc.record(
    {
      authorization: fc.oneof(
        anyText,
        fc.base64String().map((it) => `Basic ${it}`),
      ),
      origin: anyText,
      anonymousid: anyText,
    },
    { requiredKeys: [] },
  ),
  body: fc.option(anyBody.map((body) => JSON.parse(JSON.stringify(body)) as JsonObject)),
  hasInfinity: fc.boolean(),
  ip: fc.option(fc.ipV4()),
  host: anyText,
  protocol: fc.constantFrom('http', 'https'),
  receivedAt: fc.constant(Date.UTC(2026, 4, 1)),
  limits: fc.constant(LIMITS),
  newId: fc.constant(() => 'fresh-id'),
}) as fc.Arbitrary<SenderRequest>

/** What must hold for every sender: whatever is sent, it answers in HTTP and never throws, and what it keeps is whole. */
export function testSender(sender: Sender): void {
  for (const route of sender.routes) {
    const name = `${sender.type}, ${route.method} ${route.paths[0]}`
    test(`${name} takes whatever comes`, () => {
      fc.assert(
        fc.property(anyRequest, (request) => {
          switch (route.kind) {
            case 'open':
              return assertAnswer(route.answer(request))
            case 'document':
              assertCredentials(route.credentials(request))
              return assertAnswer(route.document(request, 'WK'))
            case 'events':
              assertCredentials(route.credentials(request))
              return assertReceived(route, request)
          }
        }),
        { numRuns: 40 },
      )
    })
    if (route.kind === 'open') continue
    test(`${name} has an answer for every problem`, () => {
      const reason = { code: 'ingest.busy', message: 'Cannot take more' }
      for (const status of STATUSES) assertAnswer(route.problem({ status, reason, retryAfterSeconds: 1 }))
    })
  }
}

function assertReceived(route: EventRoute, request: SenderRequest): void {
  const received = route.receive(request)
  if (received.kind === 'unusable') {
    assert.match(received.reason.code, /^\w+\.\w+$/)
    return
  }
  for (const { messageId, name, payload } of received.events) {
    assert.equal(JSON.parse(payload).messageId, messageId)
    assert.ok(messageId.length > 0 && messageId.length <= 100 && name.length > 0)
  }
  for (const { reason, body } of received.refused) {
    assert.match(reason.code, /^\w+\.\w+$/)
    JSON.parse(body)
  }
  assertAnswer(route.success(received))
}

function assertCredentials(credentials: ReturnType<EventRoute['credentials']>): void {
  for (const { writeKey, secret } of credentials)
    assert.deepEqual([typeof writeKey, typeof secret], ['string', 'string'])
}

function assertAnswer({ status, headers, body }: Answer): void {
  assert.ok(status >= 200 && status <= 599 && status !== 204, `status ${status}`)
  assert.ok(headers['content-type'])
  assert.ok(body.length > 0)
}
