import type { Connection, FieldPacket } from 'mysql2'
import type { PoolConnection } from 'mysql2/promise'
import { TerminalError } from '../core/errors.ts'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { mysqlDialect } from './mysql_dialect.ts'
import { mysqlTrouble } from './mysql_errors.ts'
import type { Connect } from './mysql_session.ts'
import { mysqlTypeName, mysqlValue } from './mysql_values.ts'
import { toCallError } from './sql_errors.ts'
import { fillIn } from './sql_params.ts'

const READS = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(?:select|with|values|table|show|describe|explain)\b/i
const ROWS_PER_PAGE = 2000

/** Rows are taken from the server as they are asked for, inside a transaction that can only read. */
export async function query(connect: Connect, sql: string, params: readonly Value[]): Promise<QueryResult> {
  if (!READS.test(sql))
    throw new TerminalError(
      'warehouse.bad_query',
      'Cannot run the query: it does more than read; begin it with "select"',
    )
  const text = fillIn(sql, params, literal)
  const connection = await connect('run the query')
  try {
    await connection.query('start transaction read only')
    const plain = connection.connection as unknown as Connection
    const running = plain.query({ sql: text, rowsAsArray: true, typeCast: mysqlValue })
    const fields = Promise.withResolvers<readonly FieldPacket[]>()
    running.once('fields', (found: FieldPacket[]) => fields.resolve(found))
    running.once('error', fields.reject)
    const rows = running.stream({ highWaterMark: ROWS_PER_PAGE })
    rows.on('error', fields.reject)
    const columns = (await fields.promise).map(toColumn)
    return { columns, pages: pagesOf(connection, rows) }
  } catch (error) {
    connection.destroy()
    throw toCallError('run the query', error, mysqlTrouble)
  }
}

function literal(value: Value): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? mysqlDialect.text(value) : String(value)
}

async function* pagesOf(
  connection: PoolConnection,
  rows: AsyncIterable<readonly Value[]>,
): AsyncGenerator<readonly (readonly Value[])[]> {
  let isWhole = false
  try {
    let page: (readonly Value[])[] = []
    for await (const row of rows) {
      page.push(row)
      if (page.length < ROWS_PER_PAGE) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
    isWhole = true
  } catch (error) {
    throw toCallError('run the query', error, mysqlTrouble)
  } finally {
    // Rows that nobody took are still on their way; the connection goes with them.
    if (isWhole)
      await connection.query('rollback').then(
        () => connection.release(),
        () => connection.destroy(),
      )
    else connection.destroy()
  }
}

const toColumn = (field: FieldPacket): QueryColumn => {
  const nativeType = mysqlTypeName(field)
  return { name: field.name, type: mysqlDialect.typeOf(nativeType), nativeType }
}
