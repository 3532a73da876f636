import type { Run } from '../core/run.ts'
import type { StreamSyncSpec } from '../kinds.ts'
import { dueAfter } from '../schedule.ts'
import type { StoredResource } from '../store/resources.ts'
import type { LatestRuns } from '../store/runs.ts'
import type { ResourceState } from './contract.ts'
import type { Conditions } from './health.ts'

/** How a sync from TikTok is, and the sentence that says why. */
export function healthOfStreamSync(sync: StoredResource, conditions: Conditions): ResourceState {
  const spec = sync.spec as unknown as StreamSyncSpec
  const { pauses, resources, now, isWorkerAlive } = conditions
  const lacks = lackOf(spec, resources)
  if (lacks !== null) return { health: 'action_required', because: lacks }
  const pause = pauseOf(sync.name, spec, pauses)
  if (pause) return { health: 'action_required', because: pause.message }
  if (!spec.enabled) return { health: 'paused', because: 'It is switched off and runs only when told to' }
  const { ended, underWay } = conditions.runs.get(sync.name) ?? NO_RUNS
  const isWaiting = underWay !== null && underWay.state !== 'running' && now - underWay.createdAt > PICKED_UP_MS
  const isLate = isWaiting || (underWay === null && isOverdue(spec, ended?.createdAt ?? sync.updatedAt, now))
  if (isLate && !isWorkerAlive) return { health: 'action_required', because: NO_WORKER }
  if (ended === null) {
    return { health: 'idle', because: underWay ? 'Its first run is under way' : 'It has not run yet' }
  }
  return healthAfter(ended)
}

/** A worker looks for runs every second. */
const PICKED_UP_MS = 30_000
const NO_WORKER = 'It is due and nothing runs it; start a worker ("backbeat worker"), or see why it died'

function pauseOf(name: string, { from }: StreamSyncSpec, pauses: Conditions['pauses']) {
  const subjects = [`sync/${name}`, `account/${from.account}`]
  return pauses.find(({ subject }) => subjects.includes(subject))
}

export const NO_RUNS: LatestRuns = { underWay: null, ended: null }

function lackOf({ from, to }: StreamSyncSpec, resources: readonly StoredResource[]): string | null {
  const find = (wanted: string, called: string) =>
    resources.find(({ kind, name }) => kind === wanted && name === called)
  const account = find('account', from.account)
  if (!account) return `Its account "${from.account}" is gone`
  if (account.spec['access_token'] === undefined) return `Account "${from.account}" is not connected; sign in at TikTok`
  return find('warehouse', to.warehouse) ? null : `Its warehouse "${to.warehouse}" is gone`
}

function healthAfter({ state, reason }: Run): ResourceState {
  const because = reason?.message ?? null
  switch (state) {
    case 'failed':
      return { health: 'retrying', because: because ?? 'Its last run failed; the next one tries again' }
    case 'partial':
      return { health: 'retrying', because: because ?? 'Its last run left something out; the next one reads it again' }
    case 'cancelled':
      return { health: 'healthy', because: 'Its last run was cancelled; what it had replaced stands' }
    default:
      return { health: 'healthy', because: because ?? 'Its tables stand as TikTok had them at the last run' }
  }
}

/** Whether a whole turn has gone by since `since` without a run. */
export function isOverdue({ schedule, enabled }: StreamSyncSpec, since: number, now: number): boolean {
  const due = enabled ? dueAfter(schedule, since) : null
  const nextDue = due === null ? null : dueAfter(schedule, due)
  return nextDue !== null && nextDue < now
}

/** When a sync runs next by itself; null when it does not, or waits for a person. What is due already runs now. */
export function nextRunAt(sync: StoredResource, conditions: Conditions): number | null {
  const spec = sync.spec as unknown as StreamSyncSpec
  if (!spec.enabled || pauseOf(sync.name, spec, conditions.pauses)) return null
  const { ended, underWay } = conditions.runs.get(sync.name) ?? NO_RUNS
  const due = dueAfter(spec.schedule, (underWay ?? ended)?.createdAt ?? 0)
  return due === null ? null : Math.max(due, conditions.now)
}
