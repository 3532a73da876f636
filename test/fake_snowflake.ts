import { Readable } from 'node:stream'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Value } from '../src/core/table.ts'
import type { SnowflakeColumn, SnowflakeConnection } from '../src/warehouses/snowflake_session.ts'

/** Connections to a DuckDB that knows the statements we write for Snowflake, and their types; nothing else. */
export interface FakeSnowflake {
  connection(): Promise<SnowflakeConnection>
  /** Statements that change something, as they came, paths of this machine left out. */
  readonly statements: string[]
  close(): void
}

interface FakeTable {
  readonly columns: { readonly name: string; readonly type: string }[]
  readonly key: readonly string[]
}

const TYPES: Readonly<Record<string, string>> = {
  'NUMBER(19,0)': 'BIGINT',
  'NUMBER(20,6)': 'DECIMAL(20,6)',
  TEXT: 'VARCHAR',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  TIMESTAMP_NTZ: 'TIMESTAMP',
  TIMESTAMP_TZ: 'TIMESTAMP WITH TIME ZONE',
  VARIANT: 'JSON',
}
const ANSWER_TYPES: Readonly<Record<string, readonly [string, number, number]>> = {
  BIGINT: ['fixed', 19, 0],
  HUGEINT: ['fixed', 38, 0],
  'DECIMAL(20,6)': ['fixed', 20, 6],
  DOUBLE: ['real', 0, 0],
  TIMESTAMP: ['timestamp_ntz', 0, 0],
  'TIMESTAMP WITH TIME ZONE': ['timestamp_tz', 0, 3],
  BOOLEAN: ['boolean', 0, 0],
}
const typeIn = (type: string): string => TYPES[type]!
const toDuck = (sql: string): string =>
  sql
    .replaceAll("\\'", "''")
    .replaceAll('object_construct_keep_null', 'json_object')
    .replaceAll('to_timestamp_tz(', 'timestamptz_of(')
    .replace(/date_part\(epoch_millisecond, (\S+)\)/g, 'epoch_ms($1)')
const bareName = (name: string): string => name.replaceAll('"', '').toLowerCase()

