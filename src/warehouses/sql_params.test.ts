import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillIn } from './sql_params.ts'

const numbered = (sql: string, count: number) => fillIn(sql, Array<null>(count).fill(null), (_, i) => `$${i + 1}`)

test('question marks outside of texts, names and comments are filled in', () => {
  const sql = `select '?', "?", \`?\`, 'it''s ?' /* ? */ from t where a = ? -- ?\n and b = ?`

  assert.equal(numbered(sql, 2), sql.replace('a = ?', 'a = $1').replace('b = ?', 'b = $2'))
})

test('without values, and beyond the last of them, a question mark stays', () => {
  assert.equal(numbered('select a ? b', 0), 'select a ? b')
  assert.equal(numbered('select ?, ?', 1), 'select $1, ?')
})
