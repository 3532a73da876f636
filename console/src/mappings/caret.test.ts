import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caretLines, faultAt } from './caret.ts'

test('the caret stands below the character at fault', () => {
  assert.equal(caretLines('event = Order', 8), 'event = Order\n        ^')
})

test('a fault in a later line shows that line alone', () => {
  assert.equal(caretLines('type = "track"\nand and', 19), 'and and\n    ^')
})

test('what is missing at the end is pointed at behind the text', () => {
  assert.equal(caretLines('event =', 7), 'event =\n       ^')
})

test('a long line is cut around the fault', () => {
  const [line, caret] = caretLines(`${'x'.repeat(100)}!${'y'.repeat(100)}`, 100).split('\n')

  assert.equal(line![caret!.length - 1], '!')
  assert.equal(line!.length, 64)
})

test('the underline reaches to the end of the word at fault', () => {
  assert.equal(faultAt('event = Order Completed', 8), 'Order')
  assert.equal(faultAt('event = (', 8), '(')
  assert.equal(faultAt('event =', 7), ' ')
})
