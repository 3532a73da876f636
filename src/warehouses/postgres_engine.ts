import type { Pool, PoolClient } from 'pg'
import { postgresDialect } from './postgres_dialect.ts'
import { postgresTrouble } from './postgres_errors.ts'
import { query } from './postgres_query.ts'
import { type Connect, sessionOn } from './postgres_session.ts'
import { openStage } from './postgres_stage.ts'
import { toCallError } from './sql_errors.ts'
import type { Engine } from './sql_warehouse.ts'

const CONNECT_MS = 10_000
const CONNECTIONS_MAX = 8

/** The engine over one PostgreSQL database; `url` is its address with user and password. */
export function postgresEngine(url: string): Engine {
  let pool: Promise<Pool> | null = null
  const connect: Connect = async (doing) => {
    pool ??= openPool(url)
    try {
      return await (await pool).connect()
    } catch (error) {
      throw toCallError(doing, error, postgresTrouble)
    }
  }
  return {
    type: 'postgres',
    dialect: postgresDialect,
    async use(doing, work) {
      const client = await connect(doing)
      return withClient(client, () => work(sessionOn(client, doing)))
    },
    openStage: (schema, table, columns) => openStage(connect, `${schema}.${table}`, columns),
    query: (sql, params) => query(connect, sql, params),
    async close() {
      const opened = await pool
      pool = null
      await opened?.end()
    },
  }
}

async function openPool(url: string): Promise<Pool> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'backbeat',
    allowExitOnIdle: true,
    // Values are read as the text that PostgreSQL writes: its own parsers round long numbers.
    types: { getTypeParser: () => (text: string) => text },
  })
  // A connection that breaks while it waits in the pool is replaced; whoever uses one is told by the use.
  pool.on('error', () => {})
  return pool
}

/** Gives the connection back afterwards, or away when `work` throws: nobody knows what is still open on it. */
async function withClient<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  // Without a listener a connection that breaks between two statements would end the process.
  const ignore = () => {}
  client.on('error', ignore)
  try {
    const result = await work()
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  } finally {
    client.off('error', ignore)
  }
}