/** Everything it is told to do happens in memory. */
export async function fakeSnowflake(): Promise<FakeSnowflake> {
  const instance = await DuckDBInstance.create(':memory:')
  const main = await instance.connect()
  await main.run('create macro timestamptz_of(x) as cast(x as timestamptz)')
  const tables = new Map<string, FakeTable>()
  const staged = new Map<string, string>()
  const statements: string[] = []
  let last: Promise<unknown> = Promise.resolve()

  async function createTable(connection: DuckDBConnection, sql: string): Promise<void> {
    const [, isIfMissing, name, inside] =
      /^create (?:temporary )?table (if not exists )?(\S+) \(([\s\S]*?)\)(?: comment = '.*')?$/.exec(sql)!
    if (isIfMissing && tables.has(bareName(name!))) return
    const [, key = ''] = /primary key \((.*)\)/.exec(inside!) ?? []
    const lines = inside!.replace(/,\s*primary key [\s\S]*/, '').split(/,\s*(?="|_n )/)
    const columns = lines.map((line) => {
      const [, column, type] = /^\s*"?([^"]+?)"? (.+?)(?: not null)?\s*$/.exec(line)!
      return { name: column!.toLowerCase(), type: type! }
    })
    const types = columns.map((column) => `"${column.name}" ${typeIn(column.type)}`)
    await connection.run(`create table ${name} (${types.join(', ')})`)
    tables.set(bareName(name!), { columns, key: key === '' ? [] : key.split(', ').map(bareName) })
  }

  async function alter(connection: DuckDBConnection, name: string, how: string, line: string): Promise<void> {
    const known = tables.get(bareName(name))!
    if (how === 'rename to') {
      tables.delete(bareName(name))
      tables.set(bareName(line), known)
      await connection.run(`alter table ${name} rename to ${line.split('.')[1]}`)
      return
    }
    const [, quoted, type] = /^"(.*)" (?:set data type )?(.*)$/.exec(line)!
    const column = quoted!.toLowerCase()
    const at = known.columns.findIndex((one) => one.name === column)
    known.columns[at < 0 ? known.columns.length : at] = { name: column, type: type! }
    const change = at < 0 ? `add column "${column}" ${typeIn(type!)}` : `alter column "${column}" type ${typeIn(type!)}`
    await connection.run(`alter table ${name} ${change}`)
  }

  async function change(connection: DuckDBConnection, sql: string): Promise<void> {
    if (sql.startsWith('alter session') || sql.startsWith('create temporary stage')) return
    // There, what makes or changes a table ends the transaction, and an end without a transaction is none.
    if (/^(?:create|alter|drop|commit|rollback)\b/.test(sql))
      await connection.run(sql === 'rollback' ? sql : 'commit').catch(() => {})
    if (sql === 'commit' || sql === 'rollback') return
    if (/^create (?:temporary )?table /.test(sql)) return createTable(connection, sql)
    const [, put, at] = /^put 'file:\/\/(.*)' @(\S+) /.exec(sql) ?? []
    if (put) {
      staged.set(at!, put)
      return
    }
    const [, into, from] = /^copy into (\S+) from @(\S+) /.exec(sql) ?? []
    if (into) {
      const types = tables.get(bareName(into))!.columns.map((one) => `'${one.name}': '${typeIn(one.type)}'`)
      const file = `read_json('${staged.get(from!)}', columns = {${types.join(', ')}}, format = 'newline_delimited')`
      await connection.run(`insert into ${into} from ${file}`)
      return
    }
    const [, altered, how, line] = /^alter table (\S+) (add column|alter column|rename to) (.*)$/.exec(sql) ?? []
    if (altered) return alter(connection, altered, how!, line!)
    const [, dropped] = /^drop table (?:if exists )?(\S+)$/.exec(sql) ?? []
    if (dropped) tables.delete(bareName(dropped))
    await connection.run(toDuck(sql))
  }

  function described(sql: string): readonly Value[][] | null {
    const [, schema] = /where lower\(c\.table_schema\) = '(\w+)'/.exec(sql) ?? []
    if (!schema) return null
    const [, only] = /lower\(c\.table_name\) = '(.*?)'/.exec(sql) ?? []
    return [...tables].flatMap(([name, { columns, key }]) =>
      name.startsWith(`${schema}.`) && !name.includes('_backbeat_stage_') && (!only || name === `${schema}.${only}`)
        ? columns.map((column) => [
            name.slice(schema.length + 1),
            column.name,
            column.type,
            key.includes(column.name) ? key.indexOf(column.name) + 1 : null,
          ])
        : [],
    )
  }

  async function ask(connection: DuckDBConnection, sql: string) {
    const known = described(sql)
    if (known) return { columns: [], rows: known }
    const isAsked = /^\s*(?:select|with)\b/i.test(sql)
    if (!isAsked) {
      statements.push(sql.replace(/file:\/\/\S*?'/, "file://…'"))
      const mine = last.then(() => change(connection, sql))
      last = mine.catch(() => {})
      await mine
      return { columns: [], rows: [] }
    }
    const reader = await connection.runAndReadAll(toDuck(sql))
    const types = reader.columnTypes().map(String)
    const columns = reader.columnNames().map((name, i) => columnOf(name, types[i]!))
    return { columns, rows: reader.getRows().map((row) => row.map((value, i) => spelled(value, types[i]!))) }
  }

  return {
    statements,
    async connection() {
      const connection = await instance.connect()
      return {
        connectAsync: async () => {},
        execute({ sqlText, streamResult, complete }) {
          ask(connection, sqlText).then(
            ({ columns, rows }) =>
              complete(
                undefined,
                { getColumns: () => columns, streamRows: () => Readable.from(rows) },
                streamResult ? [] : rows,
              ),
            (error: Error) => complete(error, { getColumns: () => [], streamRows: () => Readable.from([]) }),
          )
        },
        destroy(done) {
          connection.closeSync()
          done()
        },
      }
    },
    close() {
      main.closeSync()
      instance.closeSync()
    },
  }
}

function columnOf(name: string, type: string): SnowflakeColumn {
  const [native, precision, scale] = ANSWER_TYPES[type] ?? ['text', 0, 0]
  return {
    getName: () => name.toUpperCase(),
    getType: () => native,
    getPrecision: () => precision,
    getScale: () => scale,
  }
}

/** As the connection gives values: numbers and times as texts. */
function spelled(value: unknown, type: string): Value {
  if (value === null || typeof value === 'boolean') return value
  return type === 'TIMESTAMP WITH TIME ZONE' ? String(value).replace(' ', 'T').replace('+00', 'Z') : String(value)
}
