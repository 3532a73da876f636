import { createReadStream, createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { text, typeOf } from './clickhouse_ddl.ts'
import type { Cell } from './sql_dialect.ts'
import { isOfNetwork, type Trouble, toCallError } from './sql_errors.ts'
import { fillIn } from './sql_params.ts'

/** What we use of the client in `@clickhouse/client`. */
export interface ClickHouseClient {
  command(params: Asked): Promise<unknown>
  exec(params: Asked & { readonly values?: Readable }): Promise<{ readonly stream: Readable }>
  query(params: Asked & { readonly format: string }): Promise<ClickHouseResult>
  close(): Promise<void>
}

export interface ClickHouseResult {
  /** Rows in parcels. */
  stream(): AsyncIterable<readonly { json(): unknown }[]>
  close(): void
}

interface Asked {
  readonly query: string
  readonly clickhouse_settings?: Readonly<Record<string, string | number>>
}

/** Questions and statements to one server. Throws CallErrors. */
export interface ClickHouse {
  run(doing: string, sql: string): Promise<void>
  /** All rows, every cell as text. */
  rows(doing: string, sql: string): Promise<readonly (readonly Cell[])[]>
  /** Writes an answer into a file, a line of JSON for each row. */
  download(doing: string, sql: string, path: string): Promise<void>
  /** Inserts a file of the same form. `into`: a table, with its columns behind it. */
  upload(doing: string, into: string, path: string): Promise<void>
  query(sql: string, params: readonly Value[]): Promise<QueryResult>
  close(): Promise<void>
}

const NAMED_ROWS = 'JSONCompactEachRowWithNamesAndTypes'
const EXACT = { output_format_json_quote_64bit_integers: 1, output_format_json_quote_decimals: 1 }
const ONLY_READ = { ...EXACT, readonly: '2' } // 1 would refuse the settings beside it
const OF_DUCKDB = { date_time_input_format: 'best_effort' }

/** `connect` gives the same client at every call. */
export function clickhouse(connect: () => Promise<ClickHouseClient>): ClickHouse {
  const ask = async <T>(doing: string, work: (client: ClickHouseClient) => Promise<T>): Promise<T> => {
    try {
      return await work(await connect())
    } catch (error) {
      throw toCallError(doing, error, clickhouseTrouble)
    }
  }
  return {
    run: (doing, query) => ask(doing, async (client) => void (await client.command({ query }))),
    rows: (doing, query) =>
      ask(doing, async (client) => {
        const answer = await client.query({ query, format: 'JSONCompactEachRow', clickhouse_settings: EXACT })
        const rows: (readonly Cell[])[] = []
        for await (const parcel of answer.stream())
          rows.push(...parcel.map((row) => (row.json() as Value[]).map(toCell)))
        return rows
      }),
    download: (doing, sql, path) =>
      ask(doing, async (client) => {
        const { stream } = await client.exec({ query: `${sql} format JSONEachRow` })
        await pipeline(stream, createWriteStream(path))
      }),
    upload: (doing, into, path) =>
      ask(doing, async (client) => {
        const query = `insert into ${into} format JSONEachRow`
        const { stream } = await client.exec({ query, values: createReadStream(path), clickhouse_settings: OF_DUCKDB })
        for await (const _ of stream);
      }),
    query: (sql, params) =>
      ask('run the query', async (client) => {
        const query = fillIn(sql.trim().replace(/;+$/, ''), params, literal)
        const answer = await client.query({ query, format: NAMED_ROWS, clickhouse_settings: ONLY_READ })
        return resultOf(answer)
      }),
    close: () => ask('close the connection', async (client) => client.close()),
  }
}

const toCell = (value: Value): Cell =>
  value === null ? null : typeof value === 'boolean' ? String(Number(value)) : String(value)

const literal = (value: Value): string => {
  if (value === null) return 'null'
  return typeof value === 'string' ? text(value) : String(value)
}

/** The first two rows are the names and the types. */
async function resultOf(answer: ClickHouseResult): Promise<QueryResult> {
  const rows = rowsOf(answer)
  const names = (await rows.next()).value ?? []
  const types = (await rows.next()).value ?? []
  const columns = names.map((name, i): QueryColumn => {
    const nativeType = String(types[i])
    return { name: String(name), type: typeOf(nativeType), nativeType }
  })
  return { columns, pages: pagesOf(columns, rows) }
}

async function* rowsOf(answer: ClickHouseResult): AsyncGenerator<readonly Value[], undefined> {
  try {
    for await (const parcel of answer.stream()) for (const row of parcel) yield row.json() as Value[]
  } catch (error) {
    throw toCallError('run the query', error, clickhouseTrouble)
  } finally {
    answer.close()
  }
}

const ROWS_PER_PAGE = 2000

async function* pagesOf(
  columns: readonly QueryColumn[],
  rows: AsyncGenerator<readonly Value[], undefined>,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const isInstant = columns.map(({ type }) => type === 'instant')
  let page: (readonly Value[])[] = []
  for await (const row of rows) {
    page.push(row.map((value, i) => (isInstant[i] && value !== null ? isoOf(value) : value)))
    if (page.length < ROWS_PER_PAGE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

/** `2026-03-01 00:00:00.123`, which is UTC. */
const isoOf = (value: Value): string => new Date(`${String(value).replace(' ', 'T')}Z`).toISOString()

const TROUBLES: Readonly<Record<string, Trouble>> = {
  '60': 'missing', // UNKNOWN_TABLE
  '62': 'bad_query', // SYNTAX_ERROR
  '47': 'bad_query', // UNKNOWN_IDENTIFIER
  '81': 'missing', // UNKNOWN_DATABASE
  '164': 'bad_query', // READONLY
  '193': 'denied', // WRONG_PASSWORD
  '241': 'full', // MEMORY_LIMIT_EXCEEDED
  '243': 'full', // NOT_ENOUGH_SPACE
  '497': 'denied', // ACCESS_DENIED
  '516': 'denied', // AUTHENTICATION_FAILED
}

const clickhouseTrouble = (error: Error): Trouble => {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (isOfNetwork(code) || /timeout|socket hang up/i.test(error.message)) return 'unreachable'
  return TROUBLES[code] ?? 'broken'
}
