import { identityOf } from '../configure.ts'
import { isKind, KIND_ORDER, type Kind, secretFieldsOf } from '../kinds.ts'
import type { ManagedBy, StoredResource } from '../store/resources.ts'
import type { DesiredResource } from './check_files.ts'
import { diffSpecs, type FieldChange } from './diff_spec.ts'

/** What would become of one resource. */
export interface PlannedChange {
  /** `delete`: it is stored and no file has it. That happens only with `--prune`. */
  readonly action: 'create' | 'update' | 'delete'
  readonly kind: Kind
  readonly name: string
  readonly fields: readonly FieldChange[]
  /** Who changed the stored one last; null when there is none. */
  readonly managedBy: ManagedBy | null
  readonly desired: DesiredResource | null
}

/** Everything that differs between the files and what is stored. */
export interface Plan {
  /** Creations and updates in the order of references, then deletions in the opposite one. */
  readonly changes: readonly PlannedChange[]
  readonly unchanged: number
}

/** How the stored resources differ from those the files want. */
export function planChanges(desired: readonly DesiredResource[], stored: readonly StoredResource[]): Plan {
  const byIdentity = new Map(stored.map((resource) => [identityOf(resource), resource]))
  const wanted = desired.map((resource) => planOne(resource, byIdentity.get(identityOf(resource)) ?? null))
  const kept = new Set(desired.map(identityOf))
  const gone = stored.filter((resource) => !kept.has(identityOf(resource))).flatMap(deletion)
  const changes = wanted.filter((change) => change !== null)
  return { changes: [...changes, ...gone.sort(byReverseOrder)], unchanged: wanted.length - changes.length }
}

function planOne(desired: DesiredResource, stored: StoredResource | null): PlannedChange | null {
  const { kind, name } = desired
  const fields = diffSpecs(stored?.spec ?? {}, desired.spec, secretFieldsOf(kind))
  if (stored !== null && fields.length === 0) return null
  return {
    action: stored === null ? 'create' : 'update',
    kind,
    name,
    fields,
    managedBy: stored?.managedBy ?? null,
    desired,
  }
}

function deletion({ kind, name, managedBy }: StoredResource): readonly PlannedChange[] {
  return isKind(kind) ? [{ action: 'delete', kind, name, fields: [], managedBy, desired: null }] : []
}

const byReverseOrder = (a: PlannedChange, b: PlannedChange): number =>
  KIND_ORDER.indexOf(b.kind) - KIND_ORDER.indexOf(a.kind)
