import { type EventSyncSpec, isEventSync } from '../kinds.ts'
import type { Reader } from '../store/journal.ts'
import type { Pause } from '../store/pauses.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Health, ResourceState } from './contract.ts'

/** What health is told from. */
export interface Conditions {
  readonly pauses: readonly Pause[]
  readonly readers: readonly Reader[]
  readonly resources: readonly StoredResource[]
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
  // A destination is as well as the account it sends with.
  const subjects = [`${resource.kind}/${resource.name}`, `account/${resource.spec['account']}`]
  const pause = conditions.pauses.find(({ subject }) => subjects.includes(subject))
  if (pause) return { health: 'action_required', because: pause.message }
  return { health: 'healthy', because: 'Configured' }
}

const WORST: readonly Health[] = ['action_required', 'retrying', 'healthy', 'idle', 'paused']

const SAYING: Record<Health, string> = {
  action_required: 'Something waits for you',
  retrying: 'Calls to TikTok fail at the moment; nothing is lost, they are tried again',
  healthy: 'Events reach TikTok',
  idle: 'Ready; nothing has been delivered yet',
  paused: 'Every sync is switched off',
}

/** The road is as healthy as its worst sync. */
export function healthOfRoad(syncs: readonly ResourceState[]): ResourceState {
  if (syncs.length === 0) return { health: 'idle', because: 'No sync is set up yet' }
  const health = WORST.find((one) => syncs.some((sync) => sync.health === one))!
  const worst = syncs.find((sync) => sync.health === health)!
  return { health, because: health === 'action_required' ? worst.because : SAYING[health] }
}
