import { identityOf } from '../configure.ts'
import { removeResource, saveResource } from '../save_resource.ts'
import type { Store } from '../store/store.ts'
import type { Plan, PlannedChange } from './plan_changes.ts'

/** One change that was carried out. */
export interface Applied {
  readonly action: PlannedChange['action']
  readonly kind: string
  readonly name: string
  /** Null when it was removed. */
  readonly revision: number | null
}

/** When and how far a plan is carried out. */
export interface ApplyOptions {
  readonly now: number
  /** Remove what no file has; without it nothing is ever removed. */
  readonly prune: boolean
}

/** Carries out a plan whose secrets are resolved, one resource after another, each with a line in the audit log. */
export async function applyPlan(store: Store, plan: Plan, { now, prune }: ApplyOptions): Promise<readonly Applied[]> {
  const applied: Applied[] = []
  for (const change of plan.changes) {
    if (change.action !== 'delete') applied.push(await save(store, change, now))
    else if (prune) applied.push(await remove(store, change, now))
  }
  return applied
}

async function save(store: Store, change: PlannedChange, now: number): Promise<Applied> {
  const { action, kind, name } = change
  const { spec, from } = change.desired!
  const { revision } = await saveResource(store, { kind, name, spec }, { managedBy: 'files', who: 'cli', now })
  const detail = `revision ${revision}, from ${from.place.file}`
  await store.audit.write({ at: now, who: 'cli', what: 'resource.put', subject: identityOf(change), detail })
  return { action, kind, name, revision }
}

async function remove(store: Store, change: PlannedChange, now: number): Promise<Applied> {
  const { action, kind, name } = change
  await removeResource(store, kind, name)
  await store.audit.write({ at: now, who: 'cli', what: 'resource.delete', subject: identityOf(change), detail: '' })
  return { action, kind, name, revision: null }
}
