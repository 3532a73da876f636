import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { changedLines, diffLines } from './diff.ts'

test('lines that both texts hold are kept, the others shown before and after', () => {
  assert.deepEqual(diffLines('a\nb\nc', 'a\nx\nc'), [
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
  ])
})

test('both texts can be read back from their comparison', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'))

  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      const side = (other: string) =>
        lines
          .filter(({ kind }) => kind !== other)
          .map((line) => line.text)
          .join('\n')
      assert.equal(side('added'), before)
      assert.equal(side('removed'), after)
    }),
  )
})

test('a text compared with itself has not changed', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(changedLines(diffLines(text, text)), 0)))
})
