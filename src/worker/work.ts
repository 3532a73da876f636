import type { Sync } from '../core/sync.ts'
import { retire } from './retire.ts'
import { type Runner, type RunnerParts, startRunner } from './runner.ts'

export interface WorkParts extends RunnerParts {
  /** Every sync that should run now: enabled, complete and not paused. */
  readonly loadSyncs: () => Promise<readonly Sync[]>
  /** Names of all syncs that are configured, running or not. */
  readonly syncNames: () => Promise<readonly string[]>
  /** Changes whenever `loadSyncs` may give something else: configuration, pauses. */
  readonly version: () => Promise<string>
  readonly stopped: AbortSignal
}

const LOOK_EVERY_MS = 100

/** Keeps one runner going for each sync that should run, until `stopped` fires; resolves when the last has ended. */
export async function work(parts: WorkParts): Promise<void> {
  const crew = new Crew(parts)
  while (!parts.stopped.aborted) {
    try {
      await crew.follow()
    } catch (error) {
      parts.log('error', 'Cannot read the configuration, trying again', { error })
    }
    await parts.wait(LOOK_EVERY_MS, parts.stopped)
  }
  await crew.end()
}

/** The runners of one worker. */
class Crew {
  readonly #parts: WorkParts
  #version = ''
  #running: ReadonlyMap<string, { readonly version: string; readonly runner: Runner }> = new Map()
  /** Runners that were told to stop and still have requests under way. */
  readonly #ending = new Map<string, Promise<void>>()
  /** Removed syncs have been looked for since the last change. */
  #hasRetired = false
  #retiring: Promise<void> | null = null

  constructor(parts: WorkParts) {
    // A configuration that cannot be read may have changed.
    const isCurrent = () =>
      parts.version().then(
        (version) => version === this.#version,
        () => false,
      )
    this.#parts = { ...parts, isCurrent }
  }

  /** Brings the runners in line with the configuration; what did not change is left alone. */
  async follow(): Promise<void> {
    const version = await this.#parts.version()
    const hasEnded = [...this.#running.values()].some(({ runner }) => runner.hasEnded())
    if (version !== this.#version || hasEnded) {
      this.#replace(await this.#parts.loadSyncs())
      this.#version = version
      this.#hasRetired = false
    }
    if (!this.#hasRetired) this.#retiring ??= this.#retireGone()
  }

  async end(): Promise<void> {
    for (const name of this.#running.keys()) this.#stop(name)
    await Promise.all(this.#ending.values())
    await this.#retiring
  }

  /** A changed sync starts when its predecessor has recorded everything. */
  #replace(syncs: readonly Sync[]): void {
    const wanted = new Map(syncs.map((sync) => [sync.name, sync]))
    for (const [name, { version, runner }] of this.#running) {
      if (wanted.get(name)?.version !== version || runner.hasEnded()) this.#stop(name)
    }
    const start = (sync: Sync) => ({
      version: sync.version,
      runner: startRunner(sync, this.#parts, this.#ending.get(sync.name)),
    })
    this.#running = new Map(syncs.map((sync) => [sync.name, this.#kept(sync.name) ?? start(sync)]))
  }

  #kept(name: string) {
    return this.#ending.has(name) ? undefined : this.#running.get(name)
  }

  #stop(name: string): void {
    const ended = this.#running.get(name)!.runner.stop()
    const done = ended.finally(() => {
      if (this.#ending.get(name) === done) this.#ending.delete(name)
    })
    this.#ending.set(name, done)
  }

  /** Settles what removed syncs have left open, once their runners have recorded everything. Never rejects. */
  async #retireGone(): Promise<void> {
    this.#hasRetired = true
    try {
      const names = new Set(await this.#parts.syncNames())
      const gone = (await this.#parts.journal.readers()).filter(({ sync }) => !names.has(sync))
      for (const reader of gone) {
        await this.#ending.get(reader.sync)
        await retire(reader, this.#parts)
      }
    } catch (error) {
      this.#hasRetired = false
      this.#parts.log('error', 'Cannot settle what a removed sync has left, trying again', { error })
    } finally {
      this.#retiring = null
    }
  }
}
