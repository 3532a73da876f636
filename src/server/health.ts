import { type EventSyncSpec, isEventSync, isStreamSync } from '../kinds.ts'
import type { Reader } from '../store/journal.ts'
import type { Pause } from '../store/pauses.ts'
import type { StoredResource } from '../store/resources.ts'
import { openRunWork } from '../store/run_work.ts'
import type { LatestRuns } from '../store/runs.ts'
import type { Store } from '../store/store.ts'
import type { Health, ResourceState } from './contract.ts'
import { healthOfStreamSync } from './stream_health.ts'

/** What health is told from. */
export interface Conditions {
  readonly pauses: readonly Pause[]
  readonly readers: readonly Reader[]
  readonly resources: readonly StoredResource[]
  /** Of every sync from TikTok, by its name. */
  readonly runs: ReadonlyMap<string, LatestRuns>
  /** Whether something runs syncs from TikTok. */
  readonly isWorkerAlive: boolean
  readonly now: number
}

/** Everything that health is told from, read once. */
export async function readConditions(store: Store, now: number): Promise<Conditions> {
  const [pauses, readers, resources, isWorkerAlive] = await Promise.all([
    store.pauses.list(),
    store.journal.readers(),
    store.resources.list(),
    openRunWork(store.state).isAlive(now),
  ])
  const syncs = resources.filter(({ kind, spec }) => kind === 'sync' && isStreamSync(spec))
  const runs = await Promise.all(syncs.map(async ({ name }) => [name, await store.runs.latest(name)] as const))
  return { pauses, readers, resources, runs: new Map(runs), isWorkerAlive, now }
}

/** A sync's health, and the sentence that says why. */
export function healthOfSync(sync: StoredResource, { pauses, readers, resources }: Conditions): ResourceState {
  const spec = sync.spec as unknown as EventSyncSpec
  if (!spec.enabled) return { health: 'paused', because: 'It is switched off; its events wait' }
  const destination = resources.find(({ kind, name }) => kind === 'destination' && name === spec.to.destination)
  if (!destination) return { health: 'action_required', because: `Its destination "${spec.to.destination}" is gone` }
  const account = `account/${destination.spec['account']}`
  const pause = pauses.find(({ subject }) => subject === `sync/${sync.name}` || subject === account)
  if (pause) return { health: 'action_required', because: pause.message }
  const reader = readers.find((one) => one.sync === sync.name)
  if (reader?.failing) return { health: 'retrying', because: reader.failing.message }
  if (!reader?.lastDeliveredAt) return { health: 'idle', because: 'TikTok has taken no event of it yet' }
  return { health: 'healthy', because: 'TikTok takes its events' }
}

export function healthOf(resource: StoredResource, conditions: Conditions): ResourceState {
  if (resource.kind === 'sync' && isEventSync(resource.spec)) return healthOfSync(resource, conditions)
  if (resource.kind === 'sync') return healthOfStreamSync(resource, conditions)
  // A destination is as well as the account it sends with.
  const subjects = [`${resource.kind}/${resource.name}`, `account/${resource.spec['account']}`]
  const pause = conditions.pauses.find(({ subject }) => subjects.includes(subject))
  if (pause) return { health: 'action_required', because: pause.message }
  if (resource.kind === 'account' && resource.spec['access_token'] === undefined) {
    return { health: 'action_required', because: 'It is not connected; sign in at TikTok, or give it a token' }
  }
  return { health: 'healthy', because: 'Configured' }
}

const WORST: readonly Health[] = ['action_required', 'retrying', 'healthy', 'idle', 'paused']

const SAYING: Record<Health, string> = {
  action_required: 'Something waits for you',
  retrying: 'Calls fail at the moment; nothing is lost, they are tried again',
  healthy: 'Everything flows',
  idle: 'Ready; nothing has been delivered yet',
  paused: 'Every sync is switched off',
}

const OF_EVENTS: Partial<Record<Health, string>> = {
  retrying: 'Calls to TikTok fail at the moment; nothing is lost, they are tried again',
  healthy: 'Events reach TikTok',
}

/** The roads are as healthy as the worst of their syncs. */
export function healthOfRoads(events: readonly ResourceState[], streams: readonly ResourceState[]): ResourceState {
  const syncs = [...events, ...streams]
  if (syncs.length === 0) return { health: 'idle', because: 'No sync is set up yet' }
  const health = WORST.find((one) => syncs.some((sync) => sync.health === one))!
  const worst = syncs.find((sync) => sync.health === health)!
  if (health === 'action_required') return { health, because: worst.because }
  return { health, because: (streams.length === 0 ? OF_EVENTS[health] : undefined) ?? SAYING[health] }
}
