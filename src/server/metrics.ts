import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Store } from '../store/store.ts'
import { summarise } from './books.ts'
import type { IngestMetrics } from './ingest/options.ts'
import { addRunMetrics } from './run_metrics.ts'

/** What Prometheus reads. */
export interface Metrics {
  readonly ingest: IngestMetrics
  print(): Promise<string>
}

const LINES = ['accepted', 'duplicate', 'filtered', 'suppressed', 'delivered', 'dead', 'pending'] as const

/** Counts requests as they come; the books are read from the store when they are asked for. */
export function createMetrics(store: Store): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'backbeat_' })
  const registers = [registry]
  const requests = new Counter({
    name: 'backbeat_ingest_requests_total',
    help: 'Requests that brought events, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const events = new Counter({
    name: 'backbeat_ingest_events_total',
    help: 'Events handed in since the start, by source and outcome',
    labelNames: ['source', 'outcome'],
    registers,
  })
  new Gauge({
    name: 'backbeat_events',
    help: 'The books: events by source or sync and where they stand',
    labelNames: ['scope', 'name', 'standing'],
    registers,
    async collect() {
      const { sources, syncs } = await summarise(store)
      for (const [scope, all] of [['source', sources] as const, ['sync', syncs] as const]) {
        for (const books of all) {
          for (const line of LINES) this.set({ scope, name: books.name, standing: line }, books[line])
        }
      }
    },
  })
  addRunMetrics(registry, store)
  return {
    ingest: {
      request: (outcome) => requests.inc({ outcome }),
      events(source, { accepted, duplicate, rejected }) {
        events.inc({ source, outcome: 'accepted' }, accepted)
        events.inc({ source, outcome: 'duplicate' }, duplicate)
        events.inc({ source, outcome: 'rejected' }, rejected)
      },
    },
    print: () => registry.metrics(),
  }
}
