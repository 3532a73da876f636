import type { Config } from '../config.ts'
import { isDay } from '../core/days.ts'
import { CallError } from '../core/errors.ts'
import type { RunEstimate, RunKind } from '../core/run.ts'
import type { DayRange } from '../core/stream.ts'
import { estimateSync } from '../estimate_sync.ts'
import { streamSyncOutside } from '../open_stream_sync.ts'
import type { Store } from '../store/store.ts'
import { wait } from '../worker/wait.ts'
import { counted } from './config_files.ts'
import { demandStreams, type FoundSync, findStreamSync } from './find_stream_sync.ts'
import { demandGood, hasWorker, runHere, summaryOf, waitForRun } from './follow_run.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { table } from './table.ts'
import { withExistingStore } from './with_store.ts'

/** What to run, and how to tell of it. */
export interface RunFlags {
  readonly sync: string
  readonly kind: RunKind
  readonly streams: readonly string[]
  readonly days: DayRange | null
  readonly acceptsEmpty: boolean
  readonly dryRun: boolean
  readonly wait: boolean
  readonly json: boolean
}

/** Runs a sync from TikTok: by the worker that is there, or in this process when there is none. */
export async function run(shell: Shell, flags: RunFlags): Promise<void> {
  await withExistingStore(shell, async (store, config) => {
    const sync = await findStreamSync(store, flags.sync)
    const asked = { kind: flags.kind, streams: demandStreams(sync, flags.streams), days: demandDays(flags.days) }
    if (flags.dryRun) return printEstimate(shell, flags, await estimate(shell, store, config, sync, asked))
    await refusePaused(store, sync)
    const request = { ...asked, sync: sync.name, acceptsEmpty: flags.acceptsEmpty, who: 'cli' }
    const { id } = await store.runs.requestRun(request, shell.now())
    const about = { who: 'cli', what: 'run.request', subject: `sync/${sync.name}`, detail: `${flags.kind} run ${id}` }
    await store.audit.write({ at: shell.now(), ...about })
    await seeThrough(shell, store, config, id, flags)
  })
}

async function seeThrough(shell: Shell, store: Store, config: Config, id: string, flags: RunFlags): Promise<void> {
  const isWorked = await hasWorker(shell, store)
  if (isWorked && !flags.wait) {
    if (flags.json) printJson(shell, await store.runs.get(id))
    else shell.outlet.talk(`Run ${id} is in line; "backbeat runs ${flags.sync}" tells how it goes`)
    return
  }
  const ended = isWorked ? await waitForRun(shell, store, id) : await runHere(shell, store, config, id)
  if (flags.json) printJson(shell, ended)
  else shell.outlet.data(summaryOf(ended))
  demandGood(ended)
}

/** The days, once it is sure that they are days and in order. */
function demandDays(days: DayRange | null): DayRange | null {
  if (days === null) return null
  const wrong = [days.from, days.to].find((day) => !isDay(day))
  if (wrong !== undefined) throw new CommandError(EXIT.usage, `Cannot read "${wrong}": give a day such as 2026-11-21`)
  if (days.from <= days.to) return days
  throw new CommandError(EXIT.usage, `Cannot read from ${days.from} to ${days.to}: it ends before it begins`)
}

async function refusePaused({ pauses }: Store, { name, spec }: FoundSync): Promise<void> {
  const subjects = [`sync/${name}`, `account/${spec.from.account}`]
  const pause = (await pauses.list()).find(({ subject }) => subjects.includes(subject))
  if (!pause) return
  const code = pause.subject.startsWith('account/') ? EXIT.auth : EXIT.unclean
  throw new CommandError(code, `Cannot run ${name}: ${pause.subject} waits for you: ${pause.message}`)
}

async function estimate(
  { fetch, now }: Shell,
  store: Store,
  config: Config,
  sync: FoundSync,
  asked: { readonly kind: RunKind; readonly streams: readonly string[] | null; readonly days: DayRange | null },
): Promise<RunEstimate> {
  try {
    return await estimateSync(store, sync, asked, streamSyncOutside(config, { fetch, now, random: Math.random, wait }))
  } catch (cause) {
    if (!(cause instanceof CallError)) throw cause
    const code = cause.code === 'tiktok.token_invalid' ? EXIT.auth : EXIT.remote
    throw new CommandError(code, `Cannot estimate: ${cause.message}`, { cause })
  }
}

function printEstimate(shell: Shell, { json }: RunFlags, found: RunEstimate): void {
  if (json) {
    printJson(shell, found)
    return
  }
  const rows = found.streams.map(({ stream, slices, calls, days }) => [
    stream,
    days ? `${days.from} to ${days.to}` : 'all of it',
    String(slices),
    String(calls),
  ])
  shell.outlet.data(table([['stream', 'days', 'slices', 'calls'], ...rows], new Set([2, 3])))
  const { slices, calls, minutes } = found
  shell.outlet.talk(
    `${counted(slices, 'slice')}, at least ${counted(calls, 'call')}, about ${counted(minutes, 'minute')}; nothing was read`,
  )
}
