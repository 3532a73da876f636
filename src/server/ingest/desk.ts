import { type Allowance, allowance } from './allowance.ts'
import { type ByteBudget, byteBudget } from './byte_budget.ts'
import { oncePerMinute } from './once_per_minute.ts'
import { INGEST_LIMITS, type IngestLimits, type IngestMetrics, type IngestOptions } from './options.ts'

/** What all requests share. */
export interface Desk extends Pick<IngestOptions, 'queue' | 'sources' | 'now' | 'random' | 'trustProxyHops'> {
  readonly refreshSources: () => Promise<boolean>
  readonly limits: IngestLimits
  readonly metrics: IngestMetrics
  /** Bytes of events on their way to the disk. */
  readonly waiting: ByteBudget
  /** Bytes of bodies that have arrived in part. */
  readonly partial: ByteBudget
  readonly secondsToWait: Allowance
  readonly newId: () => string
  /** The three things an operator should hear of; the first two at most once a minute. */
  readonly noteUnknownKey: (path: string) => void
  readonly noteUnavailable: (error: Error) => void
  readonly noteFailure: (error: unknown) => void
}

const NO_METRICS: IngestMetrics = { request: () => {}, events: () => {} }

/** Sets up what all requests share. */
export function openDesk(options: IngestOptions): Desk {
  const { now, random, log } = options
  const limits = { ...INGEST_LIMITS, ...options.limits }
  return {
    ...options,
    refreshSources: options.refreshSources ?? (async () => false),
    limits,
    metrics: options.metrics ?? NO_METRICS,
    waiting: byteBudget(limits.waitingBytesMax),
    partial: byteBudget(limits.partialBytesMax),
    secondsToWait: allowance(now),
    newId: () => Buffer.from(random(16)).toString('hex'),
    noteUnknownKey: oncePerMinute(now, (requests, path) => {
      log?.warn({ requests, path }, 'Refused events: no event source has their write key')
    }),
    noteUnavailable: oncePerMinute(now, (requests, error) => {
      log?.error({ requests, found: error.message }, 'Refused events: the queue cannot keep any')
    }),
    noteFailure: (error) => log?.error({ err: error }, 'Cannot take events: something of ours broke'),
  }
}
