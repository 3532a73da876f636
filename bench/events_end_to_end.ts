import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Summary } from '../src/server/contract.ts'
import { freePort } from '../test/free_port.ts'
import type { Bench, Figure } from './figure.ts'
import { newRun, sendLoad } from './load.ts'
import { api, inFolder, MAIN, start } from './processes.ts'

const WRITE_KEY = 'bench-write-key'
const EVENTS = 400_000
const ANSWER_MS = 300

interface Road {
  readonly ours: number
  readonly simulator: number
}

/** Batches of 100 in at the door, batches of 1,000 out to the local TikTok, which answers after 300 ms; until all are delivered. */
export const eventsEndToEnd: Bench = {
  name: 'events_end_to_end',
  about: 'End to end into the local TikTok (batches of 1,000, 300 ms answers)',
  run: () =>
    inFolder(async (folder) => {
      const road: Road = { ours: await freePort(), simulator: await freePort() }
      const simulator = await start([MAIN, 'simulator', '--quiet'], road.simulator, '/__simulator/clock', {
        BACKBEAT_SIMULATOR_PORT: String(road.simulator),
      })
      const ours = await start([MAIN, 'serve'], road.ours, '/healthz', {
        BACKBEAT_DATA: join(folder, 'data'),
        BACKBEAT_PORT: String(road.ours),
        BACKBEAT_LOG: 'error',
      })
      await configure(road)
      await new Promise((resolve) => setTimeout(resolve, 1500))

      newRun()
      const startedAt = performance.now()
      await sendLoad({
        port: road.ours,
        writeKey: WRITE_KEY,
        path: '/v1/batch',
        perRequest: 100,
        connections: 16,
        events: EVENTS,
      })
      const peakBytes = await untilDelivered(road, ours.pid)
      const seconds = (performance.now() - startedAt) / 1000
      await ours.stop()
      await simulator.stop()
      return [
        figure('events_end_to_end', EVENTS / seconds, 'events/s', 15_000, 40_000),
        { ...figure('events_memory', peakBytes / 1e6, 'MB', 512, 512), isCost: true },
      ]
    }),
}

function figure(name: string, value: number, unit: string, floor: number, aim: number): Figure {
  return { name, value, unit, floor, aim, limit: null, ratio: null }
}

async function configure({ ours, simulator }: Road): Promise<void> {
  const put = (identity: string, spec: object) => api(ours, 'PUT', `/resources/${identity}`, { spec })
  await fetch(`http://127.0.0.1:${simulator}/__simulator/world`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ settings: { latency_ms: ANSWER_MS } }),
  })
  const api_url = `http://127.0.0.1:${simulator}/open_api/v1.3`
  await put('account/bench', { access_token: 'simulator-token', api_url })
  await put('event_source/bench', { type: 'segment', write_key: WRITE_KEY })
  await put('destination/bench', {
    type: 'web_events',
    account: 'bench',
    pixel_code: 'CSIMULATOR0000000001',
    default_country: 'US',
  })
  await put('sync/bench', {
    from: { event_source: 'bench' },
    to: { destination: 'bench' },
    mappings: [{ name: 'Order Completed', preset: 'order_completed' }],
  })
}

/** Waits until nothing is pending; gives the most memory the process had on the way. */
async function untilDelivered({ ours }: Road, pid: number): Promise<number> {
  for (;;) {
    const { total } = (await api(ours, 'GET', '/summary')) as Summary
    if (total.dead + total.filtered > 0)
      throw new Error(`Cannot measure: not everything was delivered: ${JSON.stringify(total)}`)
    if (total.delivered === EVENTS) return peakMemory(pid)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
}
