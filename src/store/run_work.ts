import { type Kysely, sql } from 'kysely'
import type { Reason } from '../core/outcome.ts'
import type { PlannedSlice } from '../core/plan_run.ts'
import type { RunCounts, RunSlice, RunState, SliceState } from '../core/run.ts'
import type { SyncStanding } from '../core/standing.ts'
import type { Restatement } from '../core/warehouse.ts'
import { type Claim, claim, hold, LEASE_MS, type Lease, LeaseLostError } from './run_leases.ts'
import { findRun } from './runs.ts'
import type { Schema } from './schema.ts'
import type { State } from './state.ts'

/** A slice of a run and its place in the order. */
export interface PlacedSlice extends PlannedSlice {
  readonly position: number
  readonly state: SliceState
}

/** What reading a slice came to. */
export type SliceFigures = Omit<
  RunSlice,
  'run' | 'stream' | 'advertiserId' | 'days' | 'state' | 'startedAt' | 'endedAt' | 'reason'
>

export interface SliceEnd {
  readonly position: number
  readonly state: SliceState
  readonly reason: Reason | null
  readonly figures: SliceFigures
}

/** How a slice ended, and what the run has come to with it: written together. */
export interface Progress {
  readonly ends: readonly SliceEnd[]
  readonly counts: RunCounts
  readonly restated: readonly (Restatement & { readonly table: string; readonly advertiserId: string })[]
}

export interface RunEnd {
  readonly state: RunState
  readonly reason: Reason | null
  /** Subject of the pause after which the run goes on by itself; null when it is over. */
  readonly waitsFor: string | null
  readonly standing: SyncStanding | null
}

/** Runs as workers see them. Whatever takes a lease throws a LeaseLostError once another worker holds the sync. */
export interface RunWork {
  /** Takes the oldest run whose sync nobody runs, dead workers' runs included; null when there is none. */
  claim(owner: string, now: number): Promise<Claim | null>
  /** Holds the sync for another LEASE_MS. */
  renew(lease: Lease, now: number): Promise<void>
  /** Whether somebody wants it to end; costs a look. */
  isCancelled(lease: Lease, run: string): Promise<boolean>
  plan(lease: Lease, run: string, slices: readonly PlannedSlice[]): Promise<void>
  planned(run: string): Promise<readonly PlacedSlice[]>
  begin(lease: Lease, run: string, position: number, now: number): Promise<void>
  progress(lease: Lease, run: string, progress: Progress, now: number): Promise<void>
  /** Ends the run, and gives the sync free. */
  end(lease: Lease, run: string, end: RunEnd, now: number): Promise<void>
  /** Whether any worker has shown itself of late. */
  isAlive(now: number): Promise<boolean>
  /** A worker looks for work: it shows that it is there. */
  showAlive(now: number): Promise<void>
}

export function openRunWork(state: Pick<State, 'db' | 'rows'>): RunWork {
  const { db } = state
  /** Does something in one transaction that only the holder of the lease may do. */
  const held = <T>(lease: Lease, work: (step: Kysely<Schema>) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (step) => {
      await hold(step, lease)
      return work(step)
    })

  return {
    claim: (owner, now) => db.transaction().execute((step) => claim(step, owner, now)),
    async renew({ sync, fence }, now) {
      const leases = db.updateTable('run_leases').where('sync', '=', sync).where('fence', '=', fence)
      const renewed = await leases.set({ until: now + LEASE_MS }).executeTakeFirst()
      if (renewed.numUpdatedRows === 0n) throw new LeaseLostError(sync)
    },
    async isCancelled({ sync, fence }, run) {
      const row = await db
        .selectFrom('runs')
        .innerJoin('run_leases', 'run_leases.sync', 'runs.sync')
        .select('cancel_asked')
        .where('runs.id', '=', run)
        .where('fence', '=', fence)
        .executeTakeFirst()
      if (!row) throw new LeaseLostError(sync)
      return row.cancel_asked === 1
    },
    plan: (lease, run, slices) => held(lease, (step) => plan({ ...state, db: step }, run, slices)),
    planned: (run) => planned(db, run),
    begin: (lease, run, position, now) =>
      held(lease, async (step) => {
        const slices = step.updateTable('run_slices').where('run', '=', run).where('position', '=', position)
        await slices.set({ state: 'reading', started_at: now, ended_at: null, reason: null }).execute()
      }),
    progress: (lease, run, made, now) => held(lease, (step) => progress({ ...state, db: step }, lease, run, made, now)),
    end: (lease, run, end, now) => held(lease, (step) => endRun(step, lease, run, end, now)),
    async isAlive(now) {
      const row = await db.selectFrom('meta').select('value').where('key', '=', ALIVE).executeTakeFirst()
      return row !== undefined && now - Number(row.value) < LEASE_MS
    },
    async showAlive(now) {
      const row = { key: ALIVE, value: String(now) }
      await db
        .insertInto('meta')
        .values(row)
        .onConflict((on) => on.column('key').doUpdateSet(row))
        .execute()
    },
  }
}

