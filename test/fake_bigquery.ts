import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { BigQueryClient, Field, Job, QueryOptions } from '../src/warehouses/bigquery_session.ts'

/** A client whose server is a DuckDB that knows the statements we write for BigQuery, and their types; nothing else. */
export interface FakeBigQuery extends BigQueryClient {
  /** Statements that change something, as they came; loads of files among them. */
  readonly statements: string[]
  close(): void
}

interface FakeTable {
  readonly columns: { readonly name: string; readonly type: string }[]
  readonly key: readonly string[]
}

const TYPES: Readonly<Record<string, string>> = {
  INT64: 'BIGINT',
  STRING: 'VARCHAR',
  'NUMERIC(20, 6)': 'DECIMAL(20,6)',
  FLOAT64: 'DOUBLE',
  BOOL: 'BOOLEAN',
  DATE: 'DATE',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMP WITH TIME ZONE',
  JSON: 'JSON',
}
const ANSWER_TYPES: Readonly<Record<string, string>> = {
  BIGINT: 'INTEGER',
  HUGEINT: 'INTEGER',
  DOUBLE: 'FLOAT',
  BOOLEAN: 'BOOLEAN',
  TIMESTAMP: 'DATETIME',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP',
  'DECIMAL(20,6)': 'NUMERIC',
}
const typeIn = (type: string): string => TYPES[type]!
const toDuck = (sql: string): string =>
  sql
    .replace(/`((?:[^`\\]|\\.)+)`/g, (_, name: string) => `"${name.replace(/\\(.)/g, '$1').replaceAll('"', '""')}"`)
    .replace(/\btimestamp '([^']*Z)'/g, "timestamptz '$1'")
    .replaceAll("\\'", "''")
const bareName = (name: string): string => name.replaceAll('`', '')

