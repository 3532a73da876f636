import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePath, printKeys } from './path.ts'

test('a path is split at its dots and brackets', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['$.a.b', ['a', 'b']],
    ['a.b', ['a', 'b']],
    ['$.a[0].b', ['a', '0', 'b']],
    ['a.0.b', ['a', '0', 'b']],
    ['$.a b.c', ['a b', 'c']],
    ["$['a.b']['c d']", ['a.b', 'c d']],
    ['$.a["it\'s"]', ['a', "it's"]],
    ['$.a[b]', ['a', 'b']],
    ['a..b.', ['a', 'b']],
    ['$', ['$']],
    ['$.', []],
    ['.', []],
    ['', []],
  ]

  for (const [path, keys] of rows) assert.deepEqual(parsePath(path), keys, path)
})

test('a bracket that does not fit is an error', () => {
  for (const path of ['a[0', 'a]', "a['b]", "a['b'", 'a[[0]]', 'a["b\']']) {
    assert.throws(() => parsePath(path), /has a bracket that does not fit/, path)
  }
})

test('printed keys are a path to the same keys', () => {
  const aKey = fc.string({ minLength: 1 }).filter((key) => !(key.includes("'") && key.includes('"')))
  fc.assert(
    fc.property(fc.array(aKey), (keys) => {
      const path = printKeys(keys)

      assert.deepEqual(parsePath(path === '' ? '' : `$${path}`), keys)
    }),
  )
})
