import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../core/json.ts'
import { KINDS } from '../kinds.ts'
import { knownPart, specSchema, unknownKeys, withoutDefaults } from './spec_schema.ts'

const anyMapping = fc.record(
  {
    name: fc.string({ minLength: 1, maxLength: 20 }),
    enabled: fc.boolean(),
    preset: fc.constantFrom('order_completed', 'signed_up'),
    preset_set: fc.constantFrom('segment', 'segment-classic'),
    event: fc.oneof(fc.string(), fc.constant({ '@path': '$.event' })),
    fields: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<never>, { maxKeys: 3, noNullPrototype: true }),
  },
  { requiredKeys: ['name'], noNullPrototype: true },
)

const anySync = fc.record({
  from: fc.constant({ event_source: 'shop' }),
  to: fc.constant({ destination: 'pixel' }),
  enabled: fc.boolean(),
  mappings: fc.uniqueArray(anyMapping, { selector: ({ name }) => name, maxLength: 3 }),
})

const parse = (spec: unknown): JsonObject => JSON.parse(JSON.stringify(KINDS.sync.parse(spec))) as JsonObject

test('what is left out because it is the default comes back when the spec is read', () => {
  fc.assert(
    fc.property(anySync, (given) => {
      const spec = parse(given)

      const bare = withoutDefaults(specSchema('sync'), spec)

      assert.deepEqual(parse(bare), spec)
      assert.deepEqual(withoutDefaults(specSchema('sync'), bare), bare)
    }),
  )
})

test('a spec that its schema takes has no unknown key, and all of it is known', () => {
  fc.assert(
    fc.property(anySync, (given) => {
      const spec = parse(given)

      assert.deepEqual(unknownKeys(specSchema('sync'), spec, 'spec'), [])
      assert.deepEqual(knownPart(specSchema('sync'), spec), spec)
    }),
  )
})

test('an unknown key is found wherever it stands, and taking it out leaves the rest', () => {
  const spec = {
    from: { event_source: 'a', x: 1 },
    to: { destination: 'b' },
    mappings: [{ name: 'm', y: { z: 1 } }],
    w: 1,
  }

  const found = unknownKeys(specSchema('sync'), spec, 'spec')

  assert.deepEqual(
    found.map(({ path, key }) => `${path}.${key}`),
    ['spec.from.x', 'spec.mappings[0].y', 'spec.w'],
  )
  assert.deepEqual(knownPart(specSchema('sync'), spec), {
    from: { event_source: 'a' },
    to: { destination: 'b' },
    mappings: [{ name: 'm' }],
  })
})
