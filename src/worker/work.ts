import type { Sync } from '../core/sync.ts'
import { type Runner, type RunnerParts, startRunner } from './runner.ts'

export interface WorkParts extends RunnerParts {
  /** Every sync that should run now: enabled, complete and not paused. */
  readonly loadSyncs: () => Promise<readonly Sync[]>
  /** Changes whenever `loadSyncs` may give something else: configuration, pauses. */
  readonly version: () => Promise<string>
  readonly stopped: AbortSignal
}

const LOOK_EVERY_MS = 500

/** Keeps one runner going for each sync that should run, until `stopped` fires; resolves when the last has ended. */
export async function work(parts: WorkParts): Promise<void> {
  let version = ''
  let running: Running = new Map()
  // Runners that were told to stop and still have requests under way.
  const ending = new Set<Promise<void>>()

  const stop = ({ runner }: { runner: Runner }): Promise<void> => {
    const ended = runner.stop().finally(() => ending.delete(ended))
    ending.add(ended)
    return ended
  }

  while (!parts.stopped.aborted) {
    const current = await parts.version()
    if (current !== version) {
      running = replace(running, await parts.loadSyncs(), parts, stop)
      version = current
    }
    await parts.wait(LOOK_EVERY_MS, parts.stopped)
  }
  await Promise.all([...[...running.values()].map(stop), ...ending])
}

type Running = ReadonlyMap<string, { readonly version: string; readonly runner: Runner }>

/** Leaves alone what did not change; a changed sync starts when its predecessor has recorded everything. */
function replace(
  running: Running,
  syncs: readonly Sync[],
  parts: WorkParts,
  stop: (one: { runner: Runner }) => Promise<void>,
): Running {
  const wanted = new Map(syncs.map((sync) => [sync.name, sync]))
  const stopping = new Map(
    [...running]
      .filter(([name, { version }]) => wanted.get(name)?.version !== version)
      .map(([name, one]) => [name, stop(one)]),
  )
  return new Map(
    syncs.map((sync) => {
      const kept = stopping.has(sync.name) ? undefined : running.get(sync.name)
      return [sync.name, kept ?? { version: sync.version, runner: startRunner(sync, parts, stopping.get(sync.name)) }]
    }),
  )
}
