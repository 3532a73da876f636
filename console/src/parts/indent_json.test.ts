import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { indentJson } from './indent_json.ts'

test('JSON is indented as JSON.stringify indents it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(indentJson(JSON.stringify(value)), JSON.stringify(value, null, 2))
    }),
  )
})

test('a number keeps all its digits', () => {
  assert.equal(indentJson('{"id":12345678901234567890}'), '{\n  "id": 12345678901234567890\n}')
})

test('text that is not JSON stays as it is', () => {
  assert.equal(indentJson('{"a":'), '{"a":')
})
