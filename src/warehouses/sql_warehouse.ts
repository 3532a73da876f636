import type { Table, Value } from '../core/table.ts'
import type { LoadedSlice, QueryResult, StoredTable, Warehouse } from '../core/warehouse.ts'
import { checkSteps } from './check.ts'
import { changeStatements, forgetSlices, schemaStatements } from './ddl.ts'
import { LOADED_SLICES } from './own_tables.ts'
import {
  type Cell,
  type Dialect,
  inTurn,
  qualified,
  type Session,
  type Stage,
  type StageColumn,
} from './sql_dialect.ts'
import { loadSlice } from './sql_load.ts'

/** What a database must be able to do; the rest of a Warehouse is the same for all of them. */
export interface Engine {
  readonly type: string
  readonly dialect: Dialect
  /** Runs `work` on a connection of its own. `doing` stands in errors. */
  use<T>(doing: string, work: (session: Session) => Promise<T>): Promise<T>
  openStage(schema: string, table: string, columns: readonly StageColumn[]): Promise<Stage>
  query(sql: string, params: readonly Value[]): Promise<QueryResult>
  close(): Promise<void>
}

/** A warehouse over a database that speaks SQL. */
export function sqlWarehouse(engine: Engine): Warehouse {
  const { dialect } = engine
  const describe = (schema: string, table: string | null = null) =>
    engine.use(`describe the schema ${schema}`, (session) => tablesOf(dialect, session, schema, table))
  const describeTable = async (schema: string, table: string) => (await describe(schema, table))[0] ?? null
  const ddl: Warehouse['ddl'] = (schema, change) => changeStatements(dialect, schema, change)

  return {
    type: engine.type,
    check: (schema) => checkSteps(engine, schema),
    describe: (schema) => describe(schema),
    ddl,
    change: (schema, changes) =>
      engine.use(`change the schema ${schema}`, (session) =>
        inTurn(dialect, session, schema, async () => {
          const standing = new Set((await tablesOf(dialect, session, schema)).map(({ name }) => name))
          const needed = changes.filter(({ kind, table }) => kind !== 'create_table' || !standing.has(table.name))
          const statements = [...schemaStatements(dialect, schema), ...needed.flatMap((change) => ddl(schema, change))]
          for (const statement of statements) await session.run(statement)
        }),
      ),
    load: (request) => loadSlice({ dialect, describeTable, openStage: engine.openStage }, request),
    loaded: (schema) =>
      engine.use('read what has been loaded', async (session) => {
        const [table] = await tablesOf(dialect, session, schema, LOADED_SLICES.name)
        return table ? readLoaded(dialect, session, schema) : []
      }),
    clear: (schema, table) =>
      engine.use(`clear ${table.name}`, (session) =>
        inTurn(dialect, session, `${schema}.${table.name}`, () => clear(dialect, session, schema, table)),
      ),
    query: (sql, params = []) => engine.query(sql, params),
    quote: (...names) => qualified(dialect, ...names),
    close: engine.close,
  }
}

async function clear(dialect: Dialect, session: Session, schema: string, table: Table): Promise<void> {
  for (const statement of dialect.enter(schema)) await session.run(statement)
  await session.run(dialect.deleteFrom(qualified(dialect, schema, table.name), 'true'))
  await session.run(forgetSlices(dialect, schema, table))
}

async function tablesOf(
  dialect: Dialect,
  session: Session,
  schema: string,
  only: string | null = null,
): Promise<readonly StoredTable[]> {
  const lines = await session.rows(dialect.describe(schema, only))
  return [...Map.groupBy(lines, ([table]) => table!)].map(([name, columns]) => {
    const key = columns
      .filter(([, , , place]) => place !== null)
      .sort((a, b) => Number(a[3]) - Number(b[3]))
      .map(([, column]) => column!)
    return {
      name,
      key: key.length > 0 ? key : null,
      columns: columns.map(([, column, native]) => ({
        name: column!,
        type: dialect.typeOf(native!),
        nativeType: native!,
      })),
    }
  })
}

/** What is remembered of slices, oldest first; the schema must be there. */
export const readLoaded = async (dialect: Dialect, session: Session, schema: string): Promise<readonly LoadedSlice[]> =>
  (await session.rows(selectLoaded(dialect, schema))).map(toLoadedSlice)

function selectLoaded(dialect: Dialect, schema: string): string {
  const [table, advertiser, from, to, run, at, rows] = LOADED_SLICES.columns.map(({ name }) => dialect.quote(name))
  const days = [from, to].map((day) => dialect.asText(day!))
  return `select ${table}, ${advertiser}, ${days.join(', ')}, ${run}, ${dialect.millis(at!)}, ${rows} from ${qualified(dialect, schema, LOADED_SLICES.name)} order by ${at}, ${table}, ${advertiser}, ${from}`
}

/** A line of what is remembered of slices: table, advertiser, first and last day, run, milliseconds, rows. */
export function toLoadedSlice([table, advertiserId, from, to, runId, at, rows]: readonly Cell[]): LoadedSlice {
  return {
    table: table!,
    advertiserId: advertiserId!,
    days: from && to ? { from, to } : null,
    runId: runId!,
    loadedAt: Number(at),
    rows: Number(rows),
  }
}
