import { LEASE_MS, type Lease, LeaseLostError } from '../../store/run_leases.ts'
import type { RunWork } from '../../store/run_work.ts'
import { RunStop } from './run_stop.ts'

export interface HeartParts {
  readonly work: RunWork
  readonly now: () => number
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>
  readonly log: (level: 'warn', message: string, more: object) => void
}

/** Keeps a run's lease, and looks whether it is to end. */
export interface Heartbeat {
  /** Throws a LeaseLostError unless the sync is ours for a while longer. */
  keepOwn(): Promise<void>
  /** Resolves when the heart has stopped, which `ended` makes it do. */
  readonly stopped: Promise<void>
}

const LOOK_EVERY_MS = 2000
const RENEW_EVERY_MS = LEASE_MS / 3

/** Beats until `ended` fires; a lost lease and a cancelled run abort `stop`. `eachTime` is done at every beat, too. */
export function startHeart(
  { lease, run }: { readonly lease: Lease; readonly run: string },
  parts: HeartParts,
  stop: AbortController,
  ended: AbortSignal,
  eachTime: () => Promise<void>,
): Heartbeat {
  const { work, now, wait, log } = parts
  let renewedAt = now()

  async function renew(): Promise<void> {
    const at = now()
    await work.renew(lease, at)
    renewedAt = at
  }

  async function beat(): Promise<void> {
    if (now() - renewedAt >= RENEW_EVERY_MS) await renew()
    if (await work.isCancelled(lease, run)) stop.abort(new RunStop('cancelled', null))
    await eachTime()
  }

  async function live(): Promise<void> {
    while (!ended.aborted) {
      await wait(LOOK_EVERY_MS, ended)
      if (ended.aborted) return
      try {
        await beat()
      } catch (error) {
        // A database that does not answer takes the lease by and by; then another worker may have it.
        if (error instanceof LeaseLostError || now() - renewedAt >= LEASE_MS) return stop.abort(lost(error))
        log('warn', 'Cannot write down how far a run is, trying again', { error })
      }
    }
  }

  const lost = (error: unknown) => (error instanceof LeaseLostError ? error : new LeaseLostError(lease.sync))

  return {
    async keepOwn() {
      // Asked between pages; a machine that slept may have missed many beats.
      if (now() - renewedAt >= RENEW_EVERY_MS) await renew()
    },
    stopped: live(),
  }
}