const ALIVE = 'runs_worker_seen_at'

const COLUMNS = {
  position: 'bigint',
  stream: 'text',
  advertiser_id: 'text',
  day_from: 'text',
  day_to: 'text',
  is_final: 'bigint',
} as const

async function plan(
  { db, rows }: Pick<State, 'db' | 'rows'>,
  run: string,
  slices: readonly PlannedSlice[],
): Promise<void> {
  const records = slices.map(({ stream, advertiserId, days, isFinal }, position) => ({
    position,
    stream,
    advertiser_id: advertiserId,
    day_from: days?.from ?? null,
    day_to: days?.to ?? null,
    is_final: isFinal ? 1 : 0,
  }))
  await db.deleteFrom('run_slices').where('run', '=', run).execute()
  await sql`
    insert into run_slices (run, state, position, stream, advertiser_id, day_from, day_to, is_final)
    select ${run}, 'waiting', position, stream, advertiser_id, day_from, day_to, is_final
    from ${rows(JSON.stringify(records), COLUMNS)}
  `.execute(db)
  const { counts } = (await findRun(db, run))!
  const planned = JSON.stringify({ ...counts, slices: slices.length })
  await db.updateTable('runs').set({ is_planned: 1, counts: planned }).where('id', '=', run).execute()
}

async function planned(db: Kysely<Schema>, run: string): Promise<readonly PlacedSlice[]> {
  const rows = await db.selectFrom('run_slices').selectAll().where('run', '=', run).orderBy('position').execute()
  return rows.map(({ position, stream, advertiser_id, day_from, day_to, is_final, state }) => ({
    position,
    stream,
    advertiserId: advertiser_id,
    days: day_from === null || day_to === null ? null : { from: day_from, to: day_to },
    isFinal: is_final === 1,
    state,
  }))
}

async function progress(
  { db, rows }: Pick<State, 'db' | 'rows'>,
  { sync }: Lease,
  run: string,
  { ends, counts, restated }: Progress,
  now: number,
): Promise<void> {
  for (const { position, state, reason, figures } of ends) {
    const row = {
      state,
      ended_at: now,
      reason: reason && JSON.stringify(reason),
      figures: JSON.stringify(figures),
    }
    await db.updateTable('run_slices').set(row).where('run', '=', run).where('position', '=', position).execute()
  }
  await insertRestatements({ db, rows }, { sync, run, at: now }, restated)
  await db
    .updateTable('runs')
    .set({ counts: JSON.stringify(counts) })
    .where('id', '=', run)
    .execute()
}

const RESTATED = {
  table_name: 'text',
  advertiser_id: 'text',
  day: 'text',
  column_name: 'text',
  before: 'text',
  after: 'text',
  count: 'bigint',
} as const

async function insertRestatements(
  { db, rows }: Pick<State, 'db' | 'rows'>,
  { sync, run, at }: { readonly sync: string; readonly run: string; readonly at: number },
  restated: Progress['restated'],
): Promise<void> {
  if (restated.length === 0) return
  const records = restated.map(({ table, advertiserId, column, rows: count, day, before, after }) => {
    return { table_name: table, advertiser_id: advertiserId, day, column_name: column, before, after, count }
  })
  const table = rows(JSON.stringify(records), RESTATED)
  await sql`
    insert into restatements (sync, run, at, table_name, advertiser_id, day, column_name, before, after, rows)
    select ${sync}, ${run}, ${sql.lit(at)}, r.table_name, r.advertiser_id, r.day, r.column_name, r.before, r.after, r.count
    from ${table}
  `.execute(db)
}

async function endRun(db: Kysely<Schema>, { sync }: Lease, run: string, end: RunEnd, now: number): Promise<void> {
  const isOver = end.state !== 'interrupted'
  const reading = db.updateTable('run_slices').where('run', '=', run).where('state', '=', 'reading')
  await reading.set({ state: 'waiting', started_at: null }).execute()
  const reason = end.reason && JSON.stringify(end.reason)
  await db
    .updateTable('runs')
    .set({ state: end.state, reason, waits_for: end.waitsFor, ended_at: isOver ? now : null })
    .where('id', '=', run)
    .execute()
  if (end.standing !== null) {
    const { advertisers, streams } = end.standing
    const row = { sync, advertisers: JSON.stringify(advertisers), streams: JSON.stringify(streams), updated_at: now }
    await db
      .insertInto('sync_standings')
      .values(row)
      .onConflict((on) => on.column('sync').doUpdateSet(row))
      .execute()
  }
  await db.updateTable('run_leases').set({ until: 0 }).where('sync', '=', sync).execute()
}
