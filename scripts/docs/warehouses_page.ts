import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type WarehouseType, warehouseTypes } from '../../src/catalog.ts'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { TYPE_MEANINGS } from '../../src/core/schema_export/data_contract.ts'
import { decide, SCHEMA_POLICIES } from '../../src/core/schema_policy.ts'
import type { Column, ColumnType, Table } from '../../src/core/table.ts'
import type { SchemaChange } from '../../src/core/warehouse.ts'
import { type SpecSchema, specSchema } from '../../src/files/spec_schema.ts'
import { code, page, table } from './markdown.ts'
import { specTable } from './spec_table.ts'

/** Every type of warehouse: its settings, how our columns come out there, and what may be relied upon. */
export function warehousesPage(): string {
  return page(
    'Warehouses',
    'src/catalog.ts and the warehouses it lists',
    INTRODUCTION,
    ...warehouseTypes.flatMap((type) => [
      `## ${type.type}`,
      type.about,
      ...(TRIED.includes(type.type) ? [] : [notTried(type.type)]),
      specTable(schemaOf(type.type)),
      secretsText(type),
      ...(NOTES[type.type] ?? []),
    ]),
    '## How columns come out',
    COLUMNS,
    table(['Type', ...warehouseTypes.map(({ type }) => type), 'What it holds'], typeRows()),
    '## What all of them promise',
    PROMISES,
    promises()
      .map((title) => `- ${title}`)
      .join('\n'),
    '## Changes of the schema',
    POLICIES,
    table(['Change', ...SCHEMA_POLICIES.map(code)], Object.entries(CHANGES).map(policyRow)),
    table(['Word', 'What happens'], Object.entries(DECISIONS)),
  )
}

const INTRODUCTION = `A warehouse is where the tables of a sync stand. \`backbeat doctor\` and the console try one by creating, filling, reading and
dropping a small table. Tables of ours are written by us alone; views and tables of others may stand beside them.`

/** Types that are tested against the real thing. */
const TRIED: readonly string[] = ['duckdb', 'postgres', 'mysql', 'files']

/** What is said of a type whose server cannot run where this is built. */
function notTried(type: string): string {
  const untested = untestedOf(type)
  const rest = untested.length === 0 ? '' : `, all but these: ${untested.map((title) => `*${title}*`).join('; ')}`
  return `**Not tried against a real server.** None can run on the machine where Backbeat is built, so the promises below are tested against a
stand-in that speaks its protocol${rest}. Try it with a schema of its own first, and compare with Ads Manager.`
}

/** Titles of the suite that a type's own test leaves out. */
function untestedOf(type: string): readonly string[] {
  const file = join(import.meta.dirname, `../../src/warehouses/${type}.test.ts`)
  const list = existsSync(file) ? /const NOT_HERE = \[([^\]]*)\]/.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return [...(list ?? '').matchAll(/'((?:[^'\\]|\\.)+)'/g)].map(([, title]) => title!)
}

/** What is to be known of a type beside its settings. */
const NOTES: Readonly<Record<string, readonly string[]>> = {
  duckdb: [
    `One program at a time can have a DuckDB file open, so ours take turns of at most a second and give it back in between: the console, runs
and the command line get on together. A DuckDB of your own is refused while a turn lasts, so try again; while it has the file, a run waits
for half a minute and then leaves the slice for later as \`warehouse.busy\`. To read for long, copy the file, or use \`files\`. A query reads
tables and no other file of the machine.`,
  ],
  postgres: [
    `Rows come by \`COPY\` into a temporary table, then one transaction brings the table up to date. The user needs \`CREATE\` and
\`TEMPORARY\` on the database, also where the schema is there already. Keys are primary keys. Tried with PostgreSQL 15.`,
  ],
  mysql: [
    `A schema is a database. Moments are stored in UTC, since a column keeps no zone. A text in a key holds up to 255 characters, fewer where a key
has several; a longer one is refused and never cut. Keys tell upper from lower case. On its databases the user needs \`CREATE\`, \`DROP\`, \`ALTER\`,
\`INDEX\`, \`CREATE VIEW\`, \`CREATE TEMPORARY TABLES\`, \`SELECT\`, \`INSERT\`, \`UPDATE\` and \`DELETE\`. Tried with MariaDB 10.11.`,
  ],
  files: [
    `\`<folder>/<schema>/<table>/\` holds a file for each advertiser and month, and \`manifest.json\` beside the tables names the files that count.
A load writes the files it changes anew and then replaces the manifest, so whoever reads sees all of a load or nothing; a replaced file
stays for 15 minutes for those who are reading it. \`backbeat query\` asks the files in DuckDB's SQL. In CSV and JSONL ids and money are text, since
most readers would take them for doubles; an empty text stands in quotes and null is nothing at all.`,
  ],
  clickhouse: [
    `A schema is a database. The package comes by \`npm install @clickhouse/client\`. ClickHouse has no transactions, so three promises are weaker here:
each advertiser's month is replaced in one step, but who reads between two of these steps may see one month of a load and not yet the other; after
a load that was killed, \`_removed_rows\` and \`_restatements\` may hold a line twice; and two programs must not load one table of one
advertiser at the same time.`,
  ],
  bigquery: [
    `A schema is a dataset. The package comes by \`npm install @google-cloud/bigquery\`. Rows come by a load job into a table that goes by itself after a
day, then one transaction over several statements brings the table up to date. Loads of one process take turns.`,
  ],
  snowflake: [
    `The package comes by \`npm install snowflake-sdk\`. Rows are copied from a temporary stage into a temporary table, then one transaction brings
the table up to date. Loads of one process take turns.`,
  ],
}