/** Everything it is told to do happens in memory. */
export async function fakeBigQuery(): Promise<FakeBigQuery> {
  const instance = await DuckDBInstance.create(':memory:')
  const main = await instance.connect()
  await main.run('create macro unix_millis(x) as epoch_ms(x)')
  const tables = new Map<string, FakeTable>()
  const sessions = new Map<string, DuckDBConnection>()
  const statements: string[] = []
  let made = 0

  const createTable = async (connection: DuckDBConnection, sql: string): Promise<void> => {
    const [, isIfMissing, name, inside] =
      /^create table (if not exists )?(\S+) \(([\s\S]*?)\)(?: cluster by .*| options \(expiration_timestamp = .*\))?$/.exec(
        sql,
      )!
    if (isIfMissing && tables.has(bareName(name!))) return
    const [, key = ''] = /primary key \((.*)\) not enforced/.exec(inside!) ?? []
    const lines = inside!.replace(/,\s*primary key .*/, '').split(/,\s*(?=`|_n )/)
    const columns = lines.map((line) => {
      const [, column, type] = /^\s*`?([^`]+?)`? (.+?)(?: not null)?\s*$/.exec(line)!
      return { name: column!, type: type! }
    })
    const types = columns.map((column) => `"${column.name}" ${typeIn(column.type)}`)
    await connection.run(`create table ${toDuck(name!)} (${types.join(', ')})`)
    tables.set(bareName(name!), { columns, key: key === '' ? [] : key.split(', ').map(bareName) })
  }

  async function change(connection: DuckDBConnection, sql: string): Promise<void> {
    statements.push(sql)
    if (sql.startsWith('create table ')) return createTable(connection, sql)
    const [, dropped] = /^drop table (?:if exists )?(\S+)$/.exec(sql) ?? []
    if (dropped) tables.delete(bareName(dropped))
    const [, altered, how, line] = /^alter table (\S+) (add column|alter column|rename to) (.*)$/.exec(sql) ?? []
    if (altered) return alter(connection, altered, how!, line!)
    await connection.run(toDuck(sql))
  }

  async function alter(connection: DuckDBConnection, name: string, how: string, line: string): Promise<void> {
    const known = tables.get(bareName(name))!
    if (how === 'rename to') {
      tables.delete(bareName(name))
      tables.set(`${bareName(name).split('.')[0]}.${bareName(line)}`, known)
      await connection.run(toDuck(`alter table ${name} rename to ${line}`))
      return
    }
    const [, column, type] = /^`(.*)` (?:set data type )?(.*)$/.exec(line)!
    const at = known.columns.findIndex((one) => one.name === column)
    known.columns[at < 0 ? known.columns.length : at] = { name: column!, type: type! }
    const change = at < 0 ? `add column "${column}" ${typeIn(type!)}` : `alter column "${column}" type ${typeIn(type!)}`
    await connection.run(`alter table ${toDuck(name)} ${change}`)
  }

  function described(sql: string): readonly Record<string, unknown>[] | null {
    const [, schema] = /from `(\w+)`\.INFORMATION_SCHEMA\.COLUMNS/.exec(sql) ?? []
    if (!schema) return null
    const [, only] = /c\.table_name = '(.*?)'/.exec(sql) ?? []
    return [...tables].flatMap(([name, { columns, key }]) =>
      name.startsWith(`${schema}.`) && !name.includes('_backbeat_stage_') && (!only || name === `${schema}.${only}`)
        ? columns.map((column) => ({
            table_name: name.slice(schema.length + 1),
            column_name: column.name,
            data_type: column.type,
            place: key.includes(column.name) ? String(key.indexOf(column.name) + 1) : null,
          }))
        : [],
    )
  }

  async function ask(connection: DuckDBConnection, sql: string) {
    const known = described(sql)
    if (known) {
      const fields = ['table_name', 'column_name', 'data_type', 'place'].map((name) => ({ name, type: 'STRING' }))
      return { fields, rows: known }
    }
    const reader = await connection.runAndReadAll(toDuck(sql))
    const types = reader.columnTypes().map(String)
    const fields = reader
      .deduplicatedColumnNames()
      .map((name, i) => ({ name, type: ANSWER_TYPES[types[i]!] ?? 'STRING' }))
    const rows = reader
      .getRows()
      .map((row) => Object.fromEntries(fields.map(({ name }, i) => [name, wrapped(row[i], types[i]!)])))
    return { fields, rows }
  }

  async function createQueryJob(options: QueryOptions): Promise<readonly [Job]> {
    const { query, dryRun = false, createSession = false, connectionProperties = [] } = options
    const id = connectionProperties[0]?.value ?? (createSession ? `session-${++made}` : null)
    if (createSession) sessions.set(id!, await instance.connect())
    const connection = (id && sessions.get(id)) || main
    if (query === 'call bq.abort_session()') sessions.get(id!)?.closeSync()
    const isAsked = /^\s*(?:select|with)\b/i.test(query)
    const isKept = !isAsked && query !== 'call bq.abort_session()'
    if (isKept) await change(connection, query)
    const { fields, rows } = isAsked ? await ask(connection, query) : { fields: [], rows: [] }
    return [jobOf(isAsked ? 'SELECT' : 'SCRIPT', fields, dryRun ? [] : rows, createSession ? id : null)]
  }

  return {
    statements,
    createQueryJob,
    dataset: (schema) => ({
      table: (name) => ({
        async load(path) {
          statements.push(`load ${schema}.${name}`)
          const types = tables.get(`${schema}.${name}`)!.columns.map((one) => `'${one.name}': '${typeIn(one.type)}'`)
          await main.run(
            `insert into "${schema}"."${name}" from read_json('${path}', columns = {${types.join(', ')}}, format = 'newline_delimited')`,
          )
        },
      }),
    }),
    close() {
      main.closeSync()
      instance.closeSync()
    },
  }
}

const PAGE = 3

function jobOf(
  statementType: string,
  fields: readonly Field[],
  rows: readonly Record<string, unknown>[],
  sessionId: string | null,
): Job {
  return {
    metadata: {
      statistics: { query: { statementType, schema: { fields } }, ...(sessionId && { sessionInfo: { sessionId } }) },
    },
    getMetadata: async () => {},
    async getQueryResults({ pageToken = '0' }) {
      const from = Number(pageToken)
      const next = from + PAGE < rows.length ? { pageToken: String(from + PAGE) } : null
      return [rows.slice(from, from + PAGE), next, { schema: { fields } }]
    },
  }
}

/** As the client wraps values of some types. */
function wrapped(value: unknown, type: string): unknown {
  if (value === null || ['number', 'boolean', 'string'].includes(typeof value)) return value
  if (type.startsWith('DECIMAL')) return { toFixed: () => String(value) }
  if (type === 'TIMESTAMP WITH TIME ZONE') return { value: String(value).replace(' ', 'T').replace('+00', 'Z') }
  return { value: type === 'TIMESTAMP' ? String(value).replace(' ', 'T') : String(value) }
}
