import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCsv } from './parse_csv.ts'
import { PARSERS, parseDimension } from './parse_values.ts'

test('what TikTok does not say is null, in every kind of column, and never zero', () => {
  for (const [type, parse] of Object.entries(PARSERS)) {
    if (type === 'json') continue
    assert.equal(parse('-'), null, type)
    assert.equal(parse(''), null, type)
    assert.equal(parse(null), null, type)
    assert.equal(parse(undefined), null, type)
  }
  for (const type of ['integer', 'money', 'ratio'] as const) assert.equal(PARSERS[type]('<5'), null)
  assert.equal(PARSERS.integer('0'), 0)
  assert.equal(PARSERS.money('0.00'), '0.00')
})

test('amounts and ids keep every digit', () => {
  assert.equal(PARSERS.money('12345678901234.123456'), '12345678901234.123456')
  assert.equal(PARSERS.money(12.5), '12.5')
  assert.equal(PARSERS.money('1,234,567.80'), '1234567.80')
  assert.equal(PARSERS.id('1801234567890123456'), '1801234567890123456')
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const text = `${whole}.${String(cents).padStart(2, '0')}`
      assert.equal(PARSERS.money(text), text)
      assert.equal(PARSERS.id(String(whole)), String(whole))
    }),
  )
})

test('counts are numbers as long as a number holds them, and text beyond', () => {
  assert.equal(PARSERS.integer('1079'), 1079)
  assert.equal(PARSERS.integer(7), 7)
  assert.equal(PARSERS.integer('90071992547409930'), '90071992547409930')
  assert.equal(PARSERS.integer('2.50'), 3)
})

test('percentages stay in percent', () => {
  assert.equal(PARSERS.ratio('1.23'), 1.23)
  assert.equal(PARSERS.ratio('1.23%'), 1.23)
  assert.equal(PARSERS.ratio('abc'), null)
})

test('booleans come as booleans or as text', () => {
  assert.deepEqual(['true', 'TRUE', true, '1'].map(PARSERS.boolean), [true, true, true, true])
  assert.deepEqual(['false', 'False', false, '0'].map(PARSERS.boolean), [false, false, false, false])
  assert.equal(PARSERS.boolean('perhaps'), null)
})

test('times stay as they are, in the zone of the advertiser', () => {
  assert.equal(PARSERS.local_time('2026-03-08 23:00:00'), '2026-03-08 23:00:00')
  assert.equal(PARSERS.local_time('2026-03-08'), '2026-03-08 00:00:00')
  assert.equal(PARSERS.local_time('2026-03-08 23:00'), '2026-03-08 23:00:00')
})

test('what tells rows apart is never null', () => {
  assert.equal(parseDimension('NONE'), 'NONE')
  assert.equal(parseDimension('-'), '-')
  assert.equal(parseDimension(undefined), '')
  assert.equal(parseDimension(3), '3')
})

test('a file is read whatever its cells hold', () => {
  const quote = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
    fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', ' ') }), {
        minLength: width,
        maxLength: width,
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  )
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean(), (cells, end, hasMark, hasEnd) => {
      const text = cells.map((row) => row.map(quote).join(',')).join(end)
      const { heading, rows } = parseCsv(`${hasMark ? '\ufeff' : ''}${text}${hasEnd ? end : ''}`)
      assert.deepEqual([heading, ...rows], cells)
    }),
  )
})

test('a file whose rows do not fit its heading is refused', () => {
  assert.throws(() => parseCsv('a,b\n1,2\n3\n'), /row 3 has 1 cells, its heading 2/)
  assert.throws(() => parseCsv('a,b\n"1,2\n'), /a quote is out of place/)
  assert.deepEqual(parseCsv('a,b\n'), { heading: ['a', 'b'], rows: [] })
})
