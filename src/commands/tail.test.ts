import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../store/store.ts'
import { follow } from './follow.ts'
import { aReason, aShell, decide, NOW, shopFiles } from './testing.ts'

const refusal = { source: 'shop', at: NOW, reason: aReason('ingest.event_user_missing', 'No user'), body: '{}' }

test('tail begins with the newest events and ends with 130 when it is stopped', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  await decide(await shell.store(), [
    { messageId: 'm1', state: 'delivered' },
    { messageId: 'm2', state: 'dead', reason: aReason() },
    { messageId: 'm3', state: null },
  ])

  const { code, out, err } = await shell.run('tail --lines 2', { stopAt: (line) => line.includes('m3') })

  assert.equal(code, 130)
  assert.equal(err, 'Stopped')
  assert.deepEqual(out.split('\n'), [
    '12:00:00  dead        Order Completed  (shop, m2)  shop-to-pixel: TikTok refused it',
    '12:00:00  pending     Order Completed  (shop, m3)',
  ])
})

test('tail --failed shows what died or is tried again, and nothing else', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  await decide(await shell.store(), [
    { messageId: 'm1', state: 'delivered' },
    { messageId: 'm2', state: 'retry', reason: aReason('tiktok.throttled', 'Too many') },
    { messageId: 'm3', state: 'dead', reason: aReason() },
  ])

  const { out } = await shell.run('tail --failed --json', { stopAt: (line) => line.includes('m3') })

  const rows = out.split('\n').map((line) => JSON.parse(line))
  assert.deepEqual(
    rows.map(({ kind, messageId, standing }) => [kind, messageId, standing]),
    [
      ['event', 'm2', 'pending'],
      ['event', 'm3', 'dead'],
    ],
  )
})

test('a follower gives what is new, then what has changed, and each once', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const store = await shell.store()
  await decide(store, [{ messageId: 'm1', state: 'delivered' }])
  const look = await follow(store, 0)
  const seen = async () => (await look()).rows.map(({ messageId, standing }) => [messageId, standing])

  await decide(store, [{ messageId: 'm2', state: 'retry', reason: aReason('tiktok.throttled', 'Too many') }])
  const first = await seen()
  const second = await seen()
  await store.queue.add([], [refusal])
  const { rows, rejects } = await look()

  assert.deepEqual(first, [['m2', 'pending']])
  assert.deepEqual(second, [])
  assert.deepEqual([rows.length, rejects.map(({ reason }) => reason.code)], [0, ['ingest.event_user_missing']])
  assert.deepEqual((await look()).rejects, [])
})

test('an event shows again when it is decided', async (t) => {
  const shell = aShell(t, { 'backbeat.yaml': shopFiles() })
  await shell.run('apply')
  const store = await shell.store()
  await decide(store, [{ messageId: 'm1', state: 'retry', reason: aReason('tiktok.throttled', 'Too many') }])
  const look = await follow(store, 1)
  const seen = async () => (await look()).rows.map(({ messageId, standing }) => [messageId, standing])

  const before = await seen()
  await deliver(store)
  const after = await seen()

  assert.deepEqual(before, [['m1', 'pending']])
  assert.deepEqual(after, [['m1', 'delivered']])
  assert.deepEqual(await seen(), [])
})

/** What waited for a try has arrived. */
function deliver({ journal }: Store): Promise<void> {
  const delivery = {
    seq: 1,
    mapping: 'Purchase',
    state: 'delivered',
    reason: null,
    attempts: 2,
    firstAttemptAt: NOW,
  } as const
  return journal.record({
    sync: 'shop-to-pixel',
    source: 'shop',
    revision: 1,
    fresh: false,
    position: null,
    rematched: [],
    calls: [],
    now: NOW,
    deliveries: [{ ...delivery, dueAt: null, unknown: false, earlierCalls: [], call: null }],
  })
}
