import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { findPostgres, makeSchema } from '../../test/postgres.ts'
import { auditColumns } from './audit_columns.ts'
import { exportSchema, SCHEMA_FORMATS } from './export_schema.ts'
import type { Column, ColumnType, Table } from './table.ts'

const aColumn = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  about: `What "${name}" of Ann's <shop> says`,
  apiField: name,
  totals: null,
  latencyHours: null,
  ...more,
})

const aTable = (name: string, more: Partial<Table>): Table => ({
  name,
  about: `Table of ${name}`,
  group: 'entity',
  mode: 'upsert',
  columns: [],
  key: ['id'],
  advertiserColumn: 'id',
  windowColumn: null,
  references: [],
  ...more,
})

const TABLES: readonly Table[] = [
  aTable('advertiser', { columns: [aColumn('id', 'id'), aColumn('name', 'text'), aColumn('balance', 'money')] }),
  aTable('ad_history', {
    mode: 'history',
    key: ['ad_id', 'updated_at'],
    advertiserColumn: 'advertiser_id',
    columns: [
      aColumn('ad_id', 'id'),
      aColumn('updated_at', 'local_time'),
      aColumn('advertiser_id', 'id'),
      aColumn('video_id', 'text'),
      aColumn('_raw', 'json', { apiField: null }),
    ],
    references: [
      { columns: ['advertiser_id'], table: 'advertiser', to: ['id'] },
      { columns: ['advertiser_id', 'video_id'], table: 'video', to: ['advertiser_id', 'video_id'] },
    ],
  }),
  aTable('ad_report_daily', {
    group: 'report',
    mode: 'window',
    key: ['ad_id', 'stat_time_day'],
    advertiserColumn: 'advertiser_id',
    windowColumn: 'stat_time_day',
    columns: [
      aColumn('ad_id', 'id'),
      aColumn('stat_time_day', 'local_time'),
      aColumn('advertiser_id', 'id'),
      aColumn('spend', 'money', { totals: 'sum' }),
      aColumn('reach', 'integer', { totals: 'none', latencyHours: 16 }),
      aColumn('ctr', 'ratio', { totals: 'recompute' }),
    ],
    references: [{ columns: ['ad_id'], table: 'ad_history', to: ['ad_id'] }],
  }),
]

const SUFFIX = { sql: 'sql', dbml: 'dbml', mermaid: 'mmd', json: 'json' } as const

for (const format of SCHEMA_FORMATS) {
  test(`tables are exported as ${format} as the golden file says`, () => {
    const file = join(import.meta.dirname, 'schema_export/golden', `tables.${SUFFIX[format]}`)
    const actual = exportSchema(format, TABLES, { schema: 'tiktok_ads' })

    if (!existsSync(file)) {
      assert.notEqual(process.env['CI'], 'true', `${file} is missing; run the test locally and commit what it writes`)
      writeFileSync(file, actual)
    }
    assert.equal(actual, readFileSync(file, 'utf8'))
  })
}

test('a warehouse says its tables in its own words', () => {
  const sql = exportSchema('sql', TABLES.slice(0, 1), {
    schema: 'tiktok_ads',
    statementsOf: ({ name }) => [`CREATE TABLE \`${name}\` (\`id\` BIGINT)`],
  })

  assert.equal(sql, '-- Table of advertiser\nCREATE TABLE `advertiser` (`id` BIGINT);\n')
})

test('no reference leads to a table that is not exported', () => {
  for (const format of ['sql', 'dbml', 'mermaid'] as const) {
    assert.doesNotMatch(exportSchema(format, TABLES, { schema: 's' }).replace(/comment on.*/g, ''), /\bvideo\b/)
  }
})

test('every line of a Mermaid diagram is one that Mermaid knows', () => {
  const [head, ...lines] = exportSchema('mermaid', TABLES, { schema: 's' }).trimEnd().split('\n')
  const name = '[A-Za-z_][A-Za-z0-9_]*'
  const known = new RegExp(
    `^  (?:${name} \\{|\\}|  [a-z_]+ ${name}(?: PK| FK| PK, FK)? "[^"]*"|${name} \\|o--o\\{ ${name} : "[^"]+")$`,
  )

  assert.equal(head, 'erDiagram')
  for (const line of lines) assert.match(line, known)
})

test('brackets and quotes of DBML match', () => {
  const dbml = exportSchema('dbml', TABLES, { schema: 's' })
  const bare = dbml.replace(/'(?:\\.|[^'\\])*'/g, "''").replace(/"[^"\n]*"/g, '""')

  assert.equal(bare.split('{').length, bare.split('}').length)
  assert.equal(bare.split('[').length, bare.split(']').length)
  assert.doesNotMatch(bare.replaceAll("''", ''), /'/)
})

test('the contract says everything of every column, ours included', () => {
  const contract = JSON.parse(exportSchema('json', TABLES, { schema: 's' })) as {
    tables: { columns: { name: string; added_by_backbeat: boolean }[] }[]
  }

  const [advertiser] = contract.tables
  assert.deepEqual(
    advertiser!.columns.filter((column) => column.added_by_backbeat).map(({ name }) => name),
    auditColumns('upsert').map(({ name }) => name),
  )
})

const postgres = await findPostgres()

test('the statements make the tables in PostgreSQL', { skip: postgres.skip }, async (t) => {
  const { schema, drop } = await makeSchema(postgres.url!)
  const client = new pg.Client({ connectionString: postgres.url! })
  t.after(async () => {
    await client.end()
    await drop()
  })
  await client.connect()

  await client.query(exportSchema('sql', TABLES, { schema }))

  const { rows } = await client.query(
    'select table_name, count(*)::int as columns from information_schema.columns where table_schema = $1 group by 1 order by 1',
    [schema],
  )
  assert.deepEqual(
    rows,
    TABLES.map(({ name, columns, mode }) => ({
      table_name: name,
      columns: columns.length + auditColumns(mode).length,
    })).toSorted((a, b) => (a.table_name < b.table_name ? -1 : 1)),
  )
})
