import { Gauge, type Registry } from 'prom-client'
import { isStreamSync } from '../kinds.ts'
import type { LatestRuns } from '../store/runs.ts'
import type { Store } from '../store/store.ts'

const FIGURES = ['slices', 'slicesFailed', 'read', 'added', 'changed', 'same', 'removed', 'calls', 'waitedMs'] as const

const inSeconds = (ms: number): number => ms / 1000

/** What Prometheus reads of runs: always the last one of each sync, read from the store when it is asked for. */
export function addRunMetrics(registry: Registry, store: Store): void {
  const registers = [registry]
  new Gauge({
    name: 'backbeat_run_figures',
    help: 'Figures of the last run of a sync from TikTok that has ended',
    labelNames: ['sync', 'figure'],
    registers,
    async collect() {
      this.reset()
      for (const [sync, { ended }] of await latestRuns(store)) {
        if (ended) for (const figure of FIGURES) this.set({ sync, figure }, ended.counts[figure])
      }
    },
  })
  new Gauge({
    name: 'backbeat_run_ended_timestamp_seconds',
    help: 'When the last run of a sync from TikTok ended, by how it ended',
    labelNames: ['sync', 'state'],
    registers,
    async collect() {
      this.reset()
      for (const [sync, { ended }] of await latestRuns(store)) {
        if (ended?.endedAt) this.set({ sync, state: ended.state }, inSeconds(ended.endedAt))
      }
    },
  })
  new Gauge({
    name: 'backbeat_runs_under_way',
    help: 'Runs of a sync from TikTok that wait or run',
    labelNames: ['sync'],
    registers,
    async collect() {
      this.reset()
      for (const [sync, { underWay }] of await latestRuns(store)) this.set({ sync }, underWay ? 1 : 0)
    },
  })
}

async function latestRuns({ resources, runs }: Store): Promise<readonly (readonly [string, LatestRuns])[]> {
  const syncs = (await resources.list('sync')).filter(({ spec }) => isStreamSync(spec))
  return Promise.all(syncs.map(async ({ name }) => [name, await runs.latest(name)] as const))
}
