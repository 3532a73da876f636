import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { keepsWhatWent } from '../core/audit_columns.ts'
import { TerminalError } from '../core/errors.ts'
import type { CheckStep, LoadRequest, StoredTable, Warehouse } from '../core/warehouse.ts'
import { secret } from '../secret_field.ts'
import { passSteps } from './check_steps.ts'
import { type ClickHouse, type ClickHouseClient, clickhouse } from './clickhouse_client.ts'
import {
  clickhouseSchema,
  clickhouseStatements,
  describeStatement,
  leftStatement,
  ownTable,
  qualified,
  quote,
  STAGE,
  selectLoaded,
  storedTables,
} from './clickhouse_ddl.ts'
import { clickhousePartitions, partitionsStatement } from './clickhouse_partitions.ts'
import { forgetSlices } from './ddl.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { duckdbEngine } from './duckdb_engine.ts'
import { type DuckDbFile, openDuckDb } from './duckdb_file.ts'
import { optionalPackage } from './optional_package.ts'
import { LOADED_SLICES, REMOVED_ROWS, RESTATEMENTS } from './own_tables.ts'
import { type Need, type PartedTable, partitionsOfLoad, partsOf, rebuild } from './rebuild.ts'
import { inTransaction, type Session, type StageColumn } from './sql_dialect.ts'
import { loadSlice } from './sql_load.ts'
import { toLoadedSlice } from './sql_warehouse.ts'

/** What a person says of a ClickHouse warehouse. */
export const clickhouseSpec = z.strictObject({
  type: z.literal('clickhouse'),
  url: secret.describe('Address with user and password, such as https://user:password@host:8443.'),
})

export interface ClickHouseOptions {
  /** Gives the same client at every call. */
  readonly connect: () => Promise<ClickHouseClient>
  /** Part of a name that nobody else has. */
  readonly unique: () => string
}

/**
 * A warehouse in ClickHouse, whose databases are the schemas. ClickHouse has no transactions: what a load changes is worked
 * out in DuckDB, whole partitions (an advertiser's month) are built beside the table, and each takes its place in one step.
 * Who reads between two of these steps may see one month of a load and not yet the other. Rows that went and restatements
 * are noted first and the slice last, so that a load that was killed counts as not done: when it is done again, what it had
 * noted already may stand there twice. Two programs must not load the same table of the same advertiser at the same time.
 */
export function clickhouseWarehouse({ connect, unique }: ClickHouseOptions): Warehouse {
  const server = clickhouse(connect)
  let place: Promise<string> | null = null
  let memory: Promise<DuckDbFile> | null = null
  const folder = () => {
    place ??= mkdtemp(join(tmpdir(), 'backbeat-clickhouse-'))
    return place
  }
  const loads = duckdbEngine(async () => {
    const path = await folder()
    memory ??= openDuckDb({ path: null, folders: [path], spill: join(path, 'spill') })
    return memory
  })
  const describe = async (schema: string) =>
    storedTables(await server.rows(`describe the schema ${schema}`, describeStatement(schema)))

  /** Lets `work` change partitions in memory, then puts those that are others now in their places. */
  async function change<T>(session: Session, schema: string, plan: Plan, work: () => Promise<T>): Promise<T> {
    const own = await mkdtemp(join(await folder(), 'load-'))
    const store = clickhousePartitions({ server, session, schema, folder: own, unique, ...plan })
    try {
      return await rebuild(session, schema, plan.tables, plan.needs, store, work)
    } finally {
      await rm(own, { recursive: true, force: true })
    }
  }

  const forget = (schema: string, names: readonly string[]): Promise<void> =>
    loads.use(`forget slices of ${names.join(', ')}`, (session) =>
      inTransaction(session, () =>
        change(session, schema, FORGETTING, async () => {
          for (const name of names) await session.run(forgetSlices(duckdbDialect, schema, { name }))
        }),
      ),
    )

  return {
    type: 'clickhouse',
    check: (schema) => checkSteps(server, schema),
    describe,
    ddl: clickhouseStatements,
    async change(schema, changes) {
      const standing = new Set((await describe(schema)).map(({ name }) => name))
      const needed = changes.filter(({ kind, table }) => kind !== 'create_table' || !standing.has(table.name))
      const statements = [...clickhouseSchema(schema), ...needed.flatMap((one) => clickhouseStatements(schema, one))]
      for (const statement of statements) await server.run(`change the schema ${schema}`, statement)
      for (const [left] of await server.rows('look for what is left', leftStatement(schema)))
        await server.run('drop what is left', `drop table ${qualified(schema, left!)}`)
      const forgotten = needed.filter(({ kind }) => kind === 'change_key').map(({ table }) => table.name)
      if (forgotten.length > 0) await forget(schema, forgotten)
    },
    load: (request) =>
      loadSlice(
        {
          dialect: duckdbDialect,
          describeTable: async (schema, name) => (await describe(schema)).find((one) => one.name === name) ?? null,
          async openStage(schema, name, columns) {
            const stage = await loads.openStage(schema, name, columns)
            return {
              ...stage,
              apply: (work) =>
                stage.apply(async (session) => {
                  const stored = (await describe(schema)).find((one) => one.name === name)
                  const plan = await planOf(server, session, request, stored, stage.table, columns)
                  return change(session, schema, plan, () => work(session))
                }),
            }
          },
        },
        request,
      ),
    async loaded(schema) {
      const tables = await describe(schema)
      if (!tables.some(({ name }) => name === LOADED_SLICES.name)) return []
      return (await server.rows('read what has been loaded', selectLoaded(schema))).map(toLoadedSlice)
    },
    async clear(schema, { name }) {
      await forget(schema, [name])
      await server.run(`clear ${name}`, `truncate table ${qualified(schema, name)}`)
    },
    query: (sql, params = []) => server.query(sql, params),
    quote: qualified,
    async close() {
      await (await memory)?.close()
      if (place) await rm(await place, { recursive: true, force: true })
      await server.close()
    },
  }
}

