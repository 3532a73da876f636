import { forgetSignIn } from './account_app.ts'
import type { Checked } from './configure.ts'
import { type EventSyncSpec, isEventSync, type Kind, secretFieldsOf } from './kinds.ts'
import type { ManagedBy, StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'

/** Who saves, and when. */
export interface Saving {
  readonly managedBy: ManagedBy
  readonly who: string
  readonly now: number
}

/**
 * Stores a resource that was checked; secrets that it no longer has are forgotten. A new sync begins with the next event of its source; a renewed secret, or a changed
 * sync, ends the pause that the old one caused.
 */
export async function saveResource(store: Store, checked: Checked, saving: Saving): Promise<StoredResource> {
  const secretFields = secretFieldsOf(checked.kind)
  const before = await store.resources.get(checked.kind, checked.name)
  if (checked.kind === 'sync' && isEventSync(checked.spec))
    await attach(store, checked.name, checked.spec as unknown as EventSyncSpec)
  const resource = await store.resources.put({ ...checked, ...saving }, secretFields)
  for (const field of secretFields) {
    if (resource.spec[field] === undefined) await store.secrets.remove(`${resource.kind}/${resource.name}/${field}`)
  }
  const isRenewed = secretFields.length > 0 || checked.kind === 'sync'
  if (isRenewed && resource.revision !== before?.revision) {
    await store.pauses.resume(`${resource.kind}/${resource.name}`)
  }
  return resource
}

/** Takes a resource away, and its secrets with it; false when there was none. */
export async function removeResource(store: Store, kind: Kind, name: string): Promise<boolean> {
  const removed = await store.resources.remove(kind, name)
  for (const field of secretFieldsOf(kind)) await store.secrets.remove(`${kind}/${name}/${field}`)
  if (kind === 'account') await forgetSignIn(store, name)
  return removed
}

// Where a sync begins is fixed when it is saved and not when a worker first sees it: what comes in between belongs to it.
async function attach({ queue, journal }: Store, name: string, { from }: EventSyncSpec): Promise<void> {
  await journal.attach(name, from.event_source, queue)
}
