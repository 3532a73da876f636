import { localDay } from '../../core/days.ts'
import { CallError } from '../../core/errors.ts'
import type { Reason } from '../../core/outcome.ts'
import { planRun } from '../../core/plan_run.ts'
import { reasonOf } from '../../core/run.ts'
import { RUN_CODES } from '../../core/run_codes.ts'
import { standingAfter } from '../../core/standing.ts'
import type { LoadedSlice } from '../../core/warehouse.ts'
import type { StreamSync, WantedAdvertiser } from '../../open_stream_sync.ts'
import type { Pauses } from '../../store/pauses.ts'
import { type Claim, LeaseLostError } from '../../store/run_leases.ts'
import type { PlacedSlice, RunEnd, RunWork } from '../../store/run_work.ts'
import type { Runs } from '../../store/runs.ts'
import type { SchemaChanges } from '../../store/schema_changes.ts'
import { startHeart } from './heartbeat.ts'
import { judge } from './judge.ts'
import { type Progressing, trackProgress } from './progress.ts'
import { readSlices } from './read_slices.ts'
import { RunStop } from './run_stop.ts'
import { type SettledSchema, settleSchema } from './settle_schema.ts'
import { tallyNotes } from './tally.ts'

export interface RunParts {
  readonly runs: Runs
  readonly work: RunWork
  readonly schemaChanges: SchemaChanges
  readonly pauses: Pauses
  /** Opens a stored sync; the run closes it. Throws an Error naming what it lacks. */
  readonly openSync: (name: string) => Promise<StreamSync>
  readonly now: () => number
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>
  readonly log: (level: 'error' | 'warn' | 'info', message: string, more: object) => void
  /** Ends what runs in order, so that it goes on later. */
  readonly stopped: AbortSignal
}

/** Does a run that was claimed, or what is left of it. Never rejects: how it went stands in the store. */
export async function executeRun(claim: Claim, parts: RunParts): Promise<void> {
  const { run, lease } = claim
  const { work, now, log, stopped } = parts
  const [stop, ended] = [new AbortController(), new AbortController()]
  const interrupt = () => stop.abort(new RunStop('interrupted', null))
  stopped.addEventListener('abort', interrupt, { once: true })
  if (stopped.aborted) interrupt()
  const progress = trackProgress(claim, parts)
  const heart = startHeart({ lease, run: run.id }, parts, stop, ended.signal, progress.flush)
  try {
    const end = await readRun(claim, parts, stop, heart.keepOwn, progress).catch((error: unknown) =>
      endAfter(stop.signal.aborted ? stop.signal.reason : error, claim, parts),
    )
    await work.end(lease, run.id, end, now())
  } catch (error) {
    // The run stays as it is, and whoever holds the lease next goes on with it.
    log(error instanceof LeaseLostError ? 'warn' : 'error', `Run ${run.id} of ${run.sync} ends early`, { error })
  } finally {
    ended.abort()
    stopped.removeEventListener('abort', interrupt)
    await heart.stopped
  }
}

async function readRun(
  claim: Claim,
  parts: RunParts,
  stop: AbortController,
  keepOwn: () => Promise<void>,
  progress: Progressing,
): Promise<RunEnd> {
  const { run } = claim
  const sync = await parts.openSync(run.sync).catch(({ message }: Error) => {
    throw new RunStop('failed', { code: 'sync.broken', message })
  })
  try {
    await refusePaused(sync, parts)
    const advertisers = await listAdvertisers(sync, stop, progress)
    const settled = await settleSchema({
      ...sync,
      sync: sync.name,
      tables: sync.streams.map(({ table }) => table),
      ...parts,
    })
    if (settled.pause) throw await pauseSync(sync.name, settled.pause, parts)
    const slices = await slicesOf(claim, sync, settled, advertisers, parts, progress)
    await readSlices(slices, { ...parts, claim, sync, settled, advertisers, stop, keepOwn, progress })
    return await endOf(claim, settled, advertisers, parts, progress)
  } finally {
    await sync.close()
  }
}

async function refusePaused({ name, account }: StreamSync, { pauses }: RunParts): Promise<void> {
  const subjects = [`account/${account}`, `sync/${name}`]
  const pause = (await pauses.list()).find(({ subject }) => subjects.includes(subject))
  if (pause) throw new RunStop('failed', { code: pause.code, message: pause.message }, pause.subject)
}

/** Advertisers are listed anew at every run: people come and go. */
async function listAdvertisers(
  sync: StreamSync,
  stop: AbortController,
  { onNote }: Progressing,
): Promise<readonly WantedAdvertiser[]> {
  const reading = { onNote: tallyNotes(onNote).onNote, signal: stop.signal }
  const advertisers = await sync.advertisers(reading).catch((error: unknown) => {
    throw stopFor(error, sync.account)
  })
  if (advertisers.some(({ lacks }) => lacks === null)) return advertisers
  const said =
    advertisers.length === 0 ? 'The account reaches no advertiser' : `None can be read: ${advertisers[0]!.lacks}`
  throw new RunStop('failed', { code: 'run.no_advertisers', message: said, remedy: RUN_CODES['run.no_advertisers'] })
}

/** Trouble with the token waits for a person; all else ends the run as it is. */
export function stopFor(error: unknown, account: string): unknown {
  const judgement = judge(error)
  if (judgement.kind !== 'run') return error
  return new RunStop('failed', judgement.reason, judgement.isToken ? `account/${account}` : null)
}

async function pauseSync(name: string, reason: Reason, { pauses, now }: RunParts): Promise<RunStop> {
  const subject = `sync/${name}`
  await pauses.pause({ subject, since: now(), code: reason.code, message: reason.message })
  return new RunStop('failed', reason, subject)
}

