import type { Readable } from 'node:stream'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { snowflakeDialect } from './snowflake_dialect.ts'
import type { Cell, Session } from './sql_dialect.ts'
import { isOfNetwork, type Trouble, toCallError } from './sql_errors.ts'

/** What we use of a connection of `snowflake-sdk`. */
export interface SnowflakeConnection {
  connectAsync(): Promise<unknown>
  execute(options: {
    readonly sqlText: string
    readonly rowMode: 'array'
    readonly fetchAsString: readonly string[]
    readonly streamResult: boolean
    readonly complete: (error: Error | undefined, statement: SnowflakeStatement, rows?: readonly Value[][]) => void
  }): unknown
  destroy(done: () => void): void
}

export interface SnowflakeStatement {
  getColumns(): readonly SnowflakeColumn[]
  streamRows(): Readable
}

export interface SnowflakeColumn {
  getName(): string
  /** Such as `fixed`, `text` or `timestamp_ntz`. */
  getType(): string
  getPrecision(): number
  getScale(): number
}

/** In these forms a connection gives dates and times as texts. */
export const SESSION_STATEMENT =
  `alter session set timezone = 'UTC', date_output_format = 'YYYY-MM-DD', ` +
  `timestamp_ntz_output_format = 'YYYY-MM-DD HH24:MI:SS', ` +
  `timestamp_tz_output_format = 'YYYY-MM-DD"T"HH24:MI:SS.FF3TZH:TZM', ` +
  `timestamp_ltz_output_format = 'YYYY-MM-DD"T"HH24:MI:SS.FF3TZH:TZM'`

const AS_TEXT = ['Number', 'Date', 'JSON'] // doubles lose digits, dates lose their zone

interface Executed {
  readonly statement: SnowflakeStatement
  readonly rows: readonly (readonly Value[])[]
}

/** Runs one statement; `streamResult`: its rows are taken from the statement afterwards. */
export function execute(connection: SnowflakeConnection, sqlText: string, streamResult: boolean): Promise<Executed> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      rowMode: 'array',
      fetchAsString: AS_TEXT,
      streamResult,
      complete: (error, statement, rows = []) => (error ? reject(error) : resolve({ statement, rows })),
    })
  })
}

/** Statements on one connection. */
export function sessionOn(connection: SnowflakeConnection, doing: string): Session {
  const ask = async (sql: string) => {
    try {
      return (await execute(connection, sql, false)).rows
    } catch (error) {
      throw toCallError(doing, error, snowflakeTrouble)
    }
  }
  return {
    run: async (sql) => {
      try {
        await ask(sql)
      } catch (error) {
        // Somebody else made it between our looking and our making: it is what was wanted.
        if (!/^create table /.test(sql) || !/already exists/i.test((error as Error).message)) throw error
      }
    },
    rows: async (sql) => (await ask(sql)).map((row) => row.map(toCell)),
  }
}

const toCell = (value: Value | undefined): Cell => {
  if (value === null || value === undefined) return null
  return typeof value === 'boolean' ? String(Number(value)) : String(value)
}

const ROWS_PER_PAGE = 2000

/** An answer as its statement gives it; `end` is called when nobody wants more. */
export function resultOf(statement: SnowflakeStatement, end: () => Promise<void>): QueryResult {
  const columns = statement.getColumns().map((column): QueryColumn => {
    const nativeType = nativeTypeOf(column)
    const name = column.getName()
    return {
      name: name === name.toUpperCase() ? name.toLowerCase() : name,
      type: snowflakeDialect.typeOf(nativeType),
      nativeType,
    }
  })
  return { columns, pages: pagesOf(statement, columns, end) }
}

function nativeTypeOf(column: SnowflakeColumn): string {
  const type = column.getType().toUpperCase()
  if (type === 'FIXED') return `NUMBER(${column.getPrecision()},${column.getScale()})`
  return type === 'REAL' ? 'FLOAT' : type
}

async function* pagesOf(
  statement: SnowflakeStatement,
  columns: readonly QueryColumn[],
  end: () => Promise<void>,
): AsyncGenerator<readonly (readonly Value[])[]> {
  try {
    let page: (readonly Value[])[] = []
    for await (const row of statement.streamRows()) {
      page.push((row as Value[]).map((value, i) => toValue(columns[i]!, value)))
      if (page.length < ROWS_PER_PAGE) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
  } catch (error) {
    throw toCallError('run the query', error, snowflakeTrouble)
  } finally {
    await end()
  }
}

function toValue({ type }: QueryColumn, value: Value | undefined): Value {
  if (value === null || value === undefined) return null
  if (type === 'ratio') return Number(value)
  return type === 'instant' ? new Date(String(value)).toISOString() : value
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  '000904': 'bad_query', // no such column
  '001003': 'bad_query', // syntax
  '002003': 'missing', // no such object, or it may not be seen
  '002043': 'missing',
  '003001': 'denied', // insufficient privileges
  '390100': 'denied', // wrong user or password
  '390144': 'denied', // wrong key
  '000625': 'conflict', // waited too long for a lock
}

/** What an error of the client comes to. */
export function snowflakeTrouble(error: Error): Trouble {
  const code = String((error as { code?: unknown }).code ?? '')
  if (isOfNetwork(code) || /network|timed? ?out|socket/i.test(error.message)) return 'unreachable'
  return TROUBLES[code.padStart(6, '0')] ?? 'broken'
}
