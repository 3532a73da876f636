import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import { TerminalError } from '../core/errors.ts'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { duckdbTrouble } from './duckdb_errors.ts'
import type { DuckDbApi, DuckDbFile } from './duckdb_file.ts'
import { converter } from './duckdb_session.ts'
import { toCallError } from './sql_errors.ts'

/** The query starts when its first page is asked for, and holds the file until its last. */
export async function query(file: DuckDbFile, sql: string, params: readonly Value[]): Promise<QueryResult> {
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
