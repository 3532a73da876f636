import type { Kysely } from 'kysely'
import type { Run } from '../core/run.ts'
import { toRun, UNDER_WAY } from './runs.ts'
import type { Schema } from './schema.ts'

/** How long a worker may be silent before another may take its sync. */
export const LEASE_MS = 30_000

/** Leave to run one sync. Whoever takes it later has a higher fence, and then nothing is written under this one any more. */
export interface Lease {
  readonly sync: string
  readonly fence: number
}

/** A run that a worker has taken. */
export interface Claim {
  readonly run: Run
  readonly lease: Lease
  /** Its slices stand; it is gone on with. */
  readonly isPlanned: boolean
}

/** Another worker runs the sync by now; nothing may be written any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'

  constructor(sync: string) {
    super(`Cannot go on with ${sync}: another worker has taken it over`)
  }
}

/** Makes sure that the lease is ours, and stays so until the transaction ends. */
export async function hold(db: Kysely<Schema>, { sync, fence }: Lease): Promise<void> {
  const leases = db.updateTable('run_leases').where('sync', '=', sync).where('fence', '=', fence)
  const held = await leases.set({ fence }).executeTakeFirst()
  if (held.numUpdatedRows === 0n) throw new LeaseLostError(sync)
}

/** Takes the oldest run whose sync nobody runs; within one transaction. */
export async function claim(db: Kysely<Schema>, owner: string, now: number): Promise<Claim | null> {
  if (!(await mayHaveWork(db))) return null
  const taken = db.selectFrom('run_leases').select('sync').where('until', '>', now)
  await db
    .updateTable('runs')
    .set({ state: 'interrupted' })
    .where('state', '=', 'running')
    .where('sync', 'not in', taken)
    .execute()
  await wakeResumed(db)
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where('state', 'in', WAITING)
    .where('sync', 'not in', taken)
    .orderBy('id')
    .execute()
  // Oldest first, one a sync; another worker may take any of them between our look and our lease.
  for (const row of new Map(rows.toReversed().map((row) => [row.sync, row])).values().toArray().toReversed()) {
    const lease = await takeLease(db, row.sync, owner, now)
    if (lease === null) continue
    const startedAt = row.started_at ?? now
    const started = await db
      .updateTable('runs')
      .set({ state: 'running', started_at: startedAt, ended_at: null, reason: null, waits_for: null })
      .where('id', '=', row.id)
      .where('state', 'in', WAITING)
      .executeTakeFirst()
    if (started.numUpdatedRows > 0n) {
      const run = { ...toRun(row), state: 'running', startedAt, reason: null } as const
      return { run, lease, isPlanned: row.is_planned === 1 }
    }
    await db.updateTable('run_leases').set({ until: 0 }).where('sync', '=', row.sync).execute()
  }
  return null
}

/** Workers look every second, mostly for nothing. */
async function mayHaveWork(db: Kysely<Schema>): Promise<boolean> {
  const any = await db
    .selectFrom('runs')
    .select('id')
    .where((of) => of.or([of('state', 'in', UNDER_WAY), of('waits_for', 'is not', null)]))
    .executeTakeFirst()
  return any !== undefined
}

const WAITING = ['queued', 'interrupted'] as const

/** Runs that failed for want of a person go on when nothing is paused any more; a newer run makes them pointless. */
async function wakeResumed(db: Kysely<Schema>): Promise<void> {
  const waiting = await db
    .selectFrom('runs')
    .select(['id', 'sync', 'waits_for'])
    .where('waits_for', 'is not', null)
    .execute()
  for (const { id, sync, waits_for } of waiting) {
    const newer = await db
      .selectFrom('runs')
      .select('id')
      .where('sync', '=', sync)
      .where('id', '>', id)
      .executeTakeFirst()
    const paused = await db.selectFrom('pauses').select('since').where('subject', '=', waits_for!).executeTakeFirst()
    const runs = db.updateTable('runs').where('id', '=', id)
    if (newer) await runs.set({ waits_for: null }).execute()
    else if (!paused) await runs.set({ waits_for: null, state: 'interrupted', ended_at: null }).execute()
  }
}

async function takeLease(db: Kysely<Schema>, sync: string, owner: string, now: number): Promise<Lease | null> {
  const until = now + LEASE_MS
  const row = await db
    .insertInto('run_leases')
    .values({ sync, fence: 1, owner, until })
    .onConflict((on) =>
      on
        .column('sync')
        .doUpdateSet((of) => ({ fence: of('run_leases.fence', '+', 1), owner, until }))
        .where('run_leases.until', '<=', now),
    )
    .returning('fence')
    .executeTakeFirst()
  return row ? { sync, fence: row.fence } : null
}