/** What a load reads and writes. */
export interface Plan {
  readonly tables: Readonly<Record<string, PartedTable>>
  readonly needs: readonly Need[]
  /** Tables whose rows are added to, and never change. */
  readonly growing: ReadonlySet<string>
}

const GROWING = [REMOVED_ROWS, RESTATEMENTS] as const
const OWN = Object.fromEntries([LOADED_SLICES, ...GROWING].map(({ name, columns }) => [name, ownTable(columns)]))
const FORGETTING: Plan = {
  tables: OWN,
  needs: [{ table: LOADED_SLICES.name, partitions: null }],
  growing: new Set(),
}

async function planOf(
  server: ClickHouse,
  session: Session,
  request: LoadRequest,
  stored: StoredTable | undefined,
  stage: string,
  columns: readonly StageColumn[],
): Promise<Plan> {
  const { schema, table, advertiserId } = request
  if (!stored) throw new TerminalError('warehouse.missing', `Cannot load ${table.name}: it was removed meanwhile`)
  const target: PartedTable = {
    key: table.key,
    columns: stored.columns.flatMap(({ name, type }) => (type === null ? [] : [{ name, type }])),
    ...partsOf(table),
  }
  const standing = await server.rows(
    `load ${table.name}`,
    partitionsStatement(schema, table.name, target, advertiserId),
  )
  const partitions = await partitionsOfLoad(
    session,
    target,
    request,
    standing.map(([partition]) => partition!),
    stage,
    columns,
  )
  const growing = keepsWhatWent(table.mode) ? [] : GROWING.map(({ name }) => name)
  return {
    tables: { ...OWN, [table.name]: target },
    needs: [
      ...growing.map((name) => ({ table: name, partitions: new Set<string>() })),
      { table: table.name, partitions },
      { table: LOADED_SLICES.name, partitions: new Set([advertiserId]) },
    ],
    growing: new Set(growing),
  }
}

const CHECK_TABLE = '_backbeat_check'
const CHECKED = ['9007199254740993', '12.345678', 'Größe 🎵']

function checkSteps(server: ClickHouse, schema: string): Promise<readonly CheckStep[]> {
  const table = qualified(schema, CHECK_TABLE)
  const run = (sql: string) => () => server.run('check the schema', sql)
  return passSteps([
    ['connect', 'It answers', () => server.rows('connect', 'select 1')],
    ['create schema', `"${schema}" is there`, run(`create database if not exists ${quote(schema)}`)],
    [
      'create table',
      'A table can be created',
      run(
        `create or replace table ${table} (id Int64, amount Decimal(20, 6), label String) engine = MergeTree order by id`,
      ),
    ],
    [
      'write',
      'A row can be written',
      run(`insert into ${table} values (${CHECKED[0]}, '${CHECKED[1]}', '${CHECKED[2]}')`),
    ],
    [
      'read',
      'It comes back as it was written',
      async () => {
        const [row] = await server.rows('check the schema', `select id, amount, label from ${table}`)
        if (row?.join() !== CHECKED.join()) throw new Error(`Cannot read the row back: it is "${row?.join(', ')}" now`)
      },
    ],
    ['drop', 'The table is gone again', run(`drop table ${table}`)],
  ])
}

/** As the catalog lists it. */
export const clickhouseType = {
  type: 'clickhouse',
  about: 'ClickHouse, through @clickhouse/client; not tried against a real server by our tests.',
  spec: clickhouseSpec,
  secrets: ['url'],
  open(spec: unknown): Warehouse {
    const { url } = spec as { readonly url: string }
    let client: Promise<ClickHouseClient> | null = null
    const connect = () => {
      client ??= openClient(url)
      return client
    }
    return clickhouseWarehouse({ connect, unique: () => `${STAGE}${randomUUID().replaceAll('-', '')}` })
  },
} as const

async function openClient(url: string): Promise<ClickHouseClient> {
  const { createClient } = (await optionalPackage('@clickhouse/client', '1')) as {
    readonly createClient: (options: { readonly url: string }) => ClickHouseClient
  }
  return createClient({ url })
}