function secretsText({ secrets }: WarehouseType): string {
  if (secrets.length === 0) return 'No secrets.'
  return `Secrets, kept encrypted and never shown again: ${secrets.map(code).join(', ')}.`
}

function schemaOf(type: string): SpecSchema {
  const all = specSchema('warehouse').oneOf ?? []
  return all.find(({ properties }) => properties?.['type']?.const === type) ?? {}
}

const COLUMNS = `As the statements that make a table name them; \`files\` are read back so, and Parquet holds them so. Columns of a key are \`not null\`.`

const TYPES = Object.keys(TYPE_MEANINGS) as readonly ColumnType[]

const sampleColumn = (name: string, type: ColumnType): Column => ({
  name,
  type,
  about: '',
  apiField: null,
  totals: null,
  latencyHours: null,
})

const SAMPLE: Table = {
  name: 'sample',
  about: '',
  group: 'entity',
  mode: 'snapshot',
  columns: [
    sampleColumn('id', 'id'),
    sampleColumn('key_text', 'text'),
    ...TYPES.map((type) => sampleColumn(`a_${type}`, type)),
  ],
  key: ['id', 'key_text'],
  advertiserColumn: 'id',
  windowColumn: null,
  references: [],
}

function typeRows(): readonly (readonly string[])[] {
  const statements = warehouseTypes.map(({ type, open }) => {
    const warehouse = open(sampleSpec(schemaOf(type)), { folder: '/backbeat' })
    return warehouse.ddl('sample', { kind: 'create_table', table: SAMPLE }).join('\n')
  })
  const rowOf = (words: string, column: string, about: string) => [
    words,
    ...statements.map((ddl) => code(nativeType(ddl, column))),
    about,
  ]
  return [
    ...TYPES.map((type) => rowOf(code(type), `a_${type}`, TYPE_MEANINGS[type])),
    rowOf('`text` in a key', 'key_text', 'A breakdown, such as the country'),
  ]
}

/** What a table's statement says of a column behind its name. */
function nativeType(ddl: string, column: string): string {
  const line = new RegExp(`^\\s*["\`]?${column}["\`]?\\s+(.*?)(?:\\s+(?:not null|comment '.*'))?,?$`, 'im').exec(ddl)
  if (!line) throw new Error(`Cannot tell the type of ${column}: no line of this statement begins with it: ${ddl}`)
  return line[1]!
}

/** A spec that can be opened, since opening costs nothing and connects nowhere. */
const sampleSpec = ({ properties = {} }: SpecSchema): JsonObject =>
  Object.fromEntries(Object.entries(properties).map(([name, field]): [string, Json] => [name, sampleValue(field)]))

function sampleValue(field: SpecSchema): Json {
  if (field.const !== undefined) return field.const
  if (field.default !== undefined) return field.default
  if (field.enum) return field.enum[0]!
  return field.type === 'integer' || field.type === 'number' ? 1 : 'https://sample.example/sample'
}

const SUITE = join(import.meta.dirname, '../../test')

const PROMISES = `These are the titles of the tests that every type passes (\`test/warehouse_suite.ts\`); where one cannot, or only before a stand-in, its own
section says so.`

function promises(): readonly string[] {
  const suites = globSync('warehouse_suite*.ts', { cwd: SUITE }).sort()
  return suites.flatMap((file) =>
    [...readFileSync(join(SUITE, file), 'utf8').matchAll(/\buse\(\s*'((?:[^'\\]|\\.)+)'/g)].map(([, title]) => title!),
  )
}

const POLICIES = `What happens by itself when a table's contract and the warehouse differ, by \`schema_policy\` of the sync. Tables of a first run, of
streams that are named and of your own reports are made without asking; nothing is ever dropped. What waits is listed in the console under
schema changes, with the statements it comes to.`

const CHANGES: Readonly<Record<SchemaChange['kind'], string>> = {
  create_table: 'A new stream',
  add_column: 'A new column',
  retire_column: 'A column that nothing fills any more',
  widen_column: 'A type that takes all the old one took',
  retype_column: 'Another type',
  change_key: 'Another key',
}

const DECISIONS: Readonly<Record<ReturnType<typeof decide>, string>> = {
  apply: 'It is done before the run loads',
  ask: 'The run goes on without it, and a person decides',
  ignore: 'It is left out for good; values without a place are counted in the run',
  keep: 'The column stays, and stays null from now on',
  variant: 'A new column, named with `__v2`, stands beside the old one',
  pause: 'Nothing runs until a person has decided',
}

const policyRow = ([kind, words]: [string, string]): readonly string[] => [
  words,
  ...SCHEMA_POLICIES.map((policy) => decide({ kind } as SchemaChange, policy)),
]
