import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../core/json.ts'
import { Findings } from './reasons.ts'
import { boolean, choice, integer, number, text, texts, unlessEmpty } from './values.ts'

type Read = (value: Json | undefined, field: string, findings: Findings) => unknown

/** What a rule makes of a value, and the codes of what it found. */
function read(rule: Read, value: Json | undefined) {
  const findings = new Findings()
  const found = rule(value, 'field', findings)
  return {
    found,
    rejected: findings.reasons.map(({ code }) => code),
    warned: findings.warnings.map(({ code }) => code),
  }
}

const fine = (found: unknown) => ({ found, rejected: [], warned: [] })
const rejected = { found: undefined, rejected: ['mapping.wrong_type'], warned: [] }

test('text stays as it is to the byte, numbers and booleans are written out', () => {
  assert.deepEqual(read(text, ' a b '), fine(' a b '))
  assert.deepEqual(read(text, 42), fine('42'))
  assert.deepEqual(read(text, false), fine('false'))
  assert.deepEqual(read(text, { a: 1 }), rejected)
  assert.deepEqual(read(text, ['a']), rejected)
})

test('null, blank text and nothing are absent for every rule', () => {
  for (const rule of [text, number, integer, texts]) {
    for (const nothing of [null, undefined, '', ' \t', '\u00a0']) assert.deepEqual(read(rule, nothing), fine(undefined))
  }
})

test('a number is a number, also when it is text, and zero is one', () => {
  assert.deepEqual(read(number, 0), fine(0))
  assert.deepEqual(read(number, '0'), fine(0))
  assert.deepEqual(read(number, ' 90.00 '), fine(90))
  assert.deepEqual(read(number, '-1.5'), fine(-1.5))
  assert.deepEqual(read(number, '.5'), fine(0.5))
})

test('what TikTok would not take for a number is told, not guessed', () => {
  for (const value of ['1,234.50', '12 €', '(null)', '1e3', '0x10', 'NaN', true, {}, [1], Number.POSITIVE_INFINITY]) {
    assert.deepEqual(read(number, value), rejected, String(value))
  }
})

test('any decimal with up to fifteen digits comes back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.integer({ min: 1, max: 99 }), (whole, cents) => {
      const decimal = `${whole}.${String(cents).padStart(2, '0')}`
      assert.equal(Number(read(number, decimal).found).toFixed(2), decimal)
    }),
  )
})

test('a fraction where only whole numbers go is left out with a warning', () => {
  assert.deepEqual(read(integer, '2'), fine(2))
  assert.deepEqual(read(integer, 0.75), { found: undefined, rejected: [], warned: ['mapping.wrong_type'] })
})

test('a boolean has few spellings', () => {
  for (const value of [true, 'true', 1, '1']) assert.deepEqual(read(boolean, value), fine(true))
  for (const value of [false, 'false', 0, '0']) assert.deepEqual(read(boolean, value), fine(false))
  assert.deepEqual(read(boolean, 'yes'), rejected)
  assert.deepEqual(read(boolean, null), fine(undefined))
})

test('a choice is found whatever its case, and another word is left out', () => {
  const rule: Read = (value, field, findings) => choice(value, ['product', 'product_group'], field, findings)

  assert.deepEqual(read(rule, ' Product_Group'), fine('product_group'))
  assert.deepEqual(read(rule, 'sku'), { found: undefined, rejected: [], warned: ['mapping.not_a_choice'] })
})

test('one text or many become a list without copies and blanks', () => {
  assert.deepEqual(read(texts, 'a'), fine(['a']))
  assert.deepEqual(read(texts, ['a', 7, '', 'a', null]), fine(['a', '7']))
  assert.deepEqual(read(texts, []), fine(undefined))
})

test('an object that holds nothing is nothing', () => {
  assert.equal(unlessEmpty({ a: undefined }), undefined)
  assert.deepEqual(unlessEmpty({ a: undefined, b: 0 }), { a: undefined, b: 0 })
})
