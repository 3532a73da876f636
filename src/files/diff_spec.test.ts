import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../core/json.ts'
import { diffSpecs } from './diff_spec.ts'

const anySpec = fc.dictionary(fc.constantFrom('a', 'b', 'mappings'), fc.jsonValue({ maxDepth: 3 }), {
  noNullPrototype: true,
}) as fc.Arbitrary<JsonObject>

test('two specs have no difference exactly when they are equal', () => {
  fc.assert(
    fc.property(anySpec, anySpec, (before, after) => {
      const plain = (spec: JsonObject) => JSON.parse(JSON.stringify(spec)) as JsonObject

      assert.deepEqual(diffSpecs(plain(before), plain(before), []), [])
      const isSame = canonical(before) === canonical(after)
      assert.equal(diffSpecs(plain(before), plain(after), []).length === 0, isSame)
    }),
  )
})

/** JSON text in which the order of keys does not count. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )

test('a change names the field, the mapping by its name, and both values', () => {
  const before = { type: 'a', mappings: [{ name: 'One', when: 'x' }, { name: 'Two' }], gone: 1 }
  const after = {
    type: 'a',
    mappings: [
      { name: 'Two', enabled: false },
      { name: 'One', when: 'y' },
    ],
    new: [1],
  }

  assert.deepEqual(diffSpecs(before, after, []), [
    { path: 'mappings[One].when', before: 'x', after: 'y' },
    { path: 'mappings[Two].enabled', before: undefined, after: false },
    { path: 'gone', before: 1, after: undefined },
    { path: 'new', before: undefined, after: [1] },
  ])
})

test('another order of mappings is a change of their order', () => {
  const [one, two] = [{ name: 'One' }, { name: 'Two' }]

  assert.deepEqual(diffSpecs({ mappings: [one, two] }, { mappings: [two, one] }, []), [
    { path: 'mappings', before: ['One', 'Two'], after: ['Two', 'One'] },
  ])
})

test('a secret is compared and never shown', () => {
  const mark = { secret: true, hint: '…oken', ref: null }
  const fresh = { value: 'canary', ref: 'env' }

  assert.deepEqual(diffSpecs({ token: mark }, { token: mark }, ['token']), [])
  assert.deepEqual(diffSpecs({ token: mark }, { token: fresh }, ['token']), [
    { path: 'token', before: '(secret)', after: '(secret) env' },
  ])
  assert.deepEqual(diffSpecs({}, { token: fresh }, ['token']), [
    { path: 'token', before: undefined, after: '(secret) env' },
  ])
})
