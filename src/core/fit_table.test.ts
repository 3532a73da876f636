import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { castValue, fitTable } from './fit_table.ts'
import type { Column, ColumnType, Table } from './table.ts'
import type { StoredTable } from './warehouse.ts'

const column = (name: string, type: ColumnType): Column => ({
  name,
  type,
  about: 'A column.',
  apiField: name,
  totals: null,
  latencyHours: null,
})

const table = (...columns: Column[]): Table => ({
  name: 't',
  about: 'A table.',
  group: 'report',
  mode: 'window',
  columns,
  key: [],
  advertiserColumn: 'a',
  windowColumn: null,
  references: [],
})

const stored = (columns: Readonly<Record<string, ColumnType | null>>): StoredTable => ({
  name: 't',
  key: null,
  columns: Object.entries(columns).map(([name, type]) => ({ name, type, nativeType: 'x' })),
})

test('a table that stands as its contract says takes its rows as they are', () => {
  const rows = [['1', null]]
  const { project } = fitTable(stored({ a: 'id', b: 'text' }), table(column('a', 'id'), column('b', 'text')))

  assert.equal(
    project(rows, () => assert.fail()),
    rows,
  )
})

test('values without a place are dropped and told, null is nothing to tell', () => {
  const dropped: string[] = []
  const wanted = table(column('a', 'id'), column('new', 'text'), column('n', 'money'), column('odd', 'text'))
  const fit = fitTable(stored({ a: 'id', n: 'integer', odd: null }), wanted)

  assert.deepEqual(
    fit.table.columns.map(({ name, type }) => `${name} ${type}`),
    ['a id', 'n integer'],
  )
  const rows = fit.project(
    [
      ['1', 'x', '5', null],
      ['2', null, '5.5', 'y'],
    ],
    (name) => void dropped.push(name),
  )
  assert.deepEqual(rows, [
    ['1', '5'],
    ['2', null],
  ])
  assert.deepEqual(dropped, ['new', 'odd', 'n'])
})

test('a column goes to its variant, and to nothing when the variant does not take it either', () => {
  const money = table(column('n', 'money'))
  assert.deepEqual(fitTable(stored({ n: 'date', n__v2: 'money' }), money).table, money)
  assert.deepEqual(fitTable(stored({ n: 'integer', n__v2: 'date' }), money).table.columns, [])
})

test('a value that is cast means the same, or is null', () => {
  const types = ['text', 'id', 'integer', 'money', 'ratio', 'date', 'local_time'] as const
  const value = fc.oneof(
    fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }).map(String),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string(),
    fc.boolean(),
  )
  fc.assert(
    fc.property(value, fc.constantFrom(...types), (given, type) => {
      const cast = castValue(given, type)
      if (cast !== null) assert.equal(String(cast), String(given))
    }),
  )
  assert.equal(castValue('9223372036854775807', 'integer'), null)
  assert.equal(castValue('1234567890123456789', 'text'), '1234567890123456789')
  assert.equal(castValue('0.1', 'ratio'), 0.1)
  assert.equal(castValue('2026-01-01', 'date'), '2026-01-01')
  assert.equal(castValue('2026-01-01', 'local_time'), null)
})
