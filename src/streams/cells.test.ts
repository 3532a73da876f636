import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../core/json.ts'
import type { ColumnType, Value } from '../core/table.ts'
import { toCell } from './cells.ts'

const CASES: Readonly<Record<ColumnType, readonly (readonly [Json, Value])[]>> = {
  id: [
    ['7000000000000000001', '7000000000000000001'],
    [42, '42'],
    [7e18, null],
    ['CPIXEL', null],
  ],
  text: [
    ['Ann', 'Ann'],
    [5, '5'],
    [true, 'true'],
    [['a'], '["a"]'],
  ],
  integer: [
    [3, 3],
    ['1079', 1079],
    ['12.00', 12],
    ['9223372036854775807', '9223372036854775807'],
    ['1.5', null],
    ['many', null],
  ],
  money: [
    [20, '20'],
    [0.1, '0.1'],
    ['14.68', '14.68'],
    ['0.1234567', '0.123457'],
    ['-0.9999999', '-1.000000'],
    ['123456789012345678.12', '123456789012345678.12'],
    [1e-7, '0.000000'],
    ['free', null],
  ],
  ratio: [
    ['1.23', 1.23],
    [2, 2],
    ['much', null],
  ],
  boolean: [
    [true, true],
    ['false', false],
    [1, true],
    ['0', false],
    ['maybe', null],
  ],
  date: [['2026-11-21 00:00:00', '2026-11-21']],
  local_time: [
    ['2026-11-21 10:00:00', '2026-11-21 10:00:00'],
    ['2020-06-10T07:39:14Z', '2020-06-10 07:39:14'],
    ['2020-06-10', '2020-06-10 00:00:00'],
    [1_600_000_000, '2020-09-13 12:26:40'],
    ['1600000000', '2020-09-13 12:26:40'],
    [0, null],
    ['soon', null],
  ],
  instant: [['2020-06-10T07:39:14Z', '2020-06-10T07:39:14Z']],
  json: [
    [[], '[]'],
    [{ a: ['7000000000000000001'] }, '{"a":["7000000000000000001"]}'],
  ],
}

for (const [type, cases] of Object.entries(CASES) as [ColumnType, (typeof CASES)[ColumnType]][]) {
  test(`a value becomes a cell of type ${type}`, () => {
    for (const [value, cell] of cases) assert.equal(toCell(type, value), cell, JSON.stringify(value))
  })
}

test('what TikTok leaves empty is null in every type, and never zero', () => {
  for (const type of Object.keys(CASES) as ColumnType[]) {
    for (const empty of [undefined, null, '', '-']) assert.equal(toCell(type, empty), null, `${type} ${empty}`)
  }
})

test('money never changes by more than half a millionth, and ids not at all', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (nanos) => {
      const digits = (nanos < 0n ? -nanos : nanos).toString().padStart(10, '0')
      const text = `${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`
      const cell = String(toCell('money', text))
      const [whole = '', places = ''] = cell.split('.')
      assert.equal(places.length, 6)
      const back = BigInt(whole.replace('-', '') + places) * (cell.startsWith('-') ? -1000n : 1000n)
      const difference = back - nanos
      assert.ok(difference <= 500n && difference >= -500n, `${text} became ${cell}`)
    }),
  )
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }), (id) => {
      assert.equal(toCell('id', id.toString()), id.toString())
    }),
  )
})
