import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTraffic } from './traffic.ts'
import { sampleWeek } from './week.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

interface Batch {
  readonly batch: readonly { readonly messageId?: string; readonly timestamp: string }[]
}

/** A door that takes everything, or fails; `onBatch` hears of each request. */
function aDoor(onBatch: (batch: Batch) => Response) {
  return (async (_url: unknown, init?: RequestInit) => onBatch(JSON.parse(String(init?.body)))) as typeof fetch
}

const options = (fetch: typeof globalThis.fetch, stopped: AbortSignal) => ({
  host: 'http://127.0.0.1:1',
  writeKey: 'key-of-a-shop',
  fetch,
  now: () => NOW,
  stopped,
})

test('a week arrives whole, under its messageIds and with the times at which it happened', async () => {
  const received: Batch['batch'][number][] = []
  const door = aDoor(({ batch }) => {
    received.push(...batch)
    return Response.json({ success: true })
  })
  const week = sampleWeek(1, NOW)

  await openTraffic(options(door, new AbortController().signal)).sendWeek(week)

  const sent = received.map(({ messageId, timestamp }) => `${messageId} ${timestamp}`)
  const wanted = week.calls.map(({ messageId, timestamp }) => `${messageId} ${timestamp.toISOString()}`)
  assert.deepEqual(sent.slice(0, wanted.length).sort(), wanted.sort())
  assert.deepEqual(received.slice(wanted.length), week.broken)
})

test('a stop is heard though nothing answers', async () => {
  const stopping = new AbortController()
  const door = aDoor(() => {
    stopping.abort()
    return new Response(null, { status: 503 })
  })

  await openTraffic(options(door, stopping.signal)).sendWeek(sampleWeek(1, NOW))

  assert.ok(stopping.signal.aborted)
})
