import type { Run, RunSlice, RunState, SliceState } from '../core/run.ts'
import type { Store } from '../store/store.ts'
import { findStreamSync } from './find_stream_sync.ts'
import { span } from './follow_run.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell, Tone } from './shell.ts'
import { table } from './table.ts'
import { withExistingStore } from './with_store.ts'

/** Which runs, or the slices of which one. */
export interface RunsFlags {
  readonly sync: string | null
  /** Id of a run, or the beginning of one. */
  readonly slices: string | null
  readonly limit: number
  readonly json: boolean
}

const LIMIT_MAX = 1000

/** Prints runs, newest first, or the slices of one. */
export async function runs(shell: Shell, flags: RunsFlags): Promise<void> {
  if (!Number.isInteger(flags.limit) || flags.limit < 1 || flags.limit > LIMIT_MAX) {
    throw new CommandError(EXIT.usage, `Cannot list so many runs: --limit takes a whole number from 1 to ${LIMIT_MAX}`)
  }
  await withExistingStore(shell, async (store) => {
    if (flags.sync !== null) await findStreamSync(store, flags.sync)
    if (flags.slices !== null) return printSlices(shell, store, flags.slices, flags.json)
    const found = await store.runs.list({ ...(flags.sync !== null && { sync: flags.sync }), limit: flags.limit })
    if (flags.json) return printJson(shell, { runs: found })
    if (found.length === 0) return shell.outlet.talk('Nothing has run yet')
    shell.outlet.data(showRuns(shell, found))
  })
}

async function printSlices(shell: Shell, store: Store, start: string, json: boolean): Promise<void> {
  const all = await store.runs.list({ limit: LIMIT_MAX })
  const run = (await store.runs.get(start)) ?? all.find(({ id }) => id.startsWith(start))
  if (!run) throw new CommandError(EXIT.usage, `Cannot find run "${start}"; "backbeat runs" lists those there are`)
  const slices = await store.runs.slices(run.id)
  if (json) printJson(shell, { run, slices })
  else shell.outlet.data(showSlices(shell, slices))
}

const TONES: Record<RunState, Tone> = {
  queued: 'quiet',
  running: 'strong',
  interrupted: 'careful',
  succeeded: 'good',
  partial: 'careful',
  failed: 'bad',
  cancelled: 'quiet',
}

function showRuns({ tone, now }: Shell, found: readonly Run[]): string {
  const head = ['run', 'sync', 'kind', 'state', 'asked for', 'took', 'slices', 'read', 'new', 'changed', 'removed', '']
  const rows = found.map(({ id, sync, kind, state, createdAt, startedAt, endedAt, counts, reason }) => [
    id,
    sync,
    kind,
    tone(TONES[state], state),
    new Date(createdAt).toISOString().slice(0, 16).replace('T', ' '),
    startedAt === null ? '' : span((endedAt ?? now()) - startedAt),
    `${counts.slicesDone}/${counts.slices}`,
    ...[counts.read, counts.added, counts.changed, counts.removed].map((count) => count.toLocaleString('en')),
    reason?.message ?? '',
  ])
  return table([head, ...rows], new Set([5, 6, 7, 8, 9, 10]))
}

const SLICE_TONES: Record<SliceState, Tone> = {
  waiting: 'quiet',
  reading: 'strong',
  done: 'good',
  failed: 'bad',
  skipped: 'careful',
  unconfirmed: 'careful',
}

function showSlices({ tone }: Shell, slices: readonly RunSlice[]): string {
  const head = ['stream', 'advertiser', 'days', 'state', 'read', 'new', 'changed', 'removed', 'calls', '']
  const rows = slices.map(({ stream, advertiserId, days, state, read, added, changed, removed, calls, reason }) => [
    stream,
    advertiserId,
    days ? `${days.from} to ${days.to}` : 'all',
    tone(SLICE_TONES[state], state),
    ...[read, added, changed, removed, calls].map((count) => count.toLocaleString('en')),
    reason?.message ?? '',
  ])
  return table([head, ...rows], new Set([4, 5, 6, 7, 8]))
}
