import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../core/json.ts'
import { compileMapping, explainMapping, pathsOf } from './compile_mapping.ts'
import { MappingError } from './mapping_error.ts'

test('an absent field has no key, a null one is kept', () => {
  const run = compileMapping({ a: { '@path': '$.a' }, b: { '@path': '$.b' }, c: { d: { '@path': '$.b' } } })

  assert.deepEqual(run({ a: null }), { a: null, c: {} })
})

test('a mapping may be one directive', () => {
  const run = compileMapping({ '@merge': { direction: 'right', objects: [{ '@path': '$.' }, { b: 2 }] } })

  assert.deepEqual(run({ a: 1 }), { a: 1, b: 2 })
  assert.deepEqual(compileMapping({ '@path': '$.text' })({ text: 'not an object' }), {})
})

test('a row with many fields is a plain object', () => {
  const keys = Array.from({ length: 60 }, (_, i) => `field_${i}`)
  const run = compileMapping(Object.fromEntries(keys.map((key, i) => [key, { '@path': i % 2 ? '$.a' : '$.b' }])))

  assert.deepEqual(run({ a: 1 }), Object.fromEntries(keys.filter((_, i) => i % 2).map((key) => [key, 1])))
})

test('a key __proto__ of the event never reaches a prototype', () => {
  const event = JSON.parse('{ "o": { "__proto__": { "polluted": true }, "a": null } }') as JsonObject
  const run = compileMapping({
    merged: { '@merge': { direction: 'right', objects: [{ '@path': '$.o' }] } },
    flat: { '@flatten': { separator: '.', omitArrays: true, value: { '@path': '$.o' } } },
    some: { '@excludeWhenNull': { '@path': '$.o' } },
  })

  const result = run(event) as { [key: string]: { [key: string]: Json } }

  for (const made of Object.values(result)) {
    assert.equal(Object.getPrototypeOf(made), Object.prototype)
    assert.equal(made['polluted'], undefined)
  }
})

test('a property that only the prototype has is absent, whenever it came there', () => {
  const run = compileMapping({ a: { '@path': '$.polluted' }, b: { '@template': '{{o.polluted}}' } })
  try {
    Object.defineProperty(Object.prototype, 'polluted', { value: 'x', configurable: true })

    assert.deepEqual(run({ o: {} }), { b: '' })
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted')
  }
})

test('an event nested ten thousand deep is mapped, or refused with the place', () => {
  const deep = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as Json
  const flatten = compileMapping({ a: { '@flatten': { separator: '.', value: { '@path': '$.x' } } } })
  const print = compileMapping({ a: { '@template': '{{x}}' } })

  assert.equal(Object.keys(flatten({ x: deep })['a'] as JsonObject).length, 1)
  assert.deepEqual(print({ x: deep }), { a: '' })
})

test('an event that makes Liquid run over its limits is refused with the place', () => {
  const run = compileMapping({ a: { '@liquid': '{{ (1..n) | join }}' } })

  assert.throws(
    () => run({ n: 9_000_000 }),
    (error) => error instanceof MappingError && error.code === 'mapping.failed' && error.path === 'a.@liquid',
  )
})

test('an object that would print itself in its own way is refused by Liquid with the place', () => {
  const run = compileMapping({ a: { '@liquid': '{{ o }}' }, b: { '@template': '{{o}}' } })

  assert.throws(
    () => run({ o: { toString: 'mine' } }),
    /^MappingError: Cannot map the event: a\.@liquid: Liquid gave up: /,
  )
})

test('each field of an explained mapping shows how its value was made', () => {
  const mapping: Json = {
    event_id: { '@path': '$.messageId' },
    email: { '@first': ['$.properties.email', '$.traits.email'] },
    kind: 'product',
    absent: { '@template': '{{a}}' },
    missing: { '@path': '$.missing' },
    long: { '@literal': 'x'.repeat(500) },
  }

  const explained = explainMapping(mapping, { messageId: 'm1', properties: { email: 'a@example.com' } })

  assert.deepEqual(explained, [
    { field: 'event_id', directive: '@path $.messageId', value: 'm1' },
    { field: 'email', directive: '@first $.properties.email, $.traits.email', value: 'a@example.com' },
    { field: 'kind', directive: '"product"', value: 'product' },
    { field: 'absent', directive: '@template {{a}}', value: '' },
    { field: 'missing', directive: '@path $.missing' },
    { field: 'long', directive: `@literal ${'x'.repeat(110)}…`, value: 'x'.repeat(500) },
  ])
})

test('a field that cannot be made is explained by its error, and the others by their values', () => {
  const event = { id: 1, n: 9_000_000 }

  const [broken, fine] = explainMapping({ a: { '@liquid': '{{ (1..n) | join }}' }, b: { '@path': '$.id' } }, event)

  assert.match(broken!.error!, /^Cannot map the event: a\.@liquid: Liquid gave up: /)
  assert.deepEqual(fine, { field: 'b', directive: '@path $.id', value: 1 })
})

test('a mapping that is one directive is explained by what it gave', () => {
  const mapping: Json = { '@merge': { direction: 'right', objects: [{ '@path': '$.' }] } }

  assert.deepEqual(explainMapping(mapping, { a: 1 }), [
    { field: 'a', directive: '@merge {"direction":"right","objects":[{"@path":"$."}]}', value: 1 },
  ])
})

test('the paths of a mapping are all that it reads of the event', () => {
  const mapping = JSON.parse(`{
    "whole": { "@path": "$." },
    "email": { "@first": ["$.traits.email", "$.integrations['TikTok Conversions'].email"] },
    "hello": { "@template": "Hi {{ properties.name }}" },
    "liquid": { "@liquid": "{{ properties.total | plus: tax }}" },
    "branch": { "@if": { "exists": { "@path": "$.a" }, "then": { "@path": "$.b[0].c" }, "else": { "@path": "$.a" } } },
    "contents": { "@arrayPath": ["$.properties.products", { "price": { "@path": "$.price" } }] },
    "again": { "@transform": { "apply": { "x": { "@path": "$.s" } }, "mapping": { "y": { "@path": "$.x" } } } }
  }`) as Json

  assert.deepEqual(pathsOf(mapping), [
    '$.',
    '$.a',
    '$.b[0].c',
    "$.integrations['TikTok Conversions'].email",
    '$.properties.name',
    '$.properties.products',
    '$.properties.products[].price',
    '$.properties.total',
    '$.s',
    '$.tax',
    '$.traits.email',
  ])
})
