import { createHash } from 'node:crypto'
import type { Connection, FieldPacket, TypeCastField } from 'mysql2'
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise'
import { TerminalError } from '../core/errors.ts'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { mysqlDialect } from './mysql_dialect.ts'
import { mysqlTrouble } from './mysql_errors.ts'
import { mysqlTypeName, mysqlValue } from './mysql_values.ts'
import { type Cell, inTransaction, qualified, type Session, type Stage, type StageColumn } from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'
import { fillIn } from './sql_params.ts'
import type { Engine } from './sql_warehouse.ts'

const CONNECT_MS = 10_000
const CONNECTIONS_MAX = 8

// The statements we write hold in these modes only: backslashes escape, and no value is bent until it fits. Without gap
// locks two loads do not wait for each other's rows.
const SESSION = `set session time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', transaction_isolation = 'READ-COMMITTED'`
const SESSION_OF_MARIADB = SESSION.replace('transaction_isolation', 'tx_isolation')

type Connect = (doing: string) => Promise<PoolConnection>

/** The engine over one MySQL or MariaDB server; `url` is its address with user and password. */
export function mysqlEngine(url: string): Engine {
  let pool: Promise<Pool> | null = null
  const prepared = new WeakSet<object>()
  const connect: Connect = async (doing) => {
    pool ??= openPool(url)
    try {
      const connection = await (await pool).getConnection()
      if (!prepared.has(connection.connection)) {
        await connection.query(SESSION_OF_MARIADB).catch(() => connection.query(SESSION))
        prepared.add(connection.connection)
      }
      return connection
    } catch (error) {
      throw toCallError(doing, error, mysqlTrouble)
    }
  }
  return {
    type: 'mysql',
    dialect: mysqlDialect,
    async use(doing, work) {
      const connection = await connect(doing)
      try {
        const result = await work(sessionOn(connection, doing))
        connection.release()
        return result
      } catch (error) {
        // Nobody knows what is still open on it.
        connection.destroy()
        throw error
      }
    },
    openStage: (schema, table, columns) => openStage(connect, schema, table, columns),
    query: (sql, params) => query(connect, sql, params),
    async close() {
      const opened = await pool
      pool = null
      await opened?.end()
    },
  }
}

async function openPool(url: string): Promise<Pool> {
  const mysql = await import('mysql2/promise')
  return mysql.createPool({
    uri: url,
    connectionLimit: CONNECTIONS_MAX,
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    rowsAsArray: true,
  })
}

const asText = (field: TypeCastField): Cell => field.string('utf8')

function sessionOn(connection: PoolConnection, doing: string): Session {
  const ask = async (sql: string) => {
    try {
      return await connection.query<RowDataPacket[]>({ sql, typeCast: asText })
    } catch (error) {
      throw toCallError(doing, error, mysqlTrouble)
    }
  }
  return {
    run: async (sql) => {
      await ask(sql)
    },
    rows: async (sql) => (await ask(sql))[0] as unknown as readonly (readonly Cell[])[],
  }
}

const STATEMENT_BYTES = 1 << 20 // 16 MB is the least that servers take by default
let stages = 0

/**
 * Rows wait in a temporary table of one connection, whose key keeps the last of equal ones. They come in long statements:
 * LOAD DATA is faster, but most servers refuse it from a client, and it bends values that do not fit.
 */
async function openStage(
  connect: Connect,
  schema: string,
  name: string,
  columns: readonly StageColumn[],
): Promise<Stage> {
  const { quote, typeName, keyTextName, tableEnd } = mysqlDialect
  const doing = `load ${schema}.${name}`
  const table = qualified(mysqlDialect, schema, `backbeat_stage_${++stages}`)
  const key = columns.filter(({ isKey }) => isKey)
  const texts = key.filter(({ type }) => type === 'text').length
  const types = columns.map(
    ({ name: column, type, isKey }) =>
      `${quote(column)} ${isKey && type === 'text' ? keyTextName(texts) : typeName(type)}`,
  )
  let connection: PoolConnection | null = null
  let waiting: string[] = []
  let bytes = 0

  async function staged(): Promise<Session> {
    if (connection) return sessionOn(connection, doing)
    connection = await connect(doing)
    const session = sessionOn(connection, doing)
    await session.run(
      `create temporary table ${table} (${types.join(', ')}${tableEnd(
        key.map((one) => one.name),
        [],
      )}`,
    )
    return session
  }

  async function flush(): Promise<void> {
    const session = await staged()
    if (waiting.length === 0) return
    const sql = `replace into ${table} values ${waiting.join(',')}`
    waiting = []
    bytes = 0
    await session.run(sql)
  }

  return {
    table,
    async append(rows) {
      for (const row of rows) {
        const line = valuesOf(columns, row)
        waiting.push(line)
        bytes += line.length
        if (bytes > STATEMENT_BYTES) await flush()
      }
    },
    async apply(work) {
      await flush()
      const session = await staged()
      const lock = mysqlDialect.text(lockName(schema, name))
      for (const statement of mysqlDialect.enter(schema)) await session.run(statement)
      await session.run(`select get_lock(${lock}, ${LOCK_SECONDS})`)
      try {
        return await inTransaction(session, work)
      } finally {
        await session.run(`select release_lock(${lock})`).catch(() => {})
      }
    },
    async close() {
      if (!connection) return
      const mine = connection
      connection = null
      // The table goes with the connection, or at once where the connection lives on.
      await mine.query(`drop temporary table if exists ${table}`).then(
        () => mine.release(),
        () => mine.destroy(),
      )
    },
  }
}

const LOCK_SECONDS = 600

/** Names of locks hold for the whole server, and have 64 characters at most. */
const lockName = (schema: string, table: string): string =>
  `backbeat ${createHash('sha256').update(`${schema}.${table}`).digest('hex').slice(0, 40)}`

const PLAIN: ReadonlySet<string> = new Set(['id', 'integer', 'money', 'ratio', 'boolean'])

function valuesOf(columns: readonly StageColumn[], row: readonly Cell[]): string {
  let line = '('
  for (let i = 0; i < row.length; i++) {
    const cell = row[i]!
    if (i > 0) line += ','
    if (cell === null) line += 'null'
    else if (PLAIN.has(columns[i]!.type)) line += cell
    else line += mysqlDialect.text(columns[i]!.type === 'instant' ? cell.slice(0, 23).replace('T', ' ') : cell)
  }
  return `${line})`
}

const READS = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(?:select|with|values|table|show|describe|explain)\b/i
const ROWS_PER_PAGE = 2000

/** Rows are taken from the server as they are asked for, inside a transaction that can only read. */
async function query(connect: Connect, sql: string, params: readonly Value[]): Promise<QueryResult> {
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
