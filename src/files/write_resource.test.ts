import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDocument } from 'yaml'
import type { JsonObject } from '../core/json.ts'
import { updateSpec, YAML_STYLE } from './write_resource.ts'

function updated(text: string, spec: JsonObject): string {
  const document = parseDocument(text)
  updateSpec(document, spec)
  return document.toString(YAML_STYLE)
}

test('what stays the same keeps its place, its comments and its spelling', () => {
  const text = `# The pixel of the shop.
kind: destination
name: pixel
spec:
  # Which account sends.
  account: 'main' # ours
  pixel_code: "C1"
  gone: 1
  list: [a, b]
`

  const after = updated(text, { account: 'main', pixel_code: 'C2', list: ['a', 'c'], added: { x: 1 } })

  assert.equal(
    after,
    `# The pixel of the shop.
kind: destination
name: pixel
spec:
  # Which account sends.
  account: 'main' # ours
  pixel_code: "C2"
  list: [ a, c ]
  added:
    x: 1
`,
  )
})

test('things with names keep their comments when they move', () => {
  const text = `spec:
  mappings:
    # First.
    - name: One
      when: x
    # Second.
    - name: Two
`

  const after = updated(text, { mappings: [{ name: 'Two' }, { name: 'New' }, { name: 'One', when: 'y' }] })

  assert.match(after, /# Second\.\n {4}- name: Two\n(.*\n)* {4}# First\.\n {4}- name: One\n {6}when: y\n/)
})

test('where one part stands for several, only the one that changes is changed', () => {
  const text = `spec:
  a: &same { x: 1 }
  b: *same
`

  assert.deepEqual(parseDocument(updated(text, { a: { x: 2 }, b: { x: 1 } })).toJS().spec, { a: { x: 2 }, b: { x: 1 } })
})
