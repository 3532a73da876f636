import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { type IngestServerParts, ingestServer } from '../../../test/ingest_server.ts'
import { memoryQueue } from '../../../test/memory_queue.ts'
import { QueueUnavailableError } from '../../store/queue.ts'

const RUDDER = { name: 'rudder', type: 'rudderstack', writeKey: 'RK' }

async function listening(context: TestContext, parts: IngestServerParts = {}) {
  const ingest = ingestServer({ now: Date.now, ...parts })
  await ingest.server.listen({ port: 0, host: '127.0.0.1' })
  context.after(() => ingest.server.close())
  const { port } = ingest.server.server.address() as AddressInfo
  return { ...ingest, host: `http://127.0.0.1:${port}` }
}

const seen = async (payloads: () => Promise<readonly unknown[]>) =>
  ((await payloads()) as Record<string, unknown>[]).map(
    ({ type, event, name, userId, anonymousId, groupId, previousId }) =>
      Object.fromEntries(
        Object.entries({ type, event, name, userId, anonymousId, groupId, previousId }).filter(([, value]) => value),
      ),
  )

test("every call of Segment's Node library arrives", async (context) => {
  const { host, payloads } = await listening(context)
  const analytics = new Analytics({ writeKey: 'WK', host })

  analytics.identify({ userId: 'u1', traits: { email: 'a@example.com' } })
  analytics.track({ userId: 'u1', event: 'Order Completed', properties: { total: 30.5 } })
  analytics.page({ anonymousId: 'a1', name: 'Intro' })
  analytics.screen({ anonymousId: 'a1', name: 'Home' })
  analytics.group({ userId: 'u1', groupId: 'g1' })
  analytics.alias({ userId: 'u1', previousId: 'a1' })
  await analytics.closeAndFlush()

  assert.deepEqual(await seen(payloads), [
    { type: 'identify', userId: 'u1' },
    { type: 'track', event: 'Order Completed', userId: 'u1' },
    { type: 'page', name: 'Intro', anonymousId: 'a1' },
    { type: 'screen', name: 'Home', anonymousId: 'a1' },
    { type: 'group', userId: 'u1', groupId: 'g1' },
    { type: 'alias', userId: 'u1', previousId: 'a1' },
  ])
})

test("Segment's Node library waits as Retry-After says, and its event is taken once", async (context) => {
  const inner = memoryQueue()
  const disk = Promise.withResolvers<void>()
  const add = async (...given: Parameters<typeof inner.add>) => {
    await disk.promise
    return inner.add(...given)
  }
  const outcomes: string[] = []
  const request = (outcome: string) => {
    outcomes.push(outcome)
    if (outcome === 'busy') disk.resolve()
  }
  const { host, events } = await listening(context, {
    queue: { ...inner, add },
    limits: { waitingBytesMax: 1 },
    metrics: { request, events: () => {} },
    random: (bytes) => new Uint8Array(bytes), // the shortest wait, a second
  })
  const [first, second] = [1, 2].map(() => new Analytics({ writeKey: 'WK', host, flushAt: 1 }))

  first!.track({ userId: 'u1', event: 'First', messageId: 'm1' })
  second!.track({ userId: 'u2', event: 'Second', messageId: 'm2' })
  await Promise.all([first!.closeAndFlush(), second!.closeAndFlush()])

  assert.deepEqual(outcomes.toSorted(), ['busy', 'kept', 'kept'])
  assert.deepEqual((await events()).map(({ messageId }) => messageId).toSorted(), ['m1', 'm2'])
})

test('an event whose answer was lost is sent again and counted as a duplicate', async (context) => {
  const inner = memoryQueue()
  let calls = 0
  const add = async (...given: Parameters<typeof inner.add>) => {
    const added = await inner.add(...given)
    if (++calls === 1) throw new QueueUnavailableError('Cannot write: the disk failed after all')
    return added
  }
  const { host, queue } = await listening(context, { queue: { ...inner, add } })
  const analytics = new Analytics({ writeKey: 'WK', host })

  analytics.track({ userId: 'u1', event: 'Order Completed' })
  await analytics.closeAndFlush()

  assert.deepEqual(await queue.intake('shop'), { accepted: 2, duplicate: 1, rejected: 0, lastSeq: 1 })
})

test("Segment's Node library drops what an unknown key sends", async (context) => {
  const { host, events } = await listening(context)
  const errors: unknown[] = []
  const analytics = new Analytics({ writeKey: 'other', host })
  analytics.on('error', ({ reason }) => errors.push(String(reason)))

  analytics.track({ userId: 'u1', event: 'Order Completed' })
  await analytics.closeAndFlush()

  assert.deepEqual([await events(), errors], [[], ['Error: [400] Bad Request']])
})

for (const gzip of [true, false]) {
  test(`every call of RudderStack's Node library arrives, ${gzip ? 'compressed' : 'as it is'}`, async (context) => {
    const { host, payloads } = await listening(context, { configured: [RUDDER] })
    const analytics = new RudderAnalytics('RK', { dataPlaneUrl: host, gzip, flushAt: 100 })

    analytics.identify({ userId: 'u1', traits: { email: 'a@example.com' } })
    analytics.track({ userId: 'u1', event: 'Order Completed', properties: { revenue: 5 } })
    analytics.page({ anonymousId: 'a1', name: 'Intro' })
    analytics.screen({ anonymousId: 'a1', name: 'Home' })
    analytics.group({ userId: 'u1', groupId: 'g1' })
    analytics.alias({ userId: 'u1', previousId: 'a1' })
    await analytics.flush() // the first call, which it sends at once
    await analytics.flush() // the others

    assert.deepEqual(await seen(payloads), [
      { type: 'identify', userId: 'u1' },
      { type: 'track', event: 'Order Completed', userId: 'u1' },
      { type: 'page', name: 'Intro', anonymousId: 'a1' },
      { type: 'screen', name: 'Home', anonymousId: 'a1' },
      { type: 'group', userId: 'u1', groupId: 'g1' },
      { type: 'alias', userId: 'u1', previousId: 'a1' },
    ])
  })
}

test('a whole batch address given as the data plane still works', async (context) => {
  const { host, events } = await listening(context, { configured: [RUDDER] })
  const analytics = new RudderAnalytics('RK', { dataPlaneUrl: `${host}/v1/batch`, flushAt: 100 })

  analytics.track({ userId: 'u1', event: 'Order Completed' })
  await analytics.flush()

  assert.equal((await events()).length, 1)
})
