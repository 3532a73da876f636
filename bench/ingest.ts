import { join } from 'node:path'
import { freePort } from '../test/free_port.ts'
import { type Bench, type Figure, median } from './figure.ts'
import { type Load, newRun, percentile, sendLoad } from './load.ts'
import { api, inFolder, MAIN, start } from './processes.ts'

const WRITE_KEY = 'bench-write-key'
const ROUNDS = 3

export const ingestSingle: Bench = {
  name: 'ingest_single',
  about: 'Durable ingest, one event a request, 64 connections',
  async run() {
    const { figures, latencies } = await measure({
      name: 'ingest_single',
      floor: 10_000,
      aim: 25_000,
      load: { path: '/v1/track', perRequest: 1, connections: 64, events: 100_000 },
    })
    const p99: Figure = {
      name: 'ingest_single_p99',
      value: median(latencies),
      unit: 'ms',
      floor: 25,
      aim: 10,
      limit: null,
      ratio: null,
      isCost: true,
    }
    return [...figures, p99]
  },
}

export const ingestBatch: Bench = {
  name: 'ingest_batch',
  about: 'Durable ingest, batches of 100, 64 connections',
  async run() {
    const load = { path: '/v1/batch', perRequest: 100, connections: 64, events: 400_000 }
    return (await measure({ name: 'ingest_batch', floor: 60_000, aim: 120_000, load })).figures
  },
}

interface Measurement {
  readonly name: string
  readonly floor: number
  readonly aim: number
  readonly load: Omit<Load, 'port' | 'writeKey'>
}

/** Ours and the bare server in turns, each in a process of its own, both writing to the same disk. */
function measure({
  name,
  floor,
  aim,
  load,
}: Measurement): Promise<{ figures: readonly Figure[]; latencies: number[] }> {
  return inFolder(async (folder) => {
    const [oursPort, barePort] = [await freePort(), await freePort()]
    const env = { BACKBEAT_DATA: join(folder, 'data'), BACKBEAT_PORT: String(oursPort), BACKBEAT_LOG: 'error' }
    const ours = await start([MAIN, 'serve'], oursPort, '/healthz', env)
    await api(oursPort, 'PUT', '/resources/event_source/bench', { spec: { type: 'segment', write_key: WRITE_KEY } })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const bare = await start([join(import.meta.dirname, 'bare_server.ts'), String(barePort), folder], barePort, '/', {})

    const pairs: { ours: number; bare: number; p99: number }[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      newRun()
      const one = await sendLoad({ ...load, port: oursPort, writeKey: WRITE_KEY })
      const other = await sendLoad({ ...load, port: barePort, writeKey: WRITE_KEY })
      // The first round only warms both up.
      if (round > 0)
        pairs.push({ ours: one.eventsPerSecond, bare: other.eventsPerSecond, p99: percentile(one.latencies, 0.99) })
    }
    await ours.stop()
    await bare.stop()
    const figure: Figure = {
      name,
      value: median(pairs.map((pair) => pair.ours)),
      unit: 'events/s',
      floor,
      aim,
      limit: median(pairs.map((pair) => pair.bare)),
      ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
    }
    return { figures: [figure], latencies: pairs.map(({ p99 }) => p99) }
  })
}
