import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import type { ClickHouseClient } from '../src/warehouses/clickhouse_client.ts'

/** A client whose server is a DuckDB that knows the statements we write for ClickHouse, and their types; nothing else. */
export interface FakeClickHouse extends ClickHouseClient {
  /** Statements that change something, as they came. */
  readonly statements: string[]
  /** Refuses the statements that match, from now on. */
  refuse(pattern: RegExp | null): void
}

interface FakeTable {
  readonly columns: { readonly name: string; readonly type: string; readonly comment: string }[]
  readonly sortedBy: string
  readonly partitionBy: string
}

const TYPES: Readonly<Record<string, string>> = {
  Int64: 'BIGINT',
  String: 'VARCHAR',
  'Decimal(20, 6)': 'DECIMAL(20,6)',
  Float64: 'DOUBLE',
  Bool: 'BOOLEAN',
  Date32: 'DATE',
  "DateTime64(0, 'UTC')": 'TIMESTAMP_S',
  "DateTime64(3, 'UTC')": 'TIMESTAMP_MS',
}

const MACROS = [
  'toString(x) as cast(x as varchar)',
  'toYYYYMM(x) as year(x) * 100 + month(x)',
  'formatDateTime(x, f) as strftime(x, f)',
  'toUnixTimestamp64Milli(x) as epoch_ms(x)',
  'assumeNotNull(x) as x',
]

