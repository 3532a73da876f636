import { auditColumns } from '../../core/audit_columns.ts'
import { compareSchema } from '../../core/compare_schema.ts'
import { type Fit, fitTable } from '../../core/fit_table.ts'
import type { Reason } from '../../core/outcome.ts'
import { type Decision, decide, type SchemaPolicy } from '../../core/schema_policy.ts'
import type { Table } from '../../core/table.ts'
import type { SchemaChange, Warehouse } from '../../core/warehouse.ts'
import { fingerprintOf, type SchemaChanges, type StoredSchemaChange } from '../../store/schema_changes.ts'

export interface SchemaParts {
  readonly sync: string
  readonly schema: string
  readonly policy: SchemaPolicy
  /** Streams that a person named one by one; null when the sync takes the usual ones. */
  readonly named: ReadonlySet<string> | null
  readonly tables: readonly Table[]
  readonly warehouse: Warehouse
  readonly schemaChanges: SchemaChanges
  readonly now: () => number
}

/** Tables as they can be loaded now. */
export interface SettledSchema {
  /** By stream. */
  readonly fits: ReadonlyMap<string, Fit>
  /** Streams that have to wait, and why. */
  readonly held: ReadonlyMap<string, Reason>
  /** Why nothing may run before a person has decided; null when it may. */
  readonly pause: Reason | null
}

interface Settled {
  readonly change: SchemaChange
  readonly decision: Decision
  /** By a person, or as part of what a person asked for: nothing to tell. */
  readonly isSilent: boolean
}

/**
 * Compares the tables with their contracts, does what the policy or a person allows, and writes down the rest for review.
 * Throws a CallError of the warehouse.
 */
export async function settleSchema(parts: SchemaParts): Promise<SettledSchema> {
  const { sync, schema, warehouse, tables, schemaChanges } = parts
  const before = await warehouse.describe(schema)
  const changes = compareSchema(before, tables)
  const known = new Map((await schemaChanges.list({ sync })).map((one) => [fingerprintOf(one.change), one]))
  const isFirst = !before.some(({ name }) => tables.some((table) => table.name === name))
  const settled = changes.map((change) => settle(change, known.get(fingerprintOf(change)) ?? null, isFirst, parts))
  const told = settled.filter(({ isSilent }) => !isSilent)
  await schemaChanges.settle(
    sync,
    told.map(({ change }) => change),
  )
  await schemaChanges.record(told.map((one) => toRecord(one, parts)))

  const pausing = settled.find(({ decision }) => decision === 'pause')
  if (pausing) return { fits: new Map(), held: new Map(), pause: pauseReason(pausing.change) }
  const due = settled.filter(({ decision }) => decision === 'apply' || decision === 'variant')
  if (due.length > 0)
    await warehouse.change(
      schema,
      due.map(({ change }) => change),
    )
  const after = due.length > 0 ? await warehouse.describe(schema) : before
  const stored = new Map(after.map((table) => [table.name, table]))
  const wrongKey = new Set(
    settled.flatMap(({ change, decision }) =>
      change.kind === 'change_key' && decision !== 'apply' ? [change.table.name] : [],
    ),
  )
  const fitting = tables.filter(({ name }) => stored.has(name) && !wrongKey.has(name))
  const isFitting = new Set(fitting.map(({ name }) => name))
  return {
    fits: new Map(fitting.map((table) => [table.name, fitTable(stored.get(table.name)!, table)])),
    held: new Map(
      tables.filter(({ name }) => !isFitting.has(name)).map(({ name }) => [name, heldReason(name, settled)]),
    ),
    pause: null,
  }
}

function settle(
  change: SchemaChange,
  known: StoredSchemaChange | null,
  isFirst: boolean,
  { policy, named }: SchemaParts,
): Settled {
  if (isOurs(change) || isAskedFor(change, named, isFirst)) return { change, decision: 'apply', isSilent: true }
  const decision = decide(change, policy)
  switch (known?.decision) {
    case 'accept':
      return { change, decision: 'apply', isSilent: true }
    case 'ignore':
      return { change, decision: 'ignore', isSilent: true }
    case 'pause':
      return { change, decision: 'pause', isSilent: true }
    default:
      return { change, decision, isSilent: false }
  }
}

/** Columns of our own never wait: without them nothing can be loaded. */
function isOurs(change: SchemaChange): boolean {
  if (change.kind !== 'add_column' && change.kind !== 'widen_column') return false
  return auditColumns(change.table.mode).some(({ name }) => name === change.column.name)
}

/** Tables of the first run, of streams that were named, and of reports that a person made are what was asked for. */
function isAskedFor({ kind, table }: SchemaChange, named: SchemaParts['named'], isFirst: boolean): boolean {
  return kind === 'create_table' && (isFirst || table.group === 'custom' || (named?.has(table.name) ?? false))
}

function toRecord({ change, decision }: Settled, { sync, policy, schema, warehouse, now }: SchemaParts) {
  const ddl = warehouse.ddl(schema, change)
  return { sync, table: change.table.name, change, policy, byPolicy: decision, ddl, samples: [], detectedAt: now() }
}

/** A change in a few words, such as `the key of ad_report_daily`. */
function describeChange(change: SchemaChange): string {
  const { name } = change.table
  switch (change.kind) {
    case 'create_table':
      return `the new table ${name}`
    case 'add_column':
      return `the new column ${name}.${change.column.name}`
    case 'retire_column':
      return `the column ${name}.${change.column.name}, which nothing fills any more`
    case 'widen_column':
    case 'retype_column':
      return `the type of ${name}.${change.column.name}`
    case 'change_key':
      return `the key of ${name}`
  }
}

const REMEDY = 'Accept or ignore it in the console, under schema changes'

const pauseReason = (change: SchemaChange): Reason => ({
  code: 'schema.waits',
  message: `Paused until somebody decides about ${describeChange(change)}`,
  remedy: REMEDY,
})

function heldReason(table: string, settled: readonly Settled[]): Reason {
  const why = settled.find(
    ({ change }) => change.table.name === table && (change.kind === 'create_table' || change.kind === 'change_key'),
  )
  if (why?.decision === 'ask') {
    return { code: 'schema.waits', message: `Waits for a decision about ${describeChange(why.change)}`, remedy: REMEDY }
  }
  return {
    code: 'schema.held_back',
    message: `${table} is left out: ${why ? describeChange(why.change) : 'its table'} was not accepted`,
  }
}
