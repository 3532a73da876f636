import { randomBytes } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { Reason } from '../core/outcome.ts'
import type { Run, RunCounts, RunRequest, RunSlice } from '../core/run.ts'
import type { SyncStanding } from '../core/standing.ts'
import type { DayRange } from '../core/stream.ts'
import { holdMeta } from './meta.ts'
import type { RunRow, RunSliceRow, Schema } from './schema.ts'
import type { State } from './state.ts'

/** Which runs; newest first. */
export interface RunFilter {
  readonly sync?: string
  /** Id of a run: only those asked for before it. */
  readonly before?: string
  readonly limit: number
}

/** What a sync has under way, and what it ended last. */
export interface LatestRuns {
  /** Queued, running or interrupted; the oldest of them. */
  readonly underWay: Run | null
  readonly ended: Run | null
}

/** Runs of syncs from TikTok, as those see them who ask for them and look at them. Workers have `RunWork`. */
export interface Runs {
  /** Puts a run in line; gives the one that waits already when it is for the very same thing. */
  requestRun(request: RunRequest, now: number): Promise<Run>
  get(id: string): Promise<Run | null>
  list(filter: RunFilter): Promise<readonly Run[]>
  latest(sync: string): Promise<LatestRuns>
  /** In the order in which they are read. */
  slices(id: string): Promise<readonly RunSlice[]>
  /** One that runs ends between two pages; one that waits never begins. Null when there is no such run. */
  cancel(id: string, now: number): Promise<Run | null>
  /** How a sync stood after its last run; null before the first. */
  standing(sync: string): Promise<SyncStanding | null>
  /** When the sync first ran; null before that. */
  firstRunAt(sync: string): Promise<number | null>
  /** Forgets what ended before `before`, the newest run of every sync apart. */
  prune(before: number): Promise<void>
}

/** States of a run that has not ended. */
export const UNDER_WAY = ['queued', 'running', 'interrupted'] as const

const NO_COUNTS: RunCounts = {
  slices: 0,
  slicesDone: 0,
  slicesFailed: 0,
  read: 0,
  added: 0,
  changed: 0,
  same: 0,
  removed: 0,
  calls: 0,
  waitedMs: 0,
}

export function openRuns({ db }: Pick<State, 'db'>): Runs {
  return {
    requestRun: (request, now) => db.transaction().execute((step) => requestRun(step, request, now)),
    get: (id) => findRun(db, id),
    async list({ sync, before, limit }) {
      let runs = db.selectFrom('runs').selectAll().orderBy('id', 'desc').limit(limit)
      if (sync !== undefined) runs = runs.where('sync', '=', sync)
      if (before !== undefined) runs = runs.where('id', '<', before)
      return (await runs.execute()).map(toRun)
    },
    async latest(sync) {
      const runs = db.selectFrom('runs').selectAll().where('sync', '=', sync).limit(1)
      const underWay = await runs.where('state', 'in', UNDER_WAY).orderBy('id').executeTakeFirst()
      const ended = await runs.where('state', 'not in', UNDER_WAY).orderBy('id', 'desc').executeTakeFirst()
      return { underWay: underWay ? toRun(underWay) : null, ended: ended ? toRun(ended) : null }
    },
    async slices(id) {
      const rows = db.selectFrom('run_slices').selectAll().where('run', '=', id).orderBy('position')
      return (await rows.execute()).map(toSlice)
    },
    cancel: (id, now) => db.transaction().execute((step) => cancel(step, id, now)),
    async standing(sync) {
      const row = await db.selectFrom('sync_standings').selectAll().where('sync', '=', sync).executeTakeFirst()
      return row ? { advertisers: JSON.parse(row.advertisers), streams: JSON.parse(row.streams) } : null
    },
    async firstRunAt(sync) {
      const first = db.selectFrom('runs').select('started_at').where('sync', '=', sync).orderBy('id').limit(1)
      return (await first.where('started_at', 'is not', null).executeTakeFirst())?.started_at ?? null
    },
    prune: (before) => db.transaction().execute((step) => prune(step, before)),
  }
}

