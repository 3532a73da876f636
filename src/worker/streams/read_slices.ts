import { TransientError } from '../../core/errors.ts'
import type { Reason } from '../../core/outcome.ts'
import { RUN_CODES } from '../../core/run_codes.ts'
import type { StreamSync, WantedAdvertiser } from '../../open_stream_sync.ts'
import { type Claim, LeaseLostError } from '../../store/run_leases.ts'
import type { PlacedSlice, RunWork, SliceEnd, SliceFigures } from '../../store/run_work.ts'
import { judge } from './judge.ts'
import type { Progressing } from './progress.ts'
import { readSlice } from './read_slice.ts'
import { RunStop } from './run_stop.ts'
import type { SettledSchema } from './settle_schema.ts'
import { NOTHING_LOADED, tallyNotes } from './tally.ts'

export interface SlicesParts {
  readonly claim: Claim
  readonly sync: StreamSync
  readonly settled: SettledSchema
  readonly advertisers: readonly WantedAdvertiser[]
  readonly work: RunWork
  readonly progress: Progressing
  /** Aborted by what ends the run; its reason says how. */
  readonly stop: AbortController
  readonly keepOwn: () => Promise<void>
  readonly now: () => number
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>
}

/** Slices under way at the same time, each of another table. */
const AT_ONCE = 4
// An answer that was empty by a passing fault is there again after this; lost permission is not.
const SECOND_LOOK_MS = 60_000
const SECOND_LOOKS_MAX = 50
// So many failures of TikTok in a row are an outage: going on would only wait for one slice after the other.
const FAILURES_IN_A_ROW_MAX = 5

/** Reads what is not done yet, and once more, a while later, what a passing fault may have spoiled. */
export async function readSlices(slices: readonly PlacedSlice[], parts: SlicesParts): Promise<void> {
  const reading = openReading(parts)
  await inTurns(
    slices.filter((slice) => !parts.progress.isDone(slice)),
    reading.read,
    parts.stop,
  )
  const again = reading.spoiled()
  if (again.length === 0 || again.length > SECOND_LOOKS_MAX) return
  await parts.wait(SECOND_LOOK_MS, parts.stop.signal)
  await inTurns(again, reading.read, parts.stop)
}

/** A few at a time, in their order, never two of one table. Throws the reason of `stop` once all that began have ended. */
async function inTurns(
  slices: readonly PlacedSlice[],
  read: (slice: PlacedSlice) => Promise<void>,
  stop: AbortController,
): Promise<void> {
  const waiting = [...slices]
  const underWay = new Map<string, Promise<void>>()
  const start = (slice: PlacedSlice) => {
    const ended = read(slice)
      .catch((error: unknown) => stop.abort(error))
      .finally(() => underWay.delete(slice.stream))
    underWay.set(slice.stream, ended)
  }
  while (!stop.signal.aborted && waiting.length + underWay.size > 0) {
    const next = underWay.size < AT_ONCE ? waiting.findIndex(({ stream }) => !underWay.has(stream)) : -1
    if (next >= 0) start(waiting.splice(next, 1)[0]!)
    else await Promise.race(underWay.values())
  }
  await Promise.all(underWay.values())
  stop.signal.throwIfAborted()
}

