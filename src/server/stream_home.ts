import type { Run, RunSlice } from '../core/run.ts'
import { isStreamSync, type StreamSyncSpec } from '../kinds.ts'
import type { Store } from '../store/store.ts'
import type { OpenProblem, StreamSyncState } from './contract.ts'
import type { Conditions } from './health.ts'
import { healthOfStreamSync, NO_RUNS, nextRunAt } from './stream_health.ts'

/** Every sync from TikTok as Home shows it. */
export function streamSyncStates(
  { runs }: Pick<Store, 'runs'>,
  conditions: Conditions,
): Promise<readonly StreamSyncState[]> {
  const syncs = conditions.resources.filter(({ kind, spec }) => kind === 'sync' && isStreamSync(spec))
  return Promise.all(
    syncs.map(async (sync) => {
      const spec = sync.spec as unknown as StreamSyncSpec
      const { ended, underWay } = conditions.runs.get(sync.name) ?? NO_RUNS
      return {
        name: sync.name,
        account: spec.from.account,
        warehouse: spec.to.warehouse,
        schema: spec.to.schema,
        ...healthOfStreamSync(sync, conditions),
        isRunning: underWay?.state === 'running',
        lastRun: ended && { id: ended.id, state: ended.state, endedAt: ended.endedAt ?? ended.createdAt },
        nextRunAt: nextRunAt(sync, conditions),
        freshAt: await freshAt(runs, sync.name, ended),
      }
    }),
  )
}

const RUNS_BACK = 100

async function freshAt(runs: Store['runs'], sync: string, ended: Run | null): Promise<number | null> {
  if (ended === null || ended.state === 'succeeded') return ended?.endedAt ?? null
  const earlier = await runs.list({ sync, before: ended.id, limit: RUNS_BACK })
  return earlier.find(({ state }) => state === 'succeeded')?.endedAt ?? null
}

/** What of the road into warehouses a person should look at; pauses are told with those of the other road. */
export async function streamProblems(store: Store, { runs }: Conditions): Promise<readonly OpenProblem[]> {
  const ofRuns = await Promise.all([...runs].map(([sync, { ended }]) => (ended ? runProblems(store, sync, ended) : [])))
  const waiting = Map.groupBy(await store.schemaChanges.list({ isOpen: true }), ({ sync }) => sync)
  const changes = [...waiting].map(([sync, open]) => ({
    kind: 'schema_change',
    title: `${open.length} schema ${open.length === 1 ? 'change waits' : 'changes wait'} in ${sync}`,
    detail: `Tables concerned: ${[...new Set(open.map(({ table }) => table))].join(', ')}`,
    count: open.length,
    since: Math.min(...open.map(({ detectedAt }) => detectedAt)),
    link: `/schema-changes?${new URLSearchParams({ sync })}`,
  }))
  return [...ofRuns.flat(), ...changes]
}

async function runProblems({ runs }: Store, sync: string, run: Run): Promise<readonly OpenProblem[]> {
  if (run.state !== 'failed' && run.state !== 'partial') return []
  const slices = await runs.slices(run.id)
  const place = { since: run.endedAt, link: `/runs/${run.id}` }
  const unconfirmed = slices.filter(({ state }) => state === 'unconfirmed')
  const lost = slices.filter(({ state }) => state === 'failed' || state === 'skipped')
  const problems: OpenProblem[] = []
  if (unconfirmed.length > 0) {
    const title = `${counted(unconfirmed.length, 'empty answer')} of ${sync} to confirm`
    const detail = saidOf(unconfirmed, run)
    problems.push({ kind: 'run_unconfirmed', title, detail, count: unconfirmed.length, ...place })
  }
  if (lost.length > 0) {
    const title = `${counted(lost.length, 'slice')} of the last run of ${sync} not read`
    problems.push({ kind: 'run_failed', title, detail: saidOf(lost, run), count: lost.length, ...place })
  }
  if (problems.length > 0) return problems
  return [{ kind: 'run_failed', title: `The last run of ${sync} failed`, detail: saidOf([], run), count: 1, ...place }]
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

/** Why, in the words of the first that says it. */
const saidOf = (slices: readonly RunSlice[], run: Run): string =>
  (slices.find(({ reason }) => reason !== null)?.reason ?? run.reason)?.message ?? 'The run says no more'