/** The slices of the run in their order: planned now, or when it began. */
async function slicesOf(
  { run, lease, isPlanned }: Claim,
  sync: StreamSync,
  { fits }: SettledSchema,
  advertisers: readonly WantedAdvertiser[],
  { work, runs, now }: RunParts,
  progress: Progressing,
): Promise<readonly PlacedSlice[]> {
  const loaded = await sync.warehouse.loaded(sync.schema)
  const streams = sync.streams.filter(({ table }) => fits.has(table.name))
  if (!isPlanned) {
    const planned = await advertisersToPlan(runs, sync, advertisers)
    const input = { ...sync, request: run, streams, advertisers: planned, loaded, now: now() }
    await work.plan(lease, run.id, planRun(input))
  }
  const slices = await work.planned(run.id)
  if (run.kind === 'resync') await clearOnce(run.id, slices, sync, loaded)
  const mine = new Map(loaded.filter(({ runId }) => runId === run.id).map((slice) => [keyOf(slice), slice.rows]))
  await progress.take(slices, (slice) => mine.get(keyOf({ ...slice, table: slice.stream })) ?? null)
  return slices
}

const keyOf = ({ table, advertiserId, days }: Pick<LoadedSlice, 'table' | 'advertiserId' | 'days'>): string =>
  [table, advertiserId, days?.from, days?.to].join('/')

/**
 * Whom a run is about: everyone it can read, everyone a person named, and those that the last run still reached, so that this
 * one says what has become of them. Others that an account lists and may not read are no business of the run.
 */
async function advertisersToPlan(
  runs: Runs,
  { name, namesAdvertisers }: StreamSync,
  advertisers: readonly WantedAdvertiser[],
): Promise<readonly WantedAdvertiser[]> {
  const before = (await runs.standing(name))?.advertisers ?? []
  const isLost = (id: string) => before.some((one) => one.id === id)
  const gone = before
    .filter(({ id }) => !advertisers.some((one) => one.id === id))
    .map((advertiser) => ({ ...advertiser, lacks: RUN_CODES['run.advertiser_lost'] }))
  return [...advertisers.filter(({ id, lacks }) => lacks === null || namesAdvertisers || isLost(id)), ...gone]
}

/** Tables that are read anew lose their rows once, before the first slice of the run stands in them. */
async function clearOnce(
  runId: string,
  slices: readonly PlacedSlice[],
  { streams, warehouse, schema }: StreamSync,
  loaded: readonly LoadedSlice[],
): Promise<void> {
  const begun = new Set(loaded.filter((slice) => slice.runId === runId).map(({ table }) => table))
  const names = new Set(slices.map(({ stream }) => stream))
  for (const { table } of streams) {
    if (names.has(table.name) && !begun.has(table.name)) await warehouse.clear(schema, table)
  }
}

/** How a run ends whose slices have all had their turn. */
async function endOf(
  { run }: Claim,
  { held }: SettledSchema,
  advertisers: readonly WantedAdvertiser[],
  { runs, now }: RunParts,
  { counts }: Progressing,
): Promise<RunEnd> {
  const slices = await runs.slices(run.id)
  const reached = advertisers.filter(({ lacks }) => lacks === null).map(({ lacks: _, ...advertiser }) => advertiser)
  const standing = standingAfter({
    before: await runs.standing(run.sync),
    run: run.id,
    slices,
    advertisers: reached,
    todays: new Map(reached.map(({ id, timezone }) => [id, localDay(now(), timezone)])),
    held,
  })
  const { slices: all, slicesDone } = counts()
  if (slicesDone === all) return { state: 'succeeded', reason: leftOut(advertisers), waitsFor: null, standing }
  const first = slices.find(({ state, reason }) => state !== 'done' && reason !== null)?.reason
  const message = `${all - slicesDone} of ${all} slices were not read${first ? `; the first: ${first.message}` : ''}`
  const reason = { code: 'run.incomplete', message, remedy: first?.remedy ?? RUN_CODES['run.incomplete'] }
  return { state: slicesDone === 0 ? 'failed' : 'partial', reason, waitsFor: null, standing }
}

/** What a run that did all it could still lacks. */
function leftOut(advertisers: readonly WantedAdvertiser[]): Reason | null {
  const lacking = advertisers.filter(({ lacks }) => lacks !== null)
  if (lacking.length === 0) return null
  const names = lacking.map(({ name, id }) => (name === id ? id : `${name} (${id})`)).join(', ')
  const message = `Left out, since the account may not read them: ${names}; ${lacking[0]!.lacks}`
  return { code: 'run.advertisers_left_out', message, remedy: RUN_CODES['run.advertisers_left_out'] }
}

/** How a run ends that was ended. Throws on what no end can be written for. */
async function endAfter(error: unknown, { run }: Claim, { pauses, now, log }: RunParts): Promise<RunEnd> {
  if (error instanceof LeaseLostError) throw error
  if (error instanceof RunStop) {
    const { state, reason, waitsFor } = error
    if (waitsFor !== null && reason !== null) {
      await pauses.pause({ subject: waitsFor, since: now(), code: reason.code, message: reason.message })
    }
    return { state, reason, waitsFor, standing: null }
  }
  log('warn', `Run ${run.id} of ${run.sync} failed`, { error })
  const told = error instanceof Error ? error : new Error(String(error))
  const reason = error instanceof CallError ? reasonOf(error) : { ...reasonOf(told), code: 'run.failed' }
  return { state: 'failed', reason, waitsFor: null, standing: null }
}
