import { identityOf } from '../configure.ts'
import { partsOf, type SyncParts } from '../connect.ts'
import { suggestion } from '../core/nearest.ts'
import type { EventSyncSpec } from '../kinds.ts'
import type { StoredResource } from '../store/resources.ts'
import { CommandError, EXIT } from './outlet.ts'

/** The syncs an event is for. */
export interface Chosen {
  /** The event source it comes from; null when it could come from several. */
  readonly source: string | null
  readonly syncs: readonly SyncParts[]
}

/** Finds the syncs for an event: the one that was named, those of the source its write key belongs to, or all. */
export function syncChooser(
  resources: readonly StoredResource[],
  name: string | null,
): (writeKey: string | null) => Chosen {
  const all = wholeSyncs(resources)
  const wanted = name === null ? all : named(all, name)
  const keys = new Map(
    resources.filter(({ kind }) => kind === 'event_source').map((one) => [one.spec['write_key'], one.name]),
  )
  return (writeKey) => {
    const source = name === null && writeKey !== null ? keys.get(writeKey) : undefined
    const syncs = source === undefined ? wanted : wanted.filter((sync) => sourceOf(sync) === source)
    const sources = new Set(syncs.map(sourceOf))
    return { source: source ?? (sources.size === 1 ? [...sources][0]! : null), syncs }
  }
}

/** The spec of a sync; what is stored, and what comes out of files, has passed its schema. */
export const specOf = ({ sync }: SyncParts): EventSyncSpec => sync.spec as unknown as EventSyncSpec

const sourceOf = (parts: SyncParts): string => specOf(parts).from.event_source

function wholeSyncs(resources: readonly StoredResource[]): readonly SyncParts[] {
  const byIdentity = new Map(resources.map((resource) => [identityOf(resource), resource]))
  const syncs = resources.filter(({ kind }) => kind === 'sync').flatMap((sync) => partsOf(sync, byIdentity) ?? [])
  if (syncs.length > 0) return syncs.sort((a, b) => (a.sync.name < b.sync.name ? -1 : 1))
  throw new CommandError(EXIT.usage, 'Cannot look at the event: no sync is configured; apply one, or name files')
}

function named(syncs: readonly SyncParts[], name: string): readonly SyncParts[] {
  const found = syncs.filter(({ sync }) => sync.name === name)
  if (found.length > 0) return found
  const names = syncs.map(({ sync }) => sync.name)
  throw new CommandError(
    EXIT.usage,
    `Cannot find the sync "${name}"${suggestion(name, names)}; there are ${names.join(', ')}`,
  )
}
