import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditColumns } from './audit_columns.ts'
import { compareSchema, placeOf, variantAfter } from './compare_schema.ts'
import type { Column, ColumnType, Table } from './table.ts'
import type { StoredColumn, StoredTable } from './warehouse.ts'

const column = (name: string, type: ColumnType): Column => ({
  name,
  type,
  about: name,
  apiField: name,
  totals: null,
  latencyHours: null,
})

const table: Table = {
  name: 'ad_report_daily',
  about: 'Figures of ads by day.',
  group: 'report',
  mode: 'window',
  columns: [
    column('ad_id', 'id'),
    column('advertiser_id', 'id'),
    column('stat_time_day', 'local_time'),
    column('spend', 'money'),
    column('clicks', 'integer'),
  ],
  key: ['ad_id', 'stat_time_day'],
  advertiserColumn: 'advertiser_id',
  windowColumn: 'stat_time_day',
  references: [],
}

const storedColumn = (name: string, type: ColumnType | null): StoredColumn => ({
  name,
  type,
  nativeType: type ?? 'tsvector',
})

/** The table as it was created, with columns exchanged or added. */
function stored(changes: Readonly<Record<string, ColumnType | null>> = {}, key = table.key): StoredTable {
  const types = Object.fromEntries([...table.columns, ...auditColumns('window')].map(({ name, type }) => [name, type]))
  const columns = Object.entries({ ...types, ...changes }).map(([name, type]) => storedColumn(name, type))
  return { name: table.name, key, columns }
}

const kindsOf = (found: StoredTable) =>
  compareSchema([found], [table]).map((change) => [change.kind, 'column' in change ? change.column.name : null])

test('a table that stands as its contract says needs nothing, whatever else stands beside it', () => {
  const other: StoredTable = { name: 'orders', key: null, columns: [] }

  assert.deepEqual(compareSchema([other, stored()], [table]), [])
})

test('an id and a whole number are stored alike, so one stands for the other', () => {
  assert.deepEqual(kindsOf(stored({ ad_id: 'integer', clicks: 'id' })), [])
})

test('a table that is not there is created', () => {
  assert.deepEqual(compareSchema([], [table]), [{ kind: 'create_table', table }])
})

test('a column that is not there is added, one of ours too', () => {
  const found = { ...stored(), columns: stored().columns.filter(({ name }) => !['clicks', '_run_id'].includes(name)) }

  assert.deepEqual(kindsOf(found), [
    ['add_column', 'clicks'],
    ['add_column', '_run_id'],
  ])
})

test('a column that the contract no longer has is retired', () => {
  assert.deepEqual(kindsOf(stored({ reach: 'integer' })), [['retire_column', 'reach']])
})

test('a type that takes every stored value widens the column, any other needs a variant', () => {
  assert.deepEqual(kindsOf(stored({ spend: 'integer' })), [['widen_column', 'spend']])
  assert.deepEqual(kindsOf(stored({ stat_time_day: 'date' })), [['widen_column', 'stat_time_day']])
  assert.deepEqual(kindsOf(stored({ spend: 'text' })), [['retype_column', 'spend']])
  assert.deepEqual(kindsOf(stored({ clicks: null })), [['retype_column', 'clicks']])
})

test('a variant of the right type settles the difference, and takes the values', () => {
  const found = stored({ spend: 'text', spend__v2: 'ratio', spend__v3: 'money' })

  assert.deepEqual(kindsOf(found), [])
  assert.deepEqual(placeOf(found, column('spend', 'money')), storedColumn('spend__v3', 'money'))
})

test('a variant whose type no longer fits is followed by the next one', () => {
  const [change] = compareSchema([stored({ spend: 'text', spend__v2: 'ratio' })], [table])

  assert.equal(change?.kind, 'retype_column')
  assert.equal(change?.kind === 'retype_column' && variantAfter(change.from.name), 'spend__v3')
})

test('a key of other columns builds the table anew, another order of them does not', () => {
  assert.deepEqual(kindsOf(stored({}, ['stat_time_day', 'ad_id'])), [])
  const found = stored({ reach: 'integer' }, ['ad_id'])
  assert.deepEqual(compareSchema([found], [table]), [{ kind: 'change_key', table, from: ['ad_id'] }])
})

test('values go into a wider column as it stands, and nowhere when no column takes them', () => {
  assert.equal(placeOf(stored({ clicks: 'text' }), column('clicks', 'integer'))?.name, 'clicks')
  assert.equal(placeOf(stored({ clicks: 'boolean' }), column('clicks', 'integer')), null)
  assert.equal(placeOf(stored(), column('reach', 'integer')), null)
})
