import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { jsonTokens } from './json_tokens.ts'

test('keys, strings and words are told apart', () => {
  assert.deepEqual(jsonTokens('{"a": ["b: \\"", -1.5e3, true]}'), [
    { kind: 'plain', text: '{' },
    { kind: 'key', text: '"a"' },
    { kind: 'plain', text: ':' },
    { kind: 'plain', text: ' [' },
    { kind: 'string', text: '"b: \\""' },
    { kind: 'plain', text: ', ' },
    { kind: 'word', text: '-1.5e3' },
    { kind: 'plain', text: ', ' },
    { kind: 'word', text: 'true' },
    { kind: 'plain', text: ']}' },
  ])
})

test('the runs of any text joined again are that text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      assert.equal(
        jsonTokens(text)
          .map((token) => token.text)
          .join(''),
        text,
      )
    }),
  )
})
