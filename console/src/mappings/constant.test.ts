import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { constantFrom, constantText, pathsFrom } from './constant.ts'

test('a typed text becomes what the field wants, or stays text', () => {
  assert.equal(constantFrom('19.9', 'number'), 19.9)
  assert.equal(constantFrom('1.', 'number'), '1.')
  assert.equal(constantFrom('19.9', 'text'), '19.9')
  assert.equal(constantFrom('true', 'boolean'), true)
  assert.equal(constantFrom('', 'number'), '')
})

test('what was typed is shown as it was typed', () => {
  const type = fc.constantFrom('text', 'number', 'integer', 'boolean', undefined)

  fc.assert(fc.property(fc.string(), type, (text, kind) => assert.equal(constantText(constantFrom(text, kind)), text)))
})

test('paths are parted by commas', () => {
  assert.deepEqual(pathsFrom('$.a, $.b,$.c'), ['$.a', '$.b', '$.c'])
})