const COLUMN = /^\s*`((?:[^`\\]|\\.)+)` (Nullable\((.+?)\)(?: comment '(\w+)')?|.+?)$/
const columnOf = (line: string): FakeTable['columns'][number] => {
  const [, column, type, inner, comment = ''] = COLUMN.exec(line.trim())!
  return { name: column!, type: inner === undefined ? type! : `Nullable(${inner})`, comment }
}
const bare = (type: string): string => /^Nullable\((.*)\)$/.exec(type)?.[1] ?? type
const nativeOf = (duck: string): string => Object.entries(TYPES).find(([, own]) => own === duck)?.[0] ?? duck
const toDuck = (sql: string): string =>
  sql.replaceAll("\\'", "''").replace(/`((?:[^`\\]|\\.)+)`/g, (_, name: string) => `"${unescaped(name)}"`)
const unescaped = (name: string): string => name.replace(/\\(.)/g, '$1').replaceAll('"', '""')
const namesIn = (sql: string): string => toDuck(sql).replaceAll('"', '')

/** `folder` is for what it is sent. */
export async function fakeClickHouse(folder: string): Promise<FakeClickHouse> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  for (const macro of MACROS) await connection.run(`create macro ${macro}`)
  const tables = new Map<string, FakeTable>()
  const statements: string[] = []
  let refused: RegExp | null = null
  let files = 0

  const keyOf = (name: string) => namesIn(name)
  const run = (sql: string) => connection.run(toDuck(sql))

  async function create(name: string, body: string, sortedBy: string, partitionBy: string): Promise<void> {
    const columns = body.split(/,\s*(?=`)/).map(columnOf)
    const lines = columns.map(({ name: column, type }) => `"${unescaped(column)}" ${TYPES[bare(type)]}`)
    await run(`create table if not exists ${name} (${lines.join(', ')})`)
    if (!tables.has(keyOf(name))) tables.set(keyOf(name), { columns, sortedBy: namesIn(sortedBy), partitionBy })
  }

  async function alter(name: string, kind: string, column: FakeTable['columns'][number]): Promise<void> {
    const { columns } = tables.get(keyOf(name))!
    const type = TYPES[bare(column.type)]
    const at = columns.findIndex((one) => one.name === column.name)
    if (kind === 'add') columns.push(column)
    else columns[at] = column
    const change = kind === 'add' ? `add column "${column.name}" ${type}` : `alter column "${column.name}" type ${type}`
    await run(`alter table ${name} ${change}`)
  }

  const within = (name: string, literal: string): string =>
    `(${tables.get(keyOf(name))!.partitionBy}) = ${literal.startsWith('(') ? literal : `(${literal})`}`

  const RULES: readonly (readonly [RegExp, (...parts: string[]) => Promise<unknown>])[] = [
    [/^create database if not exists (.*)$/, (name) => run(`create schema if not exists ${name}`)],
    [
      /^create table (?:if not exists )?(\S+) \(([\s\S]*)\) engine = MergeTree partition by \((.*)\) order by (?:\((.*)\)|tuple\(\))$/,
      (name, body, partitionBy, sortedBy = '') => create(name!, body!, sortedBy, partitionBy!),
    ],
    [
      /^create table (\S+) as (\S+)$/,
      async (name, like) => {
        tables.set(keyOf(name!), tables.get(keyOf(like!))!)
        await run(`create table ${name} as from ${like} limit 0`)
      },
    ],
    [
      /^drop table (\S+)$/,
      (name) => {
        tables.delete(keyOf(name!))
        return run(`drop table ${name}`)
      },
    ],
    [
      /^alter table (\S+) replace partition (.*) from (\S+)$/,
      async (name, literal, from) => {
        const odd = await run(`select 1 from ${from} where not (${within(name!, literal!)})`)
        if ((await odd.getRows()).length > 0) throw new Error(`${from} holds rows of other partitions`)
        await run(`delete from ${name} where ${within(name!, literal!)}`)
        await run(`insert into ${name} from ${from}`)
      },
    ],
    [
      /^alter table (\S+) drop partition (.*)$/,
      (name, literal) => run(`delete from ${name} where ${within(name!, literal!)}`),
    ],
    [
      /^alter table (\S+) (add|modify) column (?:if not exists )?(.*)$/,
      (name, kind, line) => alter(name!, kind!, columnOf(line!)),
    ],
    [
      /^rename table (\S+) to (\S+)$/,
      (name, to) => {
        tables.set(keyOf(to!), tables.get(keyOf(name!))!)
        tables.delete(keyOf(name!))
        return run(`alter table ${name} rename to ${to!.split('.')[1]}`)
      },
    ],
    [
      /^create or replace table (\S+) \(id Int64, amount Decimal\(20, 6\), label String\) engine = MergeTree order by id$/,
      (name) => run(`create or replace table ${name} (id bigint, amount decimal(20, 6), label varchar)`),
    ],
    [/^(insert into \S+ values .*)$/, (sql) => run(sql!)],
    [/^truncate table (\S+)$/, (name) => run(`delete from ${name}`)],
    [/^create or replace view/, () => Promise.resolve()],
  ]

  async function change(sql: string): Promise<void> {
    statements.push(sql)
    if (refused?.test(sql)) throw new Error('refused')
    for (const [pattern, apply] of RULES) {
      const found = pattern.exec(sql)
      if (!found) continue
      await apply(...found.slice(1))
      if (sql.startsWith('create or replace view')) await run(sql)
      return
    }
    throw new Error(`The fake does not know: ${sql}`)
  }

  const described = (schema: string): readonly string[][] =>
    [...tables].flatMap(([name, { columns, sortedBy }]) =>
      name.startsWith(`${schema}.`) && !name.includes('_backbeat_stage_')
        ? columns.map((column) => [name.slice(schema.length + 1), column.name, column.type, column.comment, sortedBy])
        : [],
    )

  async function answer(
    sql: string,
  ): Promise<{ readonly names: string[]; readonly types: string[]; readonly rows: unknown[][] }> {
    if (/from system\.tables/.test(sql)) return { names: [], types: [], rows: [] }
    const system = /from system\.columns.*c\.database = '(\w+)'/.exec(sql)
    if (system) return { names: [], types: [], rows: described(system[1]!).map((line) => [...line]) }
    const reader = await connection.runAndReadAll(toDuck(sql))
    const types = reader.columnTypes().map(String)
    const rows = reader.getRows().map((row) => row.map((value) => plain(value)))
    return { names: [...reader.columnNames()], types: types.map(nativeOf), rows }
  }

  return {
    statements,
    refuse(pattern) {
      refused = pattern
    },
    command: ({ query }) => change(query),
    async exec({ query, values }) {
      if (values) {
        statements.push(query)
        if (refused?.test(query)) throw new Error('refused')
        const path = join(folder, `${++files}.jsonl`)
        await pipeline(values, createWriteStream(path))
        const [, table, columns] = /^insert into (\S+) \((.*)\) format JSONEachRow$/.exec(query)!
        const all = tables.get(keyOf(table!))!.columns
        const types = all.map(({ name, type }) => `'${name}': '${TYPES[bare(type)]}'`).join(', ')
        await run(
          `insert into ${table} (${columns}) select ${columns} from read_json('${path}', columns = {${types}}, format = 'newline_delimited')`,
        )
        return { stream: Readable.from([]) }
      }
      const { names, rows } = await answer(query.replace(/ format JSONEachRow$/, ''))
      const lines = rows.map((row) => `${JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i]])))}\n`)
      return { stream: Readable.from(lines) }
    },
    async query({ query, format }) {
      const { names, types, rows } = await answer(query)
      const all = format.endsWith('WithNamesAndTypes') ? [names, types, ...rows] : rows
      return {
        async *stream() {
          for (const row of all) yield [{ json: () => row }]
        },
        close() {},
      }
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** As ClickHouse writes it into JSON: long numbers, decimals and times as text. */
const plain = (value: unknown): unknown =>
  value === null || ['number', 'boolean', 'string'].includes(typeof value) ? value : String(value)
