import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { TerminalError } from '../core/errors.ts'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { duckdbTrouble } from './duckdb_errors.ts'
import type { DuckDbApi, DuckDbFile } from './duckdb_file.ts'
import { cellWriter, toValue } from './duckdb_values.ts'
import {
  type Cell,
  inTransaction,
  keepLastOfEachKey,
  qualified,
  type Session,
  type Stage,
  type StageColumn,
} from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'
import type { Engine } from './sql_warehouse.ts'

/** The engine over one DuckDB, on disk or in memory. `file` gives the same one at every call. */
export function duckdbEngine(file: () => Promise<DuckDbFile>): Engine {
  return {
    type: 'duckdb',
    dialect: duckdbDialect,
    use: async (doing, work) => {
      const { api, write } = await file()
      return write((connection) => work(sessionOn(api, connection, doing)))
    },
    openStage: async (schema, table, columns) => openStage(await file(), `${schema}.${table}`, columns),
    query: async (sql, params) => query(await file(), sql, params),
    close: async () => (await file()).close(),
  }
}

function sessionOn(api: DuckDbApi, connection: DuckDBConnection, doing: string): Session {
  const tell = (error: unknown) => {
    throw toCallError(doing, error, duckdbTrouble)
  }
  return {
    run: (sql) => connection.run(sql).then(() => {}, tell),
    rows: (sql) =>
      connection.runAndReadAll(sql).then((reader) => reader.convertRows<Value>(converter(api)).map(toCells), tell),
  }
}

const toCells = (row: readonly (Value | null)[]): readonly Cell[] =>
  row.map((value) => (value === null ? null : typeof value === 'boolean' ? String(Number(value)) : String(value)))

const converter =
  (api: DuckDbApi) =>
  (value: Parameters<typeof toValue>[1], type: Parameters<typeof toValue>[2]): Value =>
    toValue(api, value, type)

let stages = 0

/** Rows wait in memory, in columns of their own types: DuckDB parses text more slowly than we do. */
async function openStage(file: DuckDbFile, name: string, columns: readonly StageColumn[]): Promise<Stage> {
  const { api } = file
  const { quote, typeName } = duckdbDialect
  const bare = `stage_${++stages}`
  const table = qualified(duckdbDialect, 'memory', 'main', bare)
  const connection = await file.connectMemory()
  const memory = sessionOn(api, connection, `stage rows of ${name}`)
  const writers = columns.map(({ type }) => cellWriter(api, type))
  const numbered = [...writers.map(({ type }) => type), api.BIGINT]
  const types = columns.map(
    (column) => `${quote(column.name)} ${typeName(column.type === 'json' ? 'text' : column.type)}`,
  )
  await memory.run(`create table ${table} (${[...types, '_n BIGINT'].join(', ')})`)
  const appender = await connection.createAppender(bare, 'main', 'memory')
  let count = 0

  function append(rows: readonly (readonly Cell[])[]): void {
    const chunk = api.DuckDBDataChunk.create(numbered, rows.length)
    writers.forEach(({ write }, i) => {
      chunk.setColumnValues(
        i,
        rows.map((row) => write(row[i]!)),
      )
    })
    chunk.setColumnValues(
      writers.length,
      rows.map(() => BigInt(count++)),
    )
    appender.appendDataChunk(chunk)
  }

  return {
    table,
    async append(rows) {
      for (let i = 0; i < rows.length; i += ROWS_PER_CHUNK) append(rows.slice(i, i + ROWS_PER_CHUNK))
    },
    async apply(work) {
      appender.flushSync()
      await keepLastOfEachKey(duckdbDialect, memory, table, columns)
      return file.write((inFile) => inTransaction(sessionOn(api, inFile, `load ${name}`), work))
    },
    async close() {
      appender.closeSync()
      await memory.run(`drop table ${table}`)
      connection.closeSync()
    },
  }
}

const ROWS_PER_CHUNK = 2048 // most that a vector of DuckDB holds

/** The query starts when its first page is asked for, and holds the file until its last. */
async function query(file: DuckDbFile, sql: string, params: readonly Value[]): Promise<QueryResult> {
  const columns = await file
    .use((connection) =>
      reading(connection, async () => columnsOf(await prepareReading(file.api, connection, sql, params))),
    )
    .catch(tellQuery)
  return { columns, pages: pagesOf(file, sql, params) }
}

const tellQuery = (error: unknown): never => {
  throw toCallError('run the query', error, duckdbTrouble)
}

async function* pagesOf(
  file: DuckDbFile,
  sql: string,
  params: readonly Value[],
): AsyncGenerator<readonly (readonly Value[])[]> {
  const ended = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<DuckDBConnection>()
  const use = file.use((connection) =>
    reading(connection, () => {
      opened.resolve(connection)
      return ended.promise
    }),
  )
  use.catch(opened.reject)
  try {
    const connection = await opened.promise
    const statement = await prepareReading(file.api, connection, sql, params)
    const result = await statement.stream()
    for await (const rows of result.yieldConvertedRows<Value>(converter(file.api))) yield rows
  } catch (error) {
    tellQuery(error)
  } finally {
    ended.resolve()
    await use.catch(() => {})
  }
}

/** Its end lets go of answers that nobody read to their end; they would hold their memory for as long as they are known. */
async function reading<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin transaction read only')
  try {
    return await work()
  } finally {
    await connection.run('rollback').catch(() => {})
  }
}

async function prepareReading(
  api: DuckDbApi,
  connection: DuckDBConnection,
  sql: string,
  params: readonly Value[],
): Promise<DuckDBPreparedStatement> {
  const statement = await connection.prepare(sql)
  if (statement.statementType !== api.StatementType.SELECT)
    throw new TerminalError(
      'warehouse.bad_query',
      'Cannot run the query: it does more than read; begin it with "select"',
    )
  statement.bind([...params])
  return statement
}

/** Where types hang on what the parameters are, only an answer tells them. */
async function columnsOf(statement: DuckDBPreparedStatement): Promise<readonly QueryColumn[]> {
  const told = statement.parameterCount > 0 ? await statement.stream() : statement
  return Array.from({ length: told.columnCount }, (_, i) => {
    const type = told.columnType(i)
    const nativeType = type.alias ?? String(type)
    return { name: told.columnName(i), type: duckdbDialect.typeOf(nativeType), nativeType }
  })
}