async function requestRun(db: Kysely<Schema>, request: RunRequest, now: number): Promise<Run> {
  // Of two who ask at once the second waits, and then finds what the first asked for.
  await holdMeta(db, 'runs_asking', '')
  const streams = request.streams === null ? null : JSON.stringify(request.streams.toSorted())
  const waiting = await db
    .selectFrom('runs')
    .selectAll()
    .where('sync', '=', request.sync)
    .where('state', '=', 'queued')
    .where('kind', '=', request.kind)
    .where('accepts_empty', '=', request.acceptsEmpty ? 1 : 0)
    .where('streams', 'is not distinct from', streams)
    .where('day_from', 'is not distinct from', request.days?.from ?? null)
    .where('day_to', 'is not distinct from', request.days?.to ?? null)
    .executeTakeFirst()
  if (waiting) return toRun(waiting)
  const row: Selectable<RunRow> = {
    id: await nextId(db, now),
    sync: request.sync,
    kind: request.kind,
    state: 'queued',
    streams,
    day_from: request.days?.from ?? null,
    day_to: request.days?.to ?? null,
    accepts_empty: request.acceptsEmpty ? 1 : 0,
    who: request.who,
    created_at: now,
    started_at: null,
    ended_at: null,
    reason: null,
    waits_for: null,
    cancel_asked: 0,
    is_planned: 0,
    counts: JSON.stringify(NO_COUNTS),
  }
  await db.insertInto('runs').values(row).execute()
  return toRun(row)
}

const TIME_DIGITS = 12

/** Sorts by the order of asking, as text does: twelve digits of time, then what makes it one of its kind. */
async function nextId(db: Kysely<Schema>, now: number): Promise<string> {
  const last = await db.selectFrom('runs').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  const time = last ? Math.max(now, Number.parseInt(last.id.slice(0, TIME_DIGITS), 16) + 1) : now
  return `${time.toString(16).padStart(TIME_DIGITS, '0')}${randomBytes(6).toString('hex')}`
}

async function cancel(db: Kysely<Schema>, id: string, now: number): Promise<Run | null> {
  const idle = { state: 'cancelled', ended_at: now, cancel_asked: 1 } as const
  const runs = db.updateTable('runs').where('id', '=', id)
  await runs.set(idle).where('state', 'in', ['queued', 'interrupted']).execute()
  await runs.set({ cancel_asked: 1 }).where('state', '=', 'running').execute()
  await runs.set({ waits_for: null }).where('state', '=', 'failed').execute()
  return findRun(db, id)
}

async function prune(db: Kysely<Schema>, before: number): Promise<void> {
  const newest = db
    .selectFrom('runs')
    .select((of) => of.fn.max('id').as('id'))
    .groupBy('sync')
  const old = db.selectFrom('runs').select('id').where('ended_at', '<', before).where('id', 'not in', newest)
  await db.deleteFrom('run_slices').where('run', 'in', old).execute()
  await db.deleteFrom('runs').where('id', 'in', old).execute()
}

/** One run by its id; also within a transaction. */
export async function findRun(db: Kysely<Schema>, id: string): Promise<Run | null> {
  const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toRun(row) : null
}

export function toRun(row: Selectable<RunRow>): Run {
  return {
    id: row.id,
    sync: row.sync,
    kind: row.kind,
    state: row.state,
    streams: row.streams === null ? null : (JSON.parse(row.streams) as string[]),
    days: toDays(row),
    acceptsEmpty: row.accepts_empty === 1,
    who: row.who,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    reason: toReason(row.reason),
    counts: JSON.parse(row.counts) as RunCounts,
  }
}

const NO_FIGURES = {
  read: 0,
  added: 0,
  changed: 0,
  same: 0,
  removed: 0,
  calls: 0,
  waitedMs: 0,
  retries: 0,
  truncated: false,
  metricsDropped: [],
  requestIds: [],
}

function toSlice(row: Selectable<RunSliceRow>): RunSlice {
  const figures = row.figures === null ? NO_FIGURES : (JSON.parse(row.figures) as Partial<typeof NO_FIGURES>)
  return {
    run: row.run,
    stream: row.stream,
    advertiserId: row.advertiser_id,
    days: toDays(row),
    state: row.state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    reason: toReason(row.reason),
    ...NO_FIGURES,
    ...figures,
  }
}

const toDays = ({ day_from, day_to }: { day_from: string | null; day_to: string | null }): DayRange | null =>
  day_from === null || day_to === null ? null : { from: day_from, to: day_to }

const toReason = (text: string | null): Reason | null => (text === null ? null : (JSON.parse(text) as Reason))
