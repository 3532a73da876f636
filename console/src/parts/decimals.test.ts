import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDecimals, subtractDecimals } from './decimals.ts'

const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })

function text(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

test('sums and differences are exact to the last place, for amounts of any size', () => {
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      assert.equal(addDecimals(text(a), text(b)), text(a + b))
      assert.equal(subtractDecimals(text(a), text(b)), text(a - b))
    }),
  )
})

test('amounts of different places meet in the finer one', () => {
  assert.equal(addDecimals('0.1', '0.25'), '0.35')
  assert.equal(subtractDecimals('1', '0.001'), '0.999')
  assert.equal(addDecimals('12', '30'), '42')
})
