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
  const { pauses, resources, now } = conditions
  const lacks = lackOf(spec, resources)
  if (lacks !== null) return { health: 'action_required', because: lacks }
  const subjects = [`sync/${sync.name}`, `account/${spec.from.account}`]
  const pause = pauses.find(({ subject }) => subjects.includes(subject))
  if (pause) return { health: 'action_required', because: pause.message }
  if (!spec.enabled) return { health: 'paused', because: 'It is switched off and runs only when told to' }
  const { ended, underWay } = conditions.runs.get(sync.name) ?? NO_RUNS
  if (ended === null) {
    return { health: 'idle', because: underWay ? 'Its first run is under way' : 'It has not run yet' }
  }
  if (underWay === null && isOverdue(spec, ended.createdAt, now)) {
    return { health: 'action_required', because: 'It has missed its turn; see that a worker runs ("backbeat worker")' }
  }
  return healthAfter(ended)
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
      return { health: 'healthy', because: 'Its tables stand as TikTok had them at the last run' }
  }
}

/** Whether a whole turn has gone by since `since` without a run. */
export function isOverdue({ schedule, enabled }: StreamSyncSpec, since: number, now: number): boolean {
  const due = enabled ? dueAfter(schedule, since) : null
  const nextDue = due === null ? null : dueAfter(schedule, due)
  return nextDue !== null && nextDue < now
}

/** When a sync runs next by itself; null when it does not. What should have run already runs now. */
export function nextRunAt(
  { schedule, enabled }: StreamSyncSpec,
  { ended, underWay }: LatestRuns,
  now: number,
): number | null {
  if (!enabled || schedule === null) return null
  const last = underWay ?? ended
  if (last === null) return now
  const due = dueAfter(schedule, last.createdAt)
  return due === null ? null : Math.max(due, now)
}
