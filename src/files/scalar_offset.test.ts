import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Document, isMap, parseDocument, Scalar } from 'yaml'
import { offsetInScalar } from './scalar_offset.ts'

const STYLES = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const

/** A file with one scalar, deep enough to be indented, and the scalar as it is read again. */
function written(text: string, type: (typeof STYLES)[number]): { readonly file: string; readonly scalar: Scalar } {
  const scalar = new Scalar(text)
  scalar.type = type
  const file = new Document({ spec: { when: scalar } }).toString({ lineWidth: 20 })
  const root = parseDocument(file).contents
  assert.ok(isMap(root))
  return { file, scalar: root.getIn(['spec', 'when'], true) as Scalar }
}

const words = fc.array(fc.constantFrom('event', '=', '"Signed', 'Up"', "It''s", 'a', 'and', 'zähler', '(', '!x'), {
  minLength: 1,
  maxLength: 12,
})
const text = fc.tuple(words, fc.constantFrom(' ', '\n', '  ')).map(([all, gap]) => all.join(gap))

test('every character of a text is found where it stands in the file, however YAML spells the text', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...STYLES), (given, style) => {
      const { file, scalar } = written(given, style)
      const read = String(scalar.value)

      for (const [index, character] of [...read].entries()) {
        if (/\s/.test(character)) continue
        const at = offsetInScalar(scalar, file, index)
        const found = file[at] === '\\' ? JSON.parse(`"${file.slice(at, at + 2)}"`) : file[at]
        assert.equal(found, character, `${style} ${index} of ${JSON.stringify(file)}`)
      }
    }),
    { numRuns: 300 },
  )
})

test('the end of a text is found behind its last character', () => {
  for (const style of ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'] as const) {
    const { file, scalar } = written('event =', style)

    assert.equal(file.slice(0, offsetInScalar(scalar, file, 7)).endsWith('event ='), true)
  }
})

test('a character behind an escape, and behind a line that was joined, is found', () => {
  const file = 'when: "caf\\u00e9 \\x41 \\\n  = 1"\n'
  const scalar = (parseDocument(file).contents as unknown as { get(key: string, keep: true): Scalar }).get('when', true)

  assert.equal(scalar.value, 'café A = 1')
  assert.equal(offsetInScalar(scalar, file, 3), file.indexOf('\\u'))
  assert.equal(offsetInScalar(scalar, file, 7), file.indexOf('='))
  assert.equal(offsetInScalar(scalar, file, 9), file.indexOf('1"'))
})
