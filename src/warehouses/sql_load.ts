import { keepsWhatWent } from '../core/audit_columns.ts'
import {
  EmptySliceError,
  type LoadRequest,
  type LoadResult,
  type Restatement,
  type StoredTable,
} from '../core/warehouse.ts'
import { decimalOf, textOfUnits, unitsOf } from './decimals.ts'
import { type LoadPlan, planLoad } from './load_plan.ts'
import * as sql from './load_sql.ts'
import { rowCells } from './row_cells.ts'
import type { Cell, Dialect, Session, Stage, StageColumn } from './sql_dialect.ts'

/** What a load needs of a database. */
export interface LoadEngine {
  readonly dialect: Dialect
  /** A table as it stands; null when it does not. */
  describeTable(schema: string, table: string): Promise<StoredTable | null>
  /** A place for rows of `schema.table` beside the table. */
  openStage(schema: string, table: string, columns: readonly StageColumn[]): Promise<Stage>
}

/**
 * Replaces one slice: stages all its rows, then does everything in one transaction. Whatever breaks before its commit
 * leaves everything as it was.
 */
export async function loadSlice(engine: LoadEngine, request: LoadRequest): Promise<LoadResult> {
  const { schema, table } = request
  const plan = planLoad(engine.dialect, await engine.describeTable(schema, table.name), request)
  const stage = await engine.openStage(schema, table.name, plan.stage)
  try {
    const cellsOf = rowCells(table.name, plan.columns)
    for await (const rows of request.pages) await stage.append(rows.map(cellsOf))
    return await stage.apply((session) => replaceSlice(session, plan, stage.table))
  } finally {
    await stage.close()
  }
}

async function replaceSlice(session: Session, plan: LoadPlan, stage: string): Promise<LoadResult> {
  const [read, standing, differing] = await numbersOf(session, sql.countComing(plan, stage))
  const counts = { read: read!, added: read! - standing!, differing: differing! }
  if (counts.read === 0 && !plan.request.acceptsEmpty) await refuseLossOfSpend(session, plan)
  const result = keepsWhatWent(plan.request.table.mode)
    ? await replaceMarking(session, plan, stage, counts)
    : await replaceRemoving(session, plan, stage, counts)
  await session.run(sql.forgetSlice(plan))
  await session.run(sql.rememberSlice(plan, counts.read))
  return result
}

interface Counts {
  readonly read: number
  readonly added: number
  /** Rows that stand there with other values. */
  readonly differing: number
}

/** Windows and snapshots: what did not come back goes. */
async function replaceRemoving(session: Session, plan: LoadPlan, stage: string, counts: Counts): Promise<LoadResult> {
  const { read, added, differing } = counts
  const [removed] = await numbersOf(session, sql.countGone(plan, stage))
  const restated = await restatements(session, plan, stage, { changed: differing > 0, gone: removed! > 0 })
  if (removed! > 0) {
    await session.run(sql.keepGone(plan, stage))
    await session.run(sql.removeGone(plan, stage))
  }
  if (differing > 0) await session.run(sql.updateChanged(plan, stage))
  if (added < read) await session.run(sql.markFinal(plan))
  if (added > 0) await session.run(sql.insertNew(plan, stage, added < read))
  if (restated.length > 0) await session.run(sql.rememberRestatements(plan, restated))
  return { read, added, changed: differing, same: read - added - differing, removed: removed!, restated }
}

/** Upserts and histories: what did not come back stays and is marked. */
async function replaceMarking(session: Session, plan: LoadPlan, stage: string, counts: Counts): Promise<LoadResult> {
  const { read, added, differing } = counts
  const [returned] = await numbersOf(session, sql.countReturned(plan, stage))
  if (added > 0) await session.run(sql.insertNew(plan, stage, added < read))
  if (differing > 0) await session.run(sql.updateChanged(plan, stage))
  if (returned! > 0) await session.run(sql.unmarkReturned(plan, stage))
  // Of a history an older version may come back than the one that was marked.
  await session.run(sql.markDeleted(plan, stage, false))
  const [removed] = await numbersOf(session, sql.countNewlyGone(plan, stage))
  if (removed! > 0) await session.run(sql.markDeleted(plan, stage, true))
  const changed = differing + returned!
  return { read, added, changed, same: read - added - changed, removed: removed!, restated: [] }
}

/** Lost permission looks just like an advertiser that spent nothing. */
async function refuseLossOfSpend(session: Session, plan: LoadPlan): Promise<void> {
  const { table, advertiserId } = plan.request
  const index = table.columns.findIndex(({ name }) => name === 'spend')
  const spend = plan.columns.find((column) => column.index === index && column.type !== 'text')
  if (!spend) return
  const [line] = await session.rows(sql.spendOfScope(plan, spend.name))
  const stored = decimalOf(line?.[1] ?? '0') ?? '0'
  if (unitsOf(stored) > 0n) throw new EmptySliceError(table.name, advertiserId, Number(line![0]), stored)
}

const FIGURES_PER_QUESTION = 300 // PostgreSQL gives 1,664 columns at most; each figure is three

async function restatements(
  session: Session,
  plan: LoadPlan,
  stage: string,
  what: { readonly changed: boolean; readonly gone: boolean },
): Promise<readonly Restatement[]> {
  const sums = new Map<string, Restatement>()
  for (let i = 0; i < plan.sums.length; i += FIGURES_PER_QUESTION) {
    const columns = plan.sums.slice(i, i + FIGURES_PER_QUESTION)
    const lines = [
      ...(what.changed ? await session.rows(sql.sumsOfChanged(plan, stage, columns)) : []),
      ...(what.gone ? await session.rows(sql.sumsOfGone(plan, stage, columns)) : []),
    ]
    for (const restatement of lines.flatMap((line) => restatementsOf(columns, line))) {
      const place = `${restatement.day} ${restatement.column}`
      const known = sums.get(place)
      sums.set(place, known ? together(known, restatement) : restatement)
    }
  }
  return [...sums.values()].sort((a, b) => compare(a.day ?? '', b.day ?? '') || compare(a.column, b.column))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function restatementsOf(columns: readonly string[], [day = null, ...cells]: readonly Cell[]): readonly Restatement[] {
  return columns.flatMap((column, i) => {
    const [before, after, rows] = cells.slice(i * 3, i * 3 + 3)
    if (Number(rows) === 0) return []
    return [{ day, column, before: exact(before), after: exact(after), rows: Number(rows) }]
  })
}

/** A sum has more digits than any of its figures. */
function exact(sum: Cell | undefined): string {
  const text = sum ?? '0'
  return SUM_OF_DECIMALS.test(text) ? textOfUnits(unitsOf(text)) : (decimalOf(text) ?? text)
}

const SUM_OF_DECIMALS = /^-?\d+(?:\.\d{1,6})?$/

const together = (a: Restatement, b: Restatement): Restatement => ({
  ...a,
  before: textOfUnits(unitsOf(a.before) + unitsOf(b.before)),
  after: textOfUnits(unitsOf(a.after) + unitsOf(b.after)),
  rows: a.rows + b.rows,
})

async function numbersOf(session: Session, question: string): Promise<readonly number[]> {
  const [line] = await session.rows(question)
  return (line ?? []).map(Number)
}
