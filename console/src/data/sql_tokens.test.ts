import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sqlTokens } from './sql_tokens.ts'

test('colouring never changes the text, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.equal(
        sqlTokens(text)
          .map((token) => token.text)
          .join(''),
        text,
      )
    }),
  )
})

test('keywords, texts and numbers are told apart from names', () => {
  const kinds = sqlTokens("SELECT name, 'it''s' from t -- select\nlimit 10").flatMap(({ kind, text }) =>
    kind === 'plain' ? [] : [[kind, text]],
  )

  assert.deepEqual(kinds, [
    ['key', 'SELECT'],
    ['string', "'it''s'"],
    ['key', 'from'],
    ['key', 'limit'],
    ['word', '10'],
  ])
})
