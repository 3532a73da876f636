import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { TerminalError } from '../core/errors.ts'
import { whyNotReading } from '../core/reading_statement.ts'
import type { Value } from '../core/table.ts'
import type { QueryResult, Warehouse } from '../core/warehouse.ts'
import { secret } from '../secret_field.ts'
import { lineFile } from './line_file.ts'
import { optionalPackage } from './optional_package.ts'
import { snowflakeDialect } from './snowflake_dialect.ts'
import {
  execute,
  resultOf,
  SESSION_STATEMENT,
  type SnowflakeConnection,
  sessionOn,
  snowflakeTrouble,
} from './snowflake_session.ts'
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

/** What a person says of a Snowflake warehouse. */
export const snowflakeSpec = z.strictObject({
  type: z.literal('snowflake'),
  account: z.string().min(1).describe('Identifier of the account, such as myorg-account123.'),
  user: z.string().min(1),
  private_key: secret.describe("The user's private key, as PEM; the user has its public key."),
  database: z.string().min(1).describe('Database the schemas stand in.'),
  warehouse: z.string().min(1).describe('Virtual warehouse that does the work.'),
  role: z.string().min(1).optional().describe("Role to work in; the user's own when left out."),
})

export interface SnowflakeOptions {
  /** A new connection, not connected yet. */
  readonly connection: () => Promise<SnowflakeConnection>
  /** Part of a name that nobody else has. */
  readonly unique: () => string
}

/**
 * A warehouse in a database of Snowflake. Rows are put into a temporary stage and copied into a temporary table of one
 * connection; then everything happens in one transaction. Each statement that makes or changes a table stands for itself.
 */
export const snowflakeWarehouse = (options: SnowflakeOptions): Warehouse => sqlWarehouse(snowflakeEngine(options))

function snowflakeEngine({ connection, unique }: SnowflakeOptions): Engine {
  // All loads change what is remembered of slices; in turn, none waits for a lock of another.
  let last: Promise<unknown> = Promise.resolve()
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }

  async function connect(doing: string): Promise<SnowflakeConnection> {
    const made = await connection()
    try {
      await made.connectAsync()
      await execute(made, SESSION_STATEMENT, false)
      return made
    } catch (error) {
      throw toCallError(doing, error, snowflakeTrouble)
    }
  }

  async function use<T>(doing: string, work: (session: Session) => Promise<T>): Promise<T> {
    const connected = await connect(doing)
    try {
      return await work(sessionOn(connected, doing))
    } finally {
      await destroy(connected)
    }
  }

  async function openStage(schema: string, name: string, columns: readonly StageColumn[]): Promise<Stage> {
    const file = await lineFile(columns)
    const table = qualified(snowflakeDialect, schema, unique())
    return {
      table,
      append: file.append,
      async apply(work) {
        await file.end()
        return use(`load ${schema}.${name}`, async (session) => {
          for (const statement of stageStatements(table, columns, file.path)) await session.run(statement)
          await keepLastOfEachKey(snowflakeDialect, session, table, columns)
          return inOrder(() => inTransaction(session, work))
        })
      },
      close: file.remove,
    }
  }

  async function query(sql: string, params: readonly Value[]): Promise<QueryResult> {
    const why = whyNotReading(sql)
    if (why !== null) throw new TerminalError('warehouse.bad_query', `Cannot run the query: ${why}`)
    const connected = await connect('run the query')
    try {
      const { statement } = await execute(connected, fillIn(sql, params, literal), true)
      return resultOf(statement, () => destroy(connected))
    } catch (error) {
      await destroy(connected)
      throw toCallError('run the query', error, snowflakeTrouble)
    }
  }

  return { type: 'snowflake', dialect: snowflakeDialect, use, openStage, query, close: async () => {} }
}

const destroy = (connection: SnowflakeConnection): Promise<void> =>
  new Promise((resolve) => connection.destroy(() => resolve()))

/** The stage and the table have one name; both go with their connection. */
function stageStatements(table: string, columns: readonly StageColumn[], path: string): readonly string[] {
  const { quote, typeName, text } = snowflakeDialect
  const lines = columns.map(({ name, type }) => `${quote(name)} ${typeName(type)}`)
  return [
    `create temporary table ${table} (${[...lines, '_n NUMBER(19,0)'].join(', ')})`,
    `create temporary stage ${table}`,
    `put ${text(`file://${path}`)} @${table} auto_compress = true`,
    `copy into ${table} from @${table} file_format = (type = json) match_by_column_name = case_insensitive`,
  ]
}

const literal = (value: Value): string =>
  value === null ? 'null' : typeof value === 'string' ? snowflakeDialect.text(value) : String(value)

/** As the catalog lists it. */
export const snowflakeType = {
  type: 'snowflake',
  about: 'Snowflake, through snowflake-sdk; not tried against a real server by our tests.',
  spec: snowflakeSpec,
  secrets: ['private_key'],
  open(spec: unknown): Warehouse {
    const { account, user, private_key, database, warehouse, role } = spec as Readonly<Record<string, string>>
    const unique = () => `_backbeat_stage_${randomUUID().replaceAll('-', '')}`
    const connection = async () => {
      const found = (await optionalPackage('snowflake-sdk', '3')) as SnowflakeSdk & { readonly default?: SnowflakeSdk }
      return (found.default ?? found).createConnection({
        account,
        username: user,
        authenticator: 'SNOWFLAKE_JWT',
        privateKey: private_key,
        database,
        warehouse,
        ...(role !== undefined && { role }),
      })
    }
    return snowflakeWarehouse({ connection, unique })
  },
} as const

interface SnowflakeSdk {
  createConnection(options: object): SnowflakeConnection
}
