import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { TerminalError } from '../core/errors.ts'
import type { Value } from '../core/table.ts'
import type { QueryColumn, QueryResult, Warehouse } from '../core/warehouse.ts'
import { secret } from '../secret_field.ts'
import { bigqueryDialect, STAGE } from './bigquery_dialect.ts'
import {
  type BigQueryClient,
  bigqueryTrouble,
  type Job,
  pageOptions,
  plainValue,
  sessionOn,
} from './bigquery_session.ts'
import { lineFile } from './line_file.ts'
import { optionalPackage } from './optional_package.ts'
import {
  inTransaction,
  keepLastOfEachKey,
  qualified,
  type Session,
  type Stage,
  type StageColumn,
} from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'
import { fillIn } from './sql_params.ts'
import { type Engine, sqlWarehouse } from './sql_warehouse.ts'

/** What a person says of a BigQuery warehouse. */
export const bigquerySpec = z.strictObject({
  type: z.literal('bigquery'),
  project: z.string().min(1).describe('Id of the project that pays.'),
  location: z.string().min(1).default('US').describe('Where the datasets stand, such as EU.'),
  credentials: secret
    .optional()
    .describe("Key of a service account, as JSON; the machine's own credentials when left out."),
})

export interface BigQueryOptions {
  /** Gives the same client at every call. */
  readonly connect: () => Promise<BigQueryClient>
  readonly location: string
  /** Part of a name that nobody else has. */
  readonly unique: () => string
}

/**
 * A warehouse in BigQuery, whose datasets are the schemas. Rows come by a load job into a table that goes by itself after a
 * day; then everything happens in one transaction over several statements. Tables are made and changed outside of it, each
 * by itself, since BigQuery makes none in a transaction.
 */
export const bigqueryWarehouse = (options: BigQueryOptions): Warehouse => sqlWarehouse(bigqueryEngine(options))

function bigqueryEngine({ connect, location, unique }: BigQueryOptions): Engine {
  // All loads change what is remembered of slices, and of two transactions that change one table BigQuery ends one.
  let last: Promise<unknown> = Promise.resolve()
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }

  async function use<T>(doing: string, work: (session: Session) => Promise<T>): Promise<T> {
    const client = await connect()
    const session = sessionOn(client, location, doing)
    try {
      return await work(session)
    } finally {
      await session.end()
    }
  }

  async function openStage(schema: string, name: string, columns: readonly StageColumn[]): Promise<Stage> {
    const file = await lineFile(columns)
    const bare = unique()
    const table = qualified(bigqueryDialect, schema, bare)
    const doing = `load ${schema}.${name}`
    const loadFile = async () => {
      try {
        await (await connect()).dataset(schema).table(bare).load(file.path, {
          sourceFormat: 'NEWLINE_DELIMITED_JSON',
          writeDisposition: 'WRITE_APPEND',
          location,
        })
      } catch (error) {
        throw toCallError(doing, error, bigqueryTrouble)
      }
    }
    return {
      table,
      append: file.append,
      async apply(work) {
        await file.end()
        return use(doing, async (session) => {
          await session.run(createStage(table, columns))
          try {
            await loadFile()
            await keepLastOfEachKey(bigqueryDialect, session, table, columns)
            return await inOrder(() => inTransaction(session, work))
          } finally {
            await session.run(`drop table ${table}`).catch(() => {})
          }
        })
      },
      close: file.remove,
    }
  }

  return {
    type: 'bigquery',
    dialect: bigqueryDialect,
    use,
    openStage,
    query: (sql, params) => query(connect, location, sql, params),
    close: async () => {},
  }
}

function createStage(table: string, columns: readonly StageColumn[]): string {
  const { quote, typeName } = bigqueryDialect
  const lines = columns.map(({ name, type }) => `${quote(name)} ${typeName(type)}`)
  return (
    `create table ${table} (${[...lines, '_n INT64'].join(', ')}) ` +
    'options (expiration_timestamp = timestamp_add(current_timestamp(), interval 1 day))'
  )
}

async function query(
  connect: () => Promise<BigQueryClient>,
  location: string,
  sql: string,
  params: readonly Value[],
): Promise<QueryResult> {
  const text = fillIn(sql, params, literal)
  const client = await connect()
  try {
    const [asked] = await client.createQueryJob({ query: text, location, dryRun: true })
    const told = asked.metadata.statistics?.query
    if (told?.statementType !== 'SELECT')
      throw new TerminalError(
        'warehouse.bad_query',
        'Cannot run the query: it does more than read; begin it with "select"',
      )
    const [job] = await client.createQueryJob({ query: text, location })
    const columns = (told.schema?.fields ?? []).map(
      ({ name, type }): QueryColumn => ({ name, type: bigqueryDialect.typeOf(type), nativeType: type }),
    )
    return { columns, pages: pagesOf(job, columns) }
  } catch (error) {
    throw toCallError('run the query', error, bigqueryTrouble)
  }
}

const literal = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? bigqueryDialect.text(value) : String(value)

async function* pagesOf(job: Job, columns: readonly QueryColumn[]): AsyncGenerator<readonly (readonly Value[])[]> {
  let pageToken: string | undefined
  do {
    const [rows, next] = await job.getQueryResults(pageOptions(pageToken)).catch((error: unknown) => {
      throw toCallError('run the query', error, bigqueryTrouble)
    })
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => toValue(column, row[column.name])))
    pageToken = next?.pageToken
  } while (pageToken !== undefined)
}

function toValue({ type }: QueryColumn, value: unknown): Value {
  const plain = plainValue(value)
  if (plain === null) return null
  if (type === 'local_time') return String(plain).slice(0, 19).replace('T', ' ')
  return type === 'instant' ? new Date(String(plain)).toISOString() : plain
}

/** As the catalog lists it. */
export const bigqueryType = {
  type: 'bigquery',
  about: 'BigQuery, through @google-cloud/bigquery; not tried against a real server by our tests.',
  spec: bigquerySpec,
  secrets: ['credentials'],
  open(spec: unknown): Warehouse {
    const { project, location, credentials } = spec as Readonly<Record<string, string>>
    let client: Promise<BigQueryClient> | null = null
    const connect = () => {
      client ??= openClient(project!, credentials)
      return client
    }
    const unique = () => `${STAGE}${randomUUID().replaceAll('-', '')}`
    return bigqueryWarehouse({ connect, location: location!, unique })
  },
} as const

async function openClient(projectId: string, credentials: string | undefined): Promise<BigQueryClient> {
  const { BigQuery } = (await optionalPackage('@google-cloud/bigquery', '9')) as {
    readonly BigQuery: new (options: object) => BigQueryClient
  }
  return new BigQuery({ projectId, ...(credentials !== undefined && { credentials: parseKey(credentials) }) })
}

function parseKey(credentials: string): unknown {
  try {
    return JSON.parse(credentials)
  } catch {
    // The reason would show a part of it.
    throw new TerminalError(
      'warehouse.access_denied',
      'Cannot use the credentials: they are no JSON; give the whole key file of a service account',
    )
  }
}
