import type { Pool } from 'mysql2/promise'
import { mysqlDialect } from './mysql_dialect.ts'
import { mysqlTrouble } from './mysql_errors.ts'
import { query } from './mysql_query.ts'
import { type Connect, sessionOn } from './mysql_session.ts'
import { openStage } from './mysql_stage.ts'
import { toCallError } from './sql_errors.ts'
import type { Engine } from './sql_warehouse.ts'

const CONNECT_MS = 10_000
const CONNECTIONS_MAX = 8

// The statements we write hold in these modes only: backslashes escape, and no value is bent until it fits. Without gap
// locks two loads do not wait for each other's rows.
const SESSION = `set session time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', transaction_isolation = 'READ-COMMITTED'`
const SESSION_OF_MARIADB = SESSION.replace('transaction_isolation', 'tx_isolation')

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
