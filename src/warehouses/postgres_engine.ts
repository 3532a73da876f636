import { pipeline } from 'node:stream/promises'
import type { Pool, PoolClient } from 'pg'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { copyLine } from './copy_text.ts'
import { postgresDialect } from './postgres_dialect.ts'
import { postgresTrouble } from './postgres_errors.ts'
import { postgresValue, TYPE_NAMES } from './postgres_values.ts'
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
import { fillIn } from './sql_params.ts'
import type { Engine } from './sql_warehouse.ts'

const CONNECT_MS = 10_000
const CONNECTIONS_MAX = 8

type Connect = (doing: string) => Promise<PoolClient>

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

function sessionOn(client: PoolClient, doing: string): Session {
  const ask = async (sql: string) => {
    try {
      return await client.query<Cell[]>({ text: sql, rowMode: 'array' })
    } catch (error) {
      throw toCallError(doing, error, postgresTrouble)
    }
  }
  return {
    run: async (sql) => {
      await ask(sql)
    },
    rows: async (sql) => (await ask(sql)).rows,
  }
}

const COPY_BYTES = 1 << 20
let stages = 0

/** Rows wait in a temporary table of one connection, which is taken when the first megabyte has come. */
async function openStage(connect: Connect, name: string, columns: readonly StageColumn[]): Promise<Stage> {
  const { quote, typeName } = postgresDialect
  const { from: copyFrom } = await import('pg-copy-streams')
  const doing = `load ${name}`
  const bare = `backbeat_stage_${++stages}`
  const table = qualified(postgresDialect, 'pg_temp', bare)
  const types = columns.map((column) => `${quote(column.name)} ${typeName(column.type)}`)
  let client: PoolClient | null = null
  let broken: Error | null = null
  const onError = (error: Error) => {
    broken = error
  }
  let waiting = ''
  let count = 0

  async function staged(): Promise<PoolClient> {
    if (client) return client
    client = await connect(doing)
    client.on('error', onError)
    await sessionOn(client, doing).run(`create temporary table ${table} (${[...types, '_n bigint'].join(', ')})`)
    return client
  }

  async function flush(): Promise<void> {
    const connection = await staged()
    if (waiting === '') return
    const text = waiting
    waiting = ''
    try {
      await pipeline([text], connection.query(copyFrom(`copy ${table} from stdin`)))
    } catch (error) {
      throw toCallError(doing, broken ?? error, postgresTrouble)
    }
  }

  return {
    table,
    async append(rows) {
      for (const row of rows) {
        waiting += copyLine(row, count++)
      }
      if (waiting.length > COPY_BYTES) await flush()
    },
    async apply(work) {
      await flush()
      const session = sessionOn(await staged(), doing)
      return inTransaction(session, async () => {
        await session.run(`select pg_advisory_xact_lock(hashtextextended(${postgresDialect.text(name)}, 0))`)
        await session.run(`analyze ${table}`)
        await keepLastOfEachKey(postgresDialect, session, table, columns)
        return work(session)
      })
    },
    async close() {
      if (!client) return
      client.off('error', onError)
      client.on('error', () => {})
      // The table goes with the connection, or at once where the connection lives on.
      const dropped = await client.query(`drop table if exists ${table}`).then(
        () => true,
        () => false,
      )
      client.release(!dropped)
      client = null
    },
  }
}

const ROWS_PER_PAGE = 2000

interface Cursor {
  readonly columns: readonly QueryColumn[]
  readonly types: readonly number[]
  fetch(): Promise<readonly (readonly Cell[])[]>
  close(): Promise<void>
}

/** The query starts when its first page is asked for; until then it holds no connection. */
async function query(connect: Connect, sql: string, params: readonly Value[]): Promise<QueryResult> {
  const first = await openCursor(connect, sql, params)
  await first.close()
  return { columns: first.columns, pages: pagesOf(connect, sql, params) }
}

async function* pagesOf(
  connect: Connect,
  sql: string,
  params: readonly Value[],
): AsyncGenerator<readonly (readonly Value[])[]> {
  const cursor = await openCursor(connect, sql, params)
  try {
    for (;;) {
      const rows = await cursor.fetch()
      if (rows.length > 0) yield rows.map((row) => row.map((cell, i) => postgresValue(cursor.types[i]!, cell)))
      if (rows.length < ROWS_PER_PAGE) return
    }
  } finally {
    await cursor.close()
  }
}

/** A cursor of the server, inside a transaction that can only read. */
async function openCursor(connect: Connect, sql: string, params: readonly Value[]): Promise<Cursor> {
  const client = await connect(QUERYING)
  const ignore = () => {}
  client.on('error', ignore)
  const ask = async (text: string, values: readonly Value[] = []) => {
    try {
      // The extended protocol takes one statement only.
      return await client.query<Cell[]>({ text, values: [...values], rowMode: 'array', queryMode: 'extended' } as never)
    } catch (error) {
      await close()
      throw toCallError(QUERYING, error, postgresTrouble)
    }
  }
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    const isWhole = await client.query('rollback').then(
      () => true,
      () => false,
    )
    client.off('error', ignore)
    client.release(!isWhole)
  }
  await ask('begin transaction read only')
  const text = fillIn(sql, params, (_, index) => `$${index + 1}`)
  await ask(`declare backbeat_query no scroll cursor for ${text}`, params)
  const { fields } = await ask('fetch 0 from backbeat_query')
  return {
    columns: fields.map(toColumn),
    types: fields.map(({ dataTypeID }) => dataTypeID),
    fetch: async () => (await ask(`fetch ${ROWS_PER_PAGE} from backbeat_query`)).rows,
    close,
  }
}

const QUERYING = 'run the query'

const toColumn = ({ name, dataTypeID }: { readonly name: string; readonly dataTypeID: number }): QueryColumn => {
  const nativeType = TYPE_NAMES[dataTypeID] ?? `type ${dataTypeID}`
  return { name, type: postgresDialect.typeOf(nativeType), nativeType }
}
