import { connect, type Socket } from 'node:net'
import { ID_PLACE, sampleEvent } from './sample_event.ts'

export interface Load {
  readonly port: number
  readonly path: string
  readonly writeKey: string
  /** Events a request carries; 1 sends single calls. */
  readonly perRequest: number
  readonly connections: number
  readonly events: number
}

export interface LoadResult {
  readonly eventsPerSecond: number
  /** Milliseconds from the first byte out to the last byte in, of each request. */
  readonly latencies: Float64Array
}

/**
 * Sends many events over kept-alive connections, one request at a time on each, as fast as answers come. The requests are
 * one template with ids written over, so that the generator costs the machine as little as possible.
 */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const requests = Math.ceil(load.events / load.perRequest)
  const latencies = new Float64Array(requests)
  let sent = 0
  const template = requestTemplate(load)
  const startedAt = performance.now()

  const runConnection = () =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect(load.port, '127.0.0.1')
      socket.setNoDelay(true)
      const bytes = Buffer.from(template.bytes)
      let current = 0
      let sentAt = 0
      const next = () => {
        if (sent >= requests) return socket.end(resolve)
        current = sent++
        template.places.forEach((place, i) => void bytes.write(idOf(current * load.perRequest + i), place, 'latin1'))
        sentAt = performance.now()
        socket.write(bytes)
      }
      socket.on('connect', next)
      socket.on('error', reject)
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1')
        if (!isWhole(answer)) return
        if (!answer.startsWith('HTTP/1.1 200'))
          return reject(new Error(`Cannot measure: answered ${answer.slice(0, 200)}`))
        answer = ''
        latencies[current] = performance.now() - sentAt
        next()
      })
    })

  await Promise.all(Array.from({ length: load.connections }, runConnection))
  const seconds = (performance.now() - startedAt) / 1000
  return { eventsPerSecond: load.events / seconds, latencies }
}

let run = 0

// The same length as its place in the template; a run's ids differ from those of every other run.
function idOf(n: number): string {
  return `ajs-next-${String(n).padStart(16, '0')}-${String(process.pid % 1e8).padStart(8, '0')}-${String(run % 1e4).padStart(4, '0')}-4000-8000`
}

/** Call between loads, so that their events are new. */
export function newRun(): void {
  run++
}

function requestTemplate({ path, writeKey, perRequest }: Load): {
  readonly bytes: Buffer
  readonly places: readonly number[]
} {
  const event = JSON.stringify(sampleEvent(ID_PLACE))
  const body = perRequest === 1 ? event : `{"batch":[${Array(perRequest).fill(event).join(',')}]}`
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `Authorization: Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    '',
  ].join('\r\n')
  const bytes = Buffer.from(head + body)
  const places: number[] = []
  for (let at = bytes.indexOf(ID_PLACE); at >= 0; at = bytes.indexOf(ID_PLACE, at + 1)) places.push(at)
  return { bytes, places }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /content-length: (\d+)/i.exec(answer)
  return length !== null && answer.length >= end + 4 + Number(length[1])
}

export function percentile(latencies: Float64Array, share: number): number {
  const sorted = latencies.toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}
