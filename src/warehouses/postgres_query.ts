import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult } from '../core/warehouse.ts'
import { postgresDialect } from './postgres_dialect.ts'
import { postgresTrouble } from './postgres_errors.ts'
import type { Connect } from './postgres_session.ts'
import { postgresValue, TYPE_NAMES } from './postgres_values.ts'
import type { Cell } from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'
import { fillIn } from './sql_params.ts'

const ROWS_PER_PAGE = 2000

interface Cursor {
  readonly columns: readonly QueryColumn[]
  readonly types: readonly number[]
  fetch(): Promise<readonly (readonly Cell[])[]>
  close(): Promise<void>
}

/** The query starts when its first page is asked for; until then it holds no connection. */
export async function query(connect: Connect, sql: string, params: readonly Value[]): Promise<QueryResult> {
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
