import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import test from 'node:test'
import type { Summary } from '../src/server/contract.ts'
import { startSimulator } from '../src/simulator/server.ts'
import { seededRandom } from './crash.ts'
import { freePort } from './free_port.ts'
import { tempFolder } from './temp_folder.ts'

const KILLS = 200
const LIFE_MS = 250 // longest that a server lives once it answers
const BATCH = 20
const WRITE_KEY = 'crash-write-key'
const MAIN = join(import.meta.dirname, '../src/main.ts')

test(`a server killed ${KILLS} times at random loses no acknowledged event, and TikTok counts none twice`, async (t) => {
  const random = seededRandom(20261121)
  const simulator = await startSimulator({ port: 0, seed: 7 })
  t.after(() => simulator.close())
  await post(`${simulator.url}/__simulator/world`, { settings: { latency_ms: 20, requests_per_second: 'none' } })
  await post(`${simulator.url}/__simulator/faults`, { fault: 'cut_after', probability: 0.02 })
  const road = { folder: tempFolder(t), port: await freePort(), simulatorUrl: simulator.url }
  const sender = newSender(road.port)

  await withServer(road, async () => configure(road))
  for (let kill = 0; kill < KILLS; kill++) {
    const server = startServer(road)
    await untilAnswers(road.port)
    const sending = sender.sendFor(random() * LIFE_MS)
    await sending
    server.kill('SIGKILL')
    await sender.settled()
    await ended(server)
  }
  await post(`${simulator.url}/__simulator/faults`, undefined, 'DELETE')

  const books = await withServer(road, () => untilNothingPending(road.port))
  const counted = (await (await fetch(`${simulator.url}/__simulator/events?ids=1`)).text()).split('\n').filter(Boolean)
  const countedOnce = new Set(counted)
  const lost = [...sender.acknowledged].filter((id) => !countedOnce.has(id))

  assert.ok(sender.acknowledged.size > KILLS, 'the servers lived long enough to take events')
  assert.deepEqual(lost, [])
  assert.equal(counted.length, countedOnce.size)
  assert.equal(books.total.delivered, countedOnce.size)
  assert.deepEqual({ dead: books.total.dead, pending: books.total.pending }, { dead: 0, pending: 0 })
  t.diagnostic(
    `${sender.acknowledged.size} acknowledged, ${countedOnce.size} counted, ${books.total.duplicate} repeated`,
  )
})

interface Road {
  readonly folder: string
  readonly port: number
  readonly simulatorUrl: string
}

function startServer({ folder, port }: Road): ChildProcess {
  const env = { ...process.env, BACKBEAT_DATA: folder, BACKBEAT_PORT: String(port), BACKBEAT_LOG: 'error' }
  return spawn(process.execPath, [MAIN, 'serve'], { env, stdio: 'ignore' })
}

async function withServer<T>(road: Road, work: () => Promise<T>): Promise<T> {
  const server = startServer(road)
  await untilAnswers(road.port)
  const result = await work()
  server.kill('SIGTERM')
  await ended(server)
  return result
}

const ended = (server: ChildProcess): Promise<unknown> =>
  server.exitCode !== null || server.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => server.once('exit', resolve))

/** Sends batches one after another and remembers whose were answered with 200. A batch without an answer goes again, as SDKs do. */
function newSender(port: number) {
  const acknowledged = new Set<string>()
  let next = 0
  let unanswered: string[] | null = null
  let inFlight: Promise<void> = Promise.resolve()

  async function sendBatch(): Promise<void> {
    const ids = unanswered ?? Array.from({ length: BATCH }, () => `message-${next++}`)
    unanswered = ids
    const response = await post(`http://127.0.0.1:${port}/v1/batch`, {
      writeKey: WRITE_KEY,
      batch: ids.map((messageId) => ({
        type: 'track',
        event: 'Order Completed',
        messageId,
        userId: 'u-1',
        properties: { revenue: 1, currency: 'USD' },
      })),
    }).catch(() => null)
    if (response?.status !== 200) return
    for (const id of ids) acknowledged.add(id)
    unanswered = null
  }

  return {
    acknowledged,
    /** Sends until the time is over; the last batch may still be under way when it resolves. */
    async sendFor(ms: number): Promise<void> {
      const until = performance.now() + ms
      while (performance.now() < until) {
        inFlight = sendBatch()
        const left = new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, until - performance.now())))
        await Promise.race([inFlight, left])
      }
    },
    settled: () => inFlight,
  }
}

async function configure({ port, simulatorUrl }: Road): Promise<void> {
  const put = (identity: string, spec: object) =>
    post(`http://127.0.0.1:${port}/api/v1/resources/${identity}`, { spec }, 'PUT')
  await put('account/main', { access_token: 'simulator-token', api_url: `${simulatorUrl}/open_api/v1.3` })
  await put('event_source/shop', { type: 'segment', write_key: WRITE_KEY })
  await put('destination/pixel', { type: 'web_events', account: 'main', pixel_code: 'CSIMULATOR0000000001' })
  const saved = await put('sync/shop-to-pixel', {
    from: { event_source: 'shop' },
    to: { destination: 'pixel' },
    mappings: [{ name: 'Order Completed', preset: 'order_completed' }],
  })
  assert.equal(saved.status, 200)
}

async function untilNothingPending(port: number): Promise<Summary> {
  for (;;) {
    const summary = (await (await fetch(`http://127.0.0.1:${port}/api/v1/summary`)).json()) as Summary
    if (summary.total.pending === 0) return summary
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function untilAnswers(port: number): Promise<void> {
  for (;;) {
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function post(url: string, body: object | undefined, method = 'POST'): Promise<Response> {
  const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return fetch(url, { method, ...json })
}
