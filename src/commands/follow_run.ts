import type { Config } from '../config.ts'
import type { Run, RunState } from '../core/run.ts'
import { detailOf } from '../server/run_rate.ts'
import { openRunWork } from '../store/run_work.ts'
import type { Store } from '../store/store.ts'
import { executeRun } from '../worker/streams/execute_run.ts'
import { wait } from '../worker/wait.ts'
import { counted } from './config_files.ts'
import { CommandError, EXIT, type ExitCode } from './outlet.ts'
import type { Shell } from './shell.ts'
import { ownerName, runParts } from './work_streams.ts'

const LOOK_EVERY_MS = 1000
const UNDER_WAY: ReadonlySet<RunState> = new Set(['queued', 'running', 'interrupted'])

/** Whether a server or a worker is there to do what is asked for. */
export const hasWorker = (shell: Shell, { state }: Store): Promise<boolean> => openRunWork(state).isAlive(shell.now())

/** Does a run in this process, together with whatever waits before it, and says how far it is. Gives the run as it ended. */
export async function runHere(shell: Shell, store: Store, config: Config, id: string): Promise<Run> {
  const stopped = shell.stopSignal()
  const ended = new AbortController()
  const told = tellProgress(shell, store, id, AbortSignal.any([stopped, ended.signal]))
  const parts = runParts(store, { ...config, BACKBEAT_LOG: 'error' }, { fetch: shell.fetch, now: shell.now, stopped })
  try {
    while (!stopped.aborted && isUnderWay(await runOf(store, id))) {
      const claim = await parts.work.claim(ownerName(), shell.now())
      if (claim) await executeRun(claim, parts)
      // Somebody else has the sync, or had it when the machine went down; the lease ends within half a minute.
      else await wait(LOOK_EVERY_MS, stopped)
    }
  } finally {
    ended.abort()
    await told
  }
  return runOf(store, id)
}

/** Waits for a run that somebody else does; ends early, with the run still under way, when the person has enough. */
export async function waitForRun(shell: Shell, store: Store, id: string): Promise<Run> {
  const stopped = shell.stopSignal()
  await tellProgress(shell, store, id, stopped)
  return runOf(store, id)
}

/** Says how far a run is whenever that changes, until it has ended or `stopped` fires. */
async function tellProgress(shell: Shell, store: Store, id: string, stopped: AbortSignal): Promise<void> {
  let last = ''
  for (;;) {
    const run = await runOf(store, id)
    const line = await progressLine(run, store, shell.now())
    if (line !== last) shell.outlet.talk(line)
    last = line
    if (!isUnderWay(run) || stopped.aborted) return
    await wait(LOOK_EVERY_MS, stopped)
  }
}

async function progressLine(run: Run, store: Store, now: number): Promise<string> {
  const { state, counts } = run
  if (state === 'queued') return 'Waiting for its turn'
  if (state === 'running' && counts.slices === 0) return 'Looking what there is to read'
  const { slicesPerMinute, secondsLeft } = detailOf(run, await store.runs.slices(run.id), now)
  const rate = slicesPerMinute === null ? [] : [`${Math.round(slicesPerMinute)} slices a minute`]
  const left = secondsLeft === null ? [] : [`${span(secondsLeft * 1000)} left`]
  const done = `${counts.slicesDone} of ${counted(counts.slices, 'slice')}`
  return [done, counted(counts.read, 'row'), ...rate, ...left].join(', ')
}

/** Milliseconds for people, such as `3 min 20 s`. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

const isUnderWay = ({ state }: Run): boolean => UNDER_WAY.has(state)

async function runOf({ runs }: Store, id: string): Promise<Run> {
  const run = await runs.get(id)
  if (!run) throw new CommandError(EXIT.usage, `Cannot follow run ${id}: it is no longer known`)
  return run
}

/** What a run did, in one sentence. */
export function summaryOf({ state, counts, reason }: Run): string {
  const { slices, slicesDone, read, added, changed, removed } = counts
  const rows = `${counted(read, 'row')} read, ${added} new, ${changed} changed, ${removed} removed`
  return `Run ${state}: ${slicesDone} of ${counted(slices, 'slice')}, ${rows}${reason ? `; ${reason.message}` : ''}`
}

/** Ends the command with the code that tells how the run went. */
export function demandGood(run: Run): void {
  if (run.state === 'succeeded') return
  const remedy = run.reason?.remedy ? `\n→ ${run.reason.remedy}` : ''
  throw new CommandError(exitCodeOf(run), `${summaryOf(run)}${remedy}`)
}

const REMOTE: ReadonlySet<string> = new Set(['run.tiktok_down', 'warehouse.unreachable', 'warehouse.busy'])
const TRANSIENT = /^tiktok\.(unreachable|timeout|cut|server_error|throttled|unavailable|unreadable_answer)$/
const AUTH: ReadonlySet<string> = new Set(['tiktok.token_invalid', 'warehouse.access_denied', 'account.disconnected'])

function exitCodeOf({ state, reason }: Run): ExitCode {
  if (UNDER_WAY.has(state)) return EXIT.interrupted
  const code = reason?.code ?? ''
  if (AUTH.has(code)) return EXIT.auth
  if (REMOTE.has(code) || TRANSIENT.test(code)) return EXIT.remote
  return EXIT.unclean
}
