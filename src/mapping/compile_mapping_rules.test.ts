import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../core/json.ts'
import { compileMapping } from './compile_mapping.ts'

const KEYS = ['a', 'b', 'constructor', '__proto__', 'toString', 'length', 'two words'] as const
const aKey = fc.constantFrom(...KEYS)
const aPath = fc.array(aKey, { maxLength: 4 }).map((keys) => `$${keys.map((key) => `['${key}']`).join('')}`)
const aScalar: fc.Arbitrary<Json> = fc.constantFrom<Json>('', 'x', 'ü', 0, 1.5, false, true, null)

/** Events whose keys meet the paths, and that carry names of the prototype as own keys. */
const anEvent = fc
  .letrec<{ value: Json; object: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, aScalar, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
    object: fc.dictionary(aKey, tie('value'), { noNullPrototype: true, maxKeys: 4 }),
  }))
  .object.map((event) => JSON.parse(JSON.stringify(event)) as JsonObject)

/** Mappings of every directive, as deep as they come. */
const aMapping = fc.letrec<{ value: Json; object: JsonObject; directive: JsonObject }>((tie) => ({
  object: fc.dictionary(fc.constantFrom('f', 'g', 'constructor', 'two words'), tie('value'), {
    noNullPrototype: true,
    maxKeys: 3,
  }),
  value: fc.oneof(
    { maxDepth: 4 },
    aScalar,
    aPath.map((path): Json => ({ '@path': path })),
    tie('object'),
    tie('directive'),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
  directive: fc.oneof(
    fc.array(aPath, { minLength: 1, maxLength: 3 }).map((paths) => ({ '@first': paths })),
    aKey.map((key) => ({ '@template': `<{{${key}}}>` })),
    fc.constant({ '@liquid': '{% if a.b %}{% assign a = 1 %}yes{% endif %}{% increment b %}' }),
    tie('value').map((value) => ({ '@literal': value })),
    tie('value').map((value) => ({ '@excludeWhenNull': value })),
    tie('value').map((value) => ({ '@case': { operator: 'upper', value } })),
    tie('value').map((value) => ({ '@replace': { value, pattern: 'x', replacement: '$&' } })),
    tie('value').map((value) => ({ '@json': { mode: 'encode', value } })),
    tie('value').map((value) => ({ '@json': { mode: 'decode', value } })),
    tie('value').map((value) => ({ '@flatten': { separator: '', value } })),
    fc.tuple(aPath, tie('object')).map(([path, shape]) => ({ '@arrayPath': [path, shape] })),
    fc
      .tuple(aPath, tie('value'))
      .map(
        ([path, value]) =>
          JSON.parse(JSON.stringify({ '@if': { exists: { '@path': path }, else: value } })) as JsonObject,
      ),
    fc
      .tuple(tie('object'), aPath)
      .map(([object, path]) => ({ '@merge': { direction: 'right', objects: [{ '@path': path }, object] } })),
    fc.tuple(tie('object'), tie('object')).map(([apply, mapping]) => ({ '@transform': { apply, mapping } })),
  ) as fc.Arbitrary<JsonObject>,
})).object

test('whatever the mapping and the event, the result is JSON: no undefined, nothing of the prototype', () => {
  fc.assert(
    fc.property(aMapping, anEvent, (mapping, event) => {
      const result = compileMapping(mapping)(event)

      assert.deepEqual(JSON.parse(JSON.stringify(result)), result)
    }),
    { numRuns: 500 },
  )
})

test('whatever the mapping and the event, neither is changed', () => {
  fc.assert(
    fc.property(aMapping, anEvent, (mapping, event) => {
      deepFreeze(mapping)
      deepFreeze(event)

      const run = compileMapping(mapping)

      assert.deepEqual(run(event), run(event))
    }),
    { numRuns: 300 },
  )
})

test('a path that only names of the prototype lead along finds nothing', () => {
  const inherited = fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf')
  fc.assert(
    fc.property(inherited, fc.constantFrom('', '.name', '.length', '.constructor'), (name, rest) => {
      const run = compileMapping({ a: { '@path': `$.${name}${rest}` }, b: { '@path': `$.o.${name}${rest}` } })

      assert.deepEqual(run({ o: {} }), {})
    }),
  )
})

function deepFreeze(value: Json): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
}
