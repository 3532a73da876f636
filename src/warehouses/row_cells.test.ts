import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TerminalError } from '../core/errors.ts'
import type { ColumnType, Value } from '../core/table.ts'
import { decimalOf, textOfUnits, unitsOf } from './decimals.ts'
import { rowCells } from './row_cells.ts'

const cellOf = (type: ColumnType, value: Value) => rowCells('t', [{ name: 'c', type, index: 0 }])([value])[0]
const digestOf = (columns: readonly (readonly [string, ColumnType])[], row: readonly Value[]) =>
  rowCells(
    't',
    columns.map(([name, type], index) => ({ name, type, index })),
  )(row).at(-1)

test('every type has one spelling for each value', () => {
  const spellings: readonly (readonly [ColumnType, readonly Value[], string | null])[] = [
    ['id', ['7300000000000000001'], '7300000000000000001'],
    ['integer', ['12', 12, '12.0'], '12'],
    ['money', ['12.5', 12.5, '12.500000', '012.50'], '12.5'],
    ['money', ['-0', '0', 0, '0.000', '-0.0000001'], '0'],
    ['money', ['1e-6', '0.000001', '0.0000005'], '0.000001'],
    ['ratio', ['0.50', 0.5, '.5', '5e-1'], '0.5'],
    ['boolean', [true, 'true', 1], '1'],
    ['boolean', [false, 'false', 0], '0'],
    ['date', ['2026-03-01', '2026-03-01 00:00:00'], '2026-03-01'],
    ['local_time', ['2026-03-01', '2026-03-01 00:00:00', '2026-03-01T00:00:00Z'], '2026-03-01 00:00:00'],
    ['instant', ['2026-03-01T01:00:00+01:00', '2026-03-01 00:00:00', 1772323200000], '2026-03-01T00:00:00.000Z'],
    ['text', ['Ünï🎵', 'Ü\0nï🎵'], 'Ünï🎵'],
    ['text', ['\ud83d'], '\ufffd'],
    ['json', ['{"a":"\\u0000b"}', '{"a":"b"}'], '{"a":"b"}'],
    ['money', [null], null],
  ]

  for (const [type, values, cell] of spellings)
    assert.deepEqual(
      values.map((value) => cellOf(type, value)),
      values.map(() => cell),
      type,
    )
})

test('a value that is none of its type is refused by column and value', () => {
  const wrong: readonly (readonly [ColumnType, Value])[] = [
    ['integer', '1.5'],
    ['integer', 2 ** 60],
    ['integer', '9223372036854775808'],
    ['id', ''],
    ['money', '<5'],
    ['money', '1234567890123456'],
    ['ratio', ''],
    ['ratio', 'NaN'],
    ['boolean', 'yes'],
    ['date', '01.03.2026'],
    ['local_time', 'today'],
    ['instant', 'today'],
  ]

  for (const [type, value] of wrong)
    assert.throws(
      () => cellOf(type, value),
      (error) => error instanceof TerminalError && error.message.includes(`"${value}"`),
      `${type} ${value}`,
    )
})

test('a column without a value counts for nothing in the digest, one with a value does', () => {
  const before = digestOf(
    [
      ['id', 'id'],
      ['clicks', 'integer'],
    ],
    ['1', 5],
  )

  assert.equal(
    digestOf(
      [
        ['id', 'id'],
        ['reach', 'integer'],
        ['clicks', 'integer'],
      ],
      ['1', null, 5],
    ),
    before,
  )
  assert.notEqual(
    digestOf(
      [
        ['id', 'id'],
        ['reach', 'integer'],
        ['clicks', 'integer'],
      ],
      ['1', 0, 5],
    ),
    before,
  )
  assert.notEqual(
    digestOf(
      [
        ['id', 'id'],
        ['reach', 'integer'],
      ],
      ['1', 5],
    ),
    before,
  )
})

test('rows have the same digest exactly when their cells are the same', () => {
  const columns = [
    ['a', 'text'],
    ['b', 'text'],
    ['c', 'money'],
  ] as const
  const cell = fc.option(fc.constantFrom('', 'x', 'y', '\u001e', 'b\u001fx'))
  const row = fc.tuple(cell, cell, fc.option(fc.constantFrom('1', '1.0', '2')))
  fc.assert(
    fc.property(row, row, (one, other) => {
      const isSame = (['text', 'text', 'money'] as const).every(
        (type, i) => cellOf(type, one[i]!) === cellOf(type, other[i]!),
      )
      assert.equal(digestOf(columns, one) === digestOf(columns, other), isSame)
    }),
  )
})

test('a decimal keeps its value: parsed and printed it is what it was', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }), (units) => {
      assert.equal(unitsOf(textOfUnits(units)), units)
      assert.equal(decimalOf(textOfUnits(units)), textOfUnits(units))
    }),
  )
})
