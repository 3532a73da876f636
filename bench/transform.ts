import { hash } from 'node:crypto'
import { isObject } from '../src/core/json.ts'
import { mapEvent, type Sync } from '../src/core/sync.ts'
import { webEvents } from '../src/destinations/web_events.ts'
import { compileRoute, isProblems } from '../src/mapping/route.ts'
import { createTikTok } from '../src/tiktok/client.ts'
import { type Bench, type Figure, inTurns } from './figure.ts'
import { sampleEvent } from './sample_event.ts'

const BATCH = 1000
const ROUNDS = 7
const BATCHES = 40

/** JSON text → rules → mapping → three SHA-256 → request body, on one core. */
export const transform: Bench = {
  name: 'transform',
  about: 'JSON text → rules → mapping → 3 SHA-256 → request body, one core',
  async run(): Promise<readonly Figure[]> {
    const texts = Array.from({ length: BATCH }, (_, i) => JSON.stringify(sampleEvent(`ajs-next-${i}`)))
    const sync = sampleSync()
    transformBatch(sync, texts)
    bareBatch(texts)
    const measured = await inTurns(
      ROUNDS,
      () => eventsPerSecond(() => transformBatch(sync, texts)),
      () => eventsPerSecond(() => bareBatch(texts)),
    )
    return [{ name: 'transform', unit: 'events/s', floor: 100_000, aim: 200_000, ...measured }]
  },
}

function transformBatch(sync: Sync, texts: readonly string[]): string {
  const now = Date.parse('2026-11-21T12:00:05Z')
  const items = texts.flatMap((text) => {
    const event: unknown = JSON.parse(text)
    return isObject(event) ? mapEvent(sync, event, now) : []
  })
  const ready = items.flatMap((mapped) => (mapped.kind === 'item' ? [mapped.item] : []))
  if (ready.length !== texts.length) throw new Error('Cannot measure: not every event became an item')
  return sync.destination.request(ready).body
}

/** The least that anyone has to do: parse, hash three times, write JSON. */
function bareBatch(texts: readonly string[]): string {
  return JSON.stringify({
    data: texts.map((text) => {
      const event = JSON.parse(text)
      const { email, phone } = event.properties
      return {
        ...event,
        user: { email: hash('sha256', email), phone: hash('sha256', phone), external_id: hash('sha256', event.userId) },
      }
    }),
  })
}

function eventsPerSecond(batch: () => unknown): number {
  const start = performance.now()
  for (let i = 0; i < BATCHES; i++) batch()
  return (BATCHES * BATCH * 1000) / (performance.now() - start)
}

function sampleSync(): Sync {
  const tiktok = createTikTok({ accessToken: 'unused', fetch: () => Promise.reject(new Error('Cannot call: offline')) })
  const destination = webEvents({
    tiktok,
    eventSource: 'web',
    eventSourceId: 'CBENCH00000000000001',
    defaultCountry: 'US',
  })
  const route = compileRoute({ name: 'Order Completed', preset: 'order_completed' }, destination.fields)
  if (isProblems(route)) throw new Error(`Cannot measure: ${route[0]?.message}`)
  return { name: 'bench', source: 'bench', revision: 1, version: '1', account: 'bench', routes: [route], destination }
}
