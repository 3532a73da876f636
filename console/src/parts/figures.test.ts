import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cellText, decimal, duration } from './figures.ts'

test('a decimal keeps every digit, however long it is', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.stringMatching(/^\d{1,6}$/), (whole, fraction) => {
      const text = `${whole}.${fraction}`
      assert.equal(decimal(text).replaceAll(',', ''), text)
    }),
  )
  assert.equal(decimal('1234567.50'), '1,234,567.50')
})

test('money shows two places, and more only where they are not zero', () => {
  assert.deepEqual(
    ['3', '3.500000', '3.123400', '-1234.5', 'USD'].map((text) => decimal(text, 2)),
    ['3.00', '3.50', '3.1234', '-1,234.50', 'USD'],
  )
})

test('what is absent is told apart from zero, and ids are not parted', () => {
  assert.equal(cellText(null, 'integer'), '–')
  assert.equal(cellText(0, 'integer'), '0')
  assert.equal(cellText('1700000000000000123', 'id'), '1700000000000000123')
  assert.equal(cellText('1000', 'money'), '1,000.00')
  assert.equal(cellText(1768471200000, 'instant'), '2026-01-15 10:00:00 UTC')
})

test('a length of time has at most two parts', () => {
  assert.deepEqual([280, 42_000, 252_000, 60_000, 7_500_000].map(duration), [
    '280 ms',
    '42 s',
    '4 min 12 s',
    '1 min',
    '2 h 5 min',
  ])
})
