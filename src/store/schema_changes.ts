import { hash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { Decision, SchemaPolicy } from '../core/schema_policy.ts'
import type { SchemaChange } from '../core/warehouse.ts'
import type { Schema, SchemaChangeRow } from './schema.ts'
import type { State } from './state.ts'

export type PersonsDecision = 'accept' | 'ignore' | 'pause'

/** A difference between a table of ours and its contract that a run met. */
export interface StoredSchemaChange {
  readonly id: string
  readonly sync: string
  readonly table: string
  readonly change: SchemaChange
  readonly policy: SchemaPolicy
  /** What the policy said: `ask` and `pause` wait for a person. */
  readonly byPolicy: Decision
  readonly ddl: readonly string[]
  /** Values that would have gone there, at most three. */
  readonly samples: readonly string[]
  readonly detectedAt: number
  /** What a person said; null while nobody has. */
  readonly decision: PersonsDecision | null
  readonly decidedBy: string | null
  readonly decidedAt: number | null
}

export type NewSchemaChange = Omit<StoredSchemaChange, 'id' | 'decision' | 'decidedBy' | 'decidedAt'>

export interface SchemaChanges {
  /** `isOpen`: only those that wait for a person. Newest first. */
  list(filter: { readonly sync?: string; readonly isOpen?: boolean }): Promise<readonly StoredSchemaChange[]>
  get(id: string): Promise<StoredSchemaChange | null>
  /** Writes down what is new; what a run has met before keeps its time and its decision. */
  record(changes: readonly NewSchemaChange[]): Promise<void>
  /**
   * What a person says of it; the next run acts on it. Also resumes the sync when it was paused for such changes and none
   * of them waits any longer, and pauses it when the person says so. Null when there is no such change.
   */
  decide(
    id: string,
    decision: PersonsDecision,
    by: { readonly who: string; readonly now: number },
  ): Promise<StoredSchemaChange | null>
  /** Forgets what nobody has decided or done and is not among these: what stood in the way is gone. */
  settle(sync: string, remaining: readonly SchemaChange[]): Promise<void>
}

/** Why a sync is paused that waits for a decision about a table. */
export const SCHEMA_PAUSE = 'schema.waits'

export function openSchemaChanges({ db }: Pick<State, 'db'>): SchemaChanges {
  return {
    async list({ sync, isOpen }) {
      let rows = db.selectFrom('schema_changes').selectAll().orderBy('detected_at', 'desc').orderBy('id')
      if (sync !== undefined) rows = rows.where('sync', '=', sync)
      if (isOpen) rows = rows.where('decision', 'is', null).where('decided_by_policy', 'in', ['ask', 'pause'])
      return (await rows.execute()).map(toChange)
    },
    get: (id) => find(db, id),
    record: (changes) => db.transaction().execute((step) => record(step, changes)),
    decide: (id, decision, by) => db.transaction().execute((step) => decideOne(step, id, decision, by)),
    async settle(sync, remaining) {
      const kept = remaining.map(fingerprintOf)
      let gone = db
        .deleteFrom('schema_changes')
        .where('sync', '=', sync)
        .where('decision', 'is', null)
        .where('decided_by_policy', 'not in', ['apply', 'variant'])
      if (kept.length > 0) gone = gone.where('fingerprint', 'not in', kept)
      await gone.execute()
    },
  }
}

async function record(db: Kysely<Schema>, changes: readonly NewSchemaChange[]): Promise<void> {
  for (const change of changes) {
    const fingerprint = fingerprintOf(change.change)
    const row = {
      id: hash('sha256', `${change.sync}\n${fingerprint}`).slice(0, 24),
      sync: change.sync,
      fingerprint,
      table_name: change.table,
      change: JSON.stringify(change.change),
      decided_by_policy: change.byPolicy,
      policy: change.policy,
      ddl: JSON.stringify(change.ddl),
      samples: JSON.stringify(change.samples),
      detected_at: change.detectedAt,
      decision: null,
      decided_by: null,
      decided_at: null,
    }
    const { policy, ddl, samples, decided_by_policy } = row
    await db
      .insertInto('schema_changes')
      .values(row)
      .onConflict((on) => on.columns(['sync', 'fingerprint']).doUpdateSet({ policy, ddl, samples, decided_by_policy }))
      .execute()
  }
}

async function decideOne(
  db: Kysely<Schema>,
  id: string,
  decision: PersonsDecision,
  { who, now }: { readonly who: string; readonly now: number },
): Promise<StoredSchemaChange | null> {
  const before = await find(db, id)
  if (before === null) return null
  const set = { decision, decided_by: who, decided_at: now }
  await db.updateTable('schema_changes').set(set).where('id', '=', id).execute()
  const subject = `sync/${before.sync}`
  if (decision === 'pause') {
    const message = `Paused by ${who} because of a change of ${before.table}`
    const pause = { subject, since: now, code: SCHEMA_PAUSE, message }
    await db
      .insertInto('pauses')
      .values(pause)
      .onConflict((on) => on.column('subject').doNothing())
      .execute()
  } else if (!(await isHeldUp(db, before.sync))) {
    await db.deleteFrom('pauses').where('subject', '=', subject).where('code', '=', SCHEMA_PAUSE).execute()
  }
  return find(db, id)
}

/** Whether a change still keeps the sync from running. */
async function isHeldUp(db: Kysely<Schema>, sync: string): Promise<boolean> {
  const rows = await db.selectFrom('schema_changes').selectAll().where('sync', '=', sync).execute()
  return rows.some((row) => row.decision === 'pause' || (row.decision === null && row.decided_by_policy === 'pause'))
}

async function find(db: Kysely<Schema>, id: string): Promise<StoredSchemaChange | null> {
  const row = await db.selectFrom('schema_changes').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toChange(row) : null
}

/** Two changes with the same text are the same one: what stands in the warehouse and what the contract wants. */
export function fingerprintOf(change: SchemaChange): string {
  const { name, key } = change.table
  switch (change.kind) {
    case 'create_table':
      return `${change.kind} ${name}`
    case 'add_column':
      return `${change.kind} ${name}.${change.column.name} ${change.column.type}`
    case 'retire_column':
      return `${change.kind} ${name}.${change.column.name}`
    case 'widen_column':
    case 'retype_column':
      return `${change.kind} ${name}.${change.column.name} ${change.from.nativeType} ${change.column.type}`
    case 'change_key':
      return `${change.kind} ${name} ${change.from.join(',')} ${key.join(',')}`
  }
}

function toChange(row: Selectable<SchemaChangeRow>): StoredSchemaChange {
  return {
    id: row.id,
    sync: row.sync,
    table: row.table_name,
    change: JSON.parse(row.change) as SchemaChange,
    policy: row.policy as SchemaPolicy,
    byPolicy: row.decided_by_policy as Decision,
    ddl: JSON.parse(row.ddl) as string[],
    samples: JSON.parse(row.samples) as string[],
    detectedAt: row.detected_at,
    decision: row.decision as PersonsDecision | null,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  }
}
