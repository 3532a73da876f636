import Fastify, { type FastifyInstance } from 'fastify'
import { rudderstack } from '../src/event_sources/rudderstack.ts'
import { segment } from '../src/event_sources/segment.ts'
import { ingest } from '../src/server/ingest/ingest.ts'
import { type ConfiguredSource, type IngestOptions, sourcesByKey } from '../src/server/ingest/options.ts'
import { ingestServerOptions, type ServerTimes } from '../src/server/ingest/server_options.ts'
import type { Queue, QueuedEvent, StoredReject } from '../src/store/queue.ts'
import { memoryQueue } from './memory_queue.ts'

/** The clock of an ingest server, unless a test brings its own: 2026-11-21T21:10:00.000Z. */
export const NOW = Date.UTC(2026, 10, 21, 21, 10)

/** Source of an ingest server, unless a test brings its own. */
export const SHOP: ConfiguredSource = { name: 'shop', type: 'segment', writeKey: 'WK' }

/** A server that takes events, and what it has taken. */
export interface IngestServer {
  readonly server: FastifyInstance
  readonly queue: Queue
  /** Everything kept so far, oldest first. */
  events(): Promise<readonly QueuedEvent[]>
  /** Payloads of everything kept so far, oldest first. */
  payloads(): Promise<readonly unknown[]>
  /** Everything refused so far, oldest first. */
  rejects(): Promise<readonly StoredReject[]>
}

/** What a test may want different. */
export interface IngestServerParts extends Partial<IngestOptions> {
  readonly configured?: readonly ConfiguredSource[]
  readonly times?: Partial<ServerTimes>
}

/** A server that only takes events, into a queue in memory, with a clock that stands still. */
export function ingestServer({ configured = [SHOP], times, ...parts }: IngestServerParts = {}): IngestServer {
  const queue = parts.queue ?? memoryQueue()
  const server = Fastify(ingestServerOptions(times))
  let ids = 0
  server.register(
    ingest({
      senders: [segment, rudderstack],
      now: () => NOW,
      random: (bytes) => new Uint8Array(bytes).fill(++ids),
      trustProxyHops: 0,
      sources: sourcesByKey(configured),
      ...parts,
      queue,
    }),
  )
  const events = async () => [...(await queue.list({ limit: Number.MAX_SAFE_INTEGER }))].reverse()
  return {
    server,
    queue,
    events,
    payloads: async () => (await events()).map(({ payload }) => JSON.parse(payload)),
    rejects: async () => [...(await queue.rejects({ limit: Number.MAX_SAFE_INTEGER }))].reverse(),
  }
}

/** `Basic` authorization as Segment's libraries send it. */
export const basic = (writeKey: string): string => `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`

/** A track call with as little as one may have. */
export const aTrack = (more: object = {}) => ({
  type: 'track',
  event: 'Order Completed',
  userId: 'u1',
  messageId: 'm1',
  ...more,
})