/** Reading of slices that learn from each other what need not be tried any more. */
function openReading(parts: SlicesParts) {
  const { progress, sync, settled, stop } = parts
  const skipped = new Map<string, Reason>()
  const spoiled = new Map<number, PlacedSlice>()
  const advertisers = new Map(parts.advertisers.map((advertiser) => [advertiser.id, advertiser]))
  let failuresInARow = 0

  const end = (
    { position }: PlacedSlice,
    state: SliceEnd['state'],
    reason: Reason | null,
    figures: Partial<SliceFigures> = {},
    rows = 0,
  ) => progress.end({ position, state, reason, figures: { ...NO_FIGURES, ...figures } }, [], rows)

  /** Why a slice need not be tried; null when it must be. */
  function lackOf({ stream, advertiserId }: PlacedSlice): Reason | null {
    const lost = advertisers.get(advertiserId)?.lacks
    if (lost !== null) return { code: 'run.advertiser_lost', message: lost ?? RUN_CODES['run.advertiser_lost'] }
    return skipped.get(advertiserId) ?? skipped.get(`${stream}/${advertiserId}`) ?? settled.held.get(stream) ?? null
  }

  async function read(slice: PlacedSlice): Promise<void> {
    spoiled.delete(slice.position)
    const stream = sync.streams.find(({ table }) => table.name === slice.stream)
    const fit = settled.fits.get(slice.stream)
    const lack = lackOf(slice) ?? (stream && fit ? null : STREAM_GONE)
    if (lack !== null) return end(slice, 'skipped', lack)
    await progress.begin(slice)
    const notes = tallyNotes(progress.onNote)
    let rows = 0
    const onRows = (more: number) => {
      rows += more
      progress.onRows(more)
    }
    const { claim, work, now, keepOwn } = parts
    const outcome = await readSlice(slice, {
      runId: claim.run.id,
      schema: sync.schema,
      warehouse: sync.warehouse,
      stream: stream!,
      fit: fit!,
      advertiser: advertisers.get(slice.advertiserId)!,
      acceptsEmpty: claim.run.acceptsEmpty,
      notes,
      signal: stop.signal,
      now,
      keepOwn,
      confirmOwn: () => work.renew(claim.lease, now()),
      onRows,
    }).catch((error: unknown) => ({ error }))
    if ('error' in outcome) return fail(slice, outcome.error, notes.figures(), rows)
    const { restated, ...figures } = outcome.result
    failuresInARow = 0
    const { stream: table, advertiserId, position } = slice
    await progress.end(
      { position, state: 'done', reason: outcome.remark, figures: { ...figures, ...notes.figures() } },
      restated.map((one) => ({ ...one, table, advertiserId })),
      rows,
    )
  }

  async function fail(slice: PlacedSlice, error: unknown, figures: Partial<SliceFigures>, rows: number): Promise<void> {
    // Ended from outside: the slice is read another time.
    stop.signal.throwIfAborted()
    if (error instanceof LeaseLostError) throw error
    const judgement = judge(error)
    const { reason } = judgement
    switch (judgement.kind) {
      case 'slice':
        if (judgement.isPassing) spoiled.set(slice.position, slice)
        await end(slice, judgement.state, reason, figures, rows)
        return countFailure(error, reason)
      case 'stream':
        skipped.set(`${slice.stream}/${slice.advertiserId}`, reason)
        return end(slice, 'skipped', reason, figures, rows)
      case 'advertiser':
        skipped.set(slice.advertiserId, reason)
        return end(slice, 'skipped', reason, figures, rows)
      case 'run':
        await end(slice, 'failed', reason, figures, rows)
        throw new RunStop('failed', reason, judgement.isToken ? `account/${sync.account}` : null)
    }
  }

  function countFailure(error: unknown, reason: Reason): void {
    failuresInARow = error instanceof TransientError ? failuresInARow + 1 : 0
    if (failuresInARow < FAILURES_IN_A_ROW_MAX) return
    if (!reason.code.startsWith('tiktok.')) throw new RunStop('failed', reason)
    throw new RunStop('failed', { ...reason, code: 'run.tiktok_down', remedy: RUN_CODES['run.tiktok_down'] })
  }

  return { read, spoiled: () => [...spoiled.values()] }
}

const NO_FIGURES: SliceFigures = {
  ...NOTHING_LOADED,
  calls: 0,
  waitedMs: 0,
  retries: 0,
  truncated: false,
  metricsDropped: [],
  requestIds: [],
}

const STREAM_GONE: Reason = { code: 'run.stream_gone', message: RUN_CODES['run.stream_gone'] }
