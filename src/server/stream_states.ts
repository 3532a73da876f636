import type { RunSlice } from '../core/run.ts'
import type { StreamStanding, SyncStanding } from '../core/standing.ts'
import type { Stream } from '../core/stream.ts'
import type { LoadedSlice } from '../core/warehouse.ts'
import type { StreamSyncSpec } from '../kinds.ts'
import type { StreamState, StreamWord } from './contract_streams.ts'
import { isOverdue } from './stream_health.ts'

/** What the states of a sync's streams are told from. */
export interface StreamFacts {
  readonly spec: StreamSyncSpec
  readonly known: readonly Pick<Stream<never>, 'table'>[]
  /** Names of the streams that are switched on. */
  readonly on: ReadonlySet<string>
  readonly standing: SyncStanding | null
  /** Slices of the run that is under way; none when none is. */
  readonly running: readonly RunSlice[]
  /** Schema changes that wait for a person, by table. */
  readonly waiting: ReadonlyMap<string, number>
  /** What the warehouse remembers; null when it was not asked. */
  readonly loaded: readonly LoadedSlice[] | null
  readonly now: number
}

/** One line for each stream there is. */
export function streamStates(facts: StreamFacts): readonly StreamState[] {
  const names = new Map(facts.standing?.advertisers.map(({ id, name }) => [id, name]))
  return facts.known.map(({ table }) => {
    const standing = facts.standing?.streams[table.name] ?? null
    const schemaChanges = facts.waiting.get(table.name) ?? 0
    return {
      stream: table.name,
      group: table.group,
      mode: table.mode,
      key: table.key,
      isOn: facts.on.has(table.name),
      ...wordFor(table.name, standing, facts),
      window: standing?.window ?? null,
      lastRunAt: standing?.endedAt ?? null,
      lastRunMs: durationOf(standing),
      ...figuresOf(standing),
      rowsStored: facts.loaded && rowsIn(table.name, facts.loaded),
      through: Object.entries(standing?.through ?? {}).map(([advertiserId, day]) => ({
        advertiserId,
        advertiser: names.get(advertiserId) ?? advertiserId,
        day,
      })),
      schemaChanges,
    }
  })
}

type Word = { readonly state: StreamWord; readonly because: string | null }

function wordFor(stream: string, standing: StreamStanding | null, facts: StreamFacts): Word {
  if (!facts.on.has(stream)) return { state: 'off', because: null }
  if (facts.running.some((slice) => slice.stream === stream && isAhead(slice))) {
    return { state: 'running', because: null }
  }
  if (standing?.isHeld) {
    return { state: 'waiting_for_review', because: standing.reason?.message ?? 'A change of its table waits for you' }
  }
  if (standing === null || standing.endedAt === null)
    return { state: 'never_run', because: standing?.reason?.message ?? null }
  if (standing.open > 0)
    return { state: 'failing', because: standing.reason?.message ?? `${standing.open} slices are open` }
  if (isOverdue(facts.spec, standing.endedAt, facts.now)) {
    return { state: 'stale', because: 'A turn has gone by without a run of it' }
  }
  return { state: 'fresh', because: null }
}

const isAhead = ({ state }: RunSlice): boolean => state === 'waiting' || state === 'reading'

function durationOf(standing: StreamStanding | null): number | null {
  if (standing === null || standing.startedAt === null || standing.endedAt === null) return null
  return standing.endedAt - standing.startedAt
}

function figuresOf(
  standing: StreamStanding | null,
): Pick<StreamState, 'read' | 'added' | 'changed' | 'same' | 'removed'> {
  const { read = 0, added = 0, changed = 0, same = 0, removed = 0 } = standing ?? {}
  return { read, added, changed, same, removed }
}

/** Rows of a table, added up over the slices that were loaded. */
export function rowsIn(table: string, loaded: readonly LoadedSlice[]): number {
  return loaded.filter((slice) => slice.table === table).reduce((sum, { rows }) => sum + rows, 0)
}
