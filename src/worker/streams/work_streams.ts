import type { Claim } from '../../store/run_leases.ts'
import { executeRun, type RunParts } from './execute_run.ts'
import { requestDue, type ScheduleParts } from './schedule_runs.ts'

export interface StreamWorkParts extends RunParts, ScheduleParts {
  /** Names this worker, for people who look at leases. */
  readonly owner: string
  /** Forgets runs and restatements that are old enough. */
  readonly prune: () => Promise<void>
}

const LOOK_EVERY_MS = 1000
const SHOW_EVERY_MS = 10_000
const PRUNE_EVERY_MS = 3_600_000
/** Runs of one worker under way at the same time, each of another sync. */
const RUNS_AT_ONCE = 3

/** Runs syncs from TikTok when they are due or asked for, until `stopped` fires; resolves when what ran has ended. */
export async function workStreams(parts: StreamWorkParts): Promise<void> {
  const { work, now, wait, stopped, log } = parts
  const underWay = new Set<Promise<void>>()
  const showAlive = every(SHOW_EVERY_MS, now, () => work.showAlive(now()))
  const prune = every(PRUNE_EVERY_MS, now, parts.prune)

  const start = (claim: Claim) => {
    const running = executeRun(claim, parts).finally(() => underWay.delete(running))
    underWay.add(running)
  }

  async function look(): Promise<void> {
    await showAlive()
    // What failed for want of a person comes before what is due anew: it is the same work, partly done.
    await claimAll()
    await requestDue(parts)
    await claimAll()
    await prune()
  }

  async function claimAll(): Promise<void> {
    while (underWay.size < RUNS_AT_ONCE && !stopped.aborted) {
      const claim = await work.claim(parts.owner, now())
      if (claim === null) return
      start(claim)
    }
  }

  while (!stopped.aborted) {
    await look().catch((error: unknown) => log('error', 'Cannot look for runs, trying again', { error }))
    await wait(LOOK_EVERY_MS, stopped)
  }
  await Promise.all(underWay)
}

/** The same, at most once in a while. */
function every(ms: number, now: () => number, work: () => Promise<void>): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY
  return async () => {
    if (now() - last < ms) return
    last = now()
    await work()
  }
}
