import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../core/json.ts'
import { parseTrigger } from './fql_parse.ts'
import { compileTrigger } from './trigger_compile.ts'

const fires = (text: string, event: JsonObject): boolean => compileTrigger(parseTrigger(text))(event)

const MISSING = Symbol('missing')

/** The values of `properties.x`, out of these, for which a trigger fires. */
const firing = (text: string, values: readonly (Json | typeof MISSING)[]) =>
  values.filter((x) => fires(text, { type: 'track', properties: x === MISSING ? {} : { x: x as Json } }))

const ALL: readonly (Json | typeof MISSING)[] = [
  'x',
  'X',
  '',
  '10',
  10,
  0,
  11,
  true,
  false,
  'true',
  null,
  [],
  {},
  MISSING,
]

/** What is written, and the values that match; the rest of ALL does not. */
const MEANINGS = [
  ['properties.x = "x"', ['x']],
  ['properties.x = "10"', ['10']],
  ['properties.x != "x"', ALL.filter((value) => value !== 'x')],
  ['properties.x = 10', [10]],
  ['properties.x != 10', [0, 11]],
  ['properties.x < 10', [0]],
  ['properties.x <= 10', [10, 0]],
  ['properties.x > 10', [11]],
  ['properties.x >= 10', [10, 11]],
  ['properties.x = true', [true]],
  ['properties.x = false', [false]],
  ['!(properties.x = true)', ALL.filter((value) => value !== true)],
  ['properties.x = null', [null, MISSING]],
  ['properties.x != null', ALL.filter((value) => value !== null && value !== MISSING)],
  ['exists(properties.x)', ALL.filter((value) => value !== null && value !== MISSING)],
  ['!exists(properties.x)', [null, MISSING]],
  ['contains(properties.x, "1")', ['10']],
  ['contains(properties.x, "")', ['x', 'X', '', '10', 'true']],
  ['!contains(properties.x, "1")', ['x', 'X', '', 'true']],
  ['!(contains(properties.x, "1"))', ALL.filter((value) => value !== '10')],
  ['match(properties.x, "t*")', ['true']],
  ['!match(properties.x, "t*")', ['x', 'X', '', '10']],
  ['properties.x in ["x", 10, false]', ['x', 10, false]],
  ['properties.x in ["10", null]', ['10', null, MISSING]],
  ['lowercase(properties.x) = "x"', ['x', 'X']],
  ['uppercase(properties.x) != "X"', ALL.filter((value) => value !== 'x' && value !== 'X')],
  ['length(properties.x) = 0', ['', null, [], MISSING]],
  ['length(properties.x) != 0', ['x', 'X', '10', 'true']],
  ['typeof(properties.x) = "string"', ['x', 'X', '', '10', 'true']],
  ['typeof(properties.x) = "number"', [10, 0, 11]],
  ['typeof(properties.x) = "bool"', [true, false]],
  ['typeof(properties.x) in ["list", "object"]', [[], {}]],
  ['typeof(properties.x) = "null"', [null, MISSING]],
] as const

test('every operator matches the values of its own type and no other', () => {
  for (const [text, values] of MEANINGS) assert.deepEqual(firing(text, ALL), values, text)
})

const GLOBS = [
  ['Order*', 'Order Completed', true],
  ['Order*', 'My Order', false],
  ['*Completed', 'Order Completed', true],
  ['*Completed', 'Completed Order', false],
  ['Order*Completed', 'Order Was Completed', true],
  ['Order*Completed', 'OrderCompleted', true],
  ['ab*ba', 'aba', false],
  ['Order Completed', 'Order Completed', true],
  ['Order Completed', 'border Completed', false],
  ['*', '', true],
  ['', '', true],
  ['', 'x', false],
  ['?', '', false],
  ['a?d', 'abd', true],
  ['a?d', 'abbd', false],
  ['?', '😀', true],
  ['*a*b*c', 'xxaxxbxxbxxc', true],
  ['*a*b*c', 'xxaxxbxxbxxcx', false],
  ['*ab?', 'ababab-', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['\\[Promo] *', '[Promo] Sale', true],
  ['a.c', 'abc', false],
  ['Order*', 'order', false],
] as const

test('match takes * and ? for any characters, anywhere in the pattern, and the rest as it stands', () => {
  for (const [pattern, event, expected] of GLOBS)
    assert.equal(fires(`match(event, ${JSON.stringify(pattern)})`, { event }), expected, `${pattern} on ${event}`)
})

test('a pattern of many stars ends quickly on a text that almost matches', () => {
  assert.equal(fires(`match(event, "${'*a'.repeat(50)}*b")`, { event: 'a'.repeat(20_000) }), false)
})

test('and, or and not follow the written precedence', () => {
  const text = 'event = "A" or event = "B" and !(type = "page" or userId = "u")'

  assert.equal(fires(text, { event: 'A', type: 'page' }), true)
  assert.equal(fires(text, { event: 'B', type: 'track' }), true)
  assert.equal(fires(text, { event: 'B', type: 'page' }), false)
  assert.equal(fires(text, { event: 'B', userId: 'u' }), false)
})

test('a null test on a root field looks for the field, not for the text "null"', () => {
  assert.equal(fires('event = null', { type: 'page' }), true)
  assert.equal(fires('event = null', { event: 'null' }), false)
  assert.equal(fires('properties = null', { properties: {} }), false)
  assert.equal(fires('properties != null', { properties: {} }), true)
})

test('length counts the bytes of a text, as FQL does, and the items of a list', () => {
  assert.equal(fires('length(event) = 3', { event: 'ア' }), true)
  assert.equal(fires('length(properties.products) = 2', { properties: { products: [1, 2] } }), true)
  assert.equal(fires('length(properties.products) >= 0', { properties: { products: 5 } }), false)
})

test('a path goes through objects and lists, and a name may hold any character', () => {
  const event = { properties: { products: [{ 'product.id': 'x' }], 'a b': { é: 1 } } }

  assert.equal(fires('properties.products[0].product\\.id = "x"', event), true)
  assert.equal(fires('properties.products.0.product\\.id = "x"', event), true)
  assert.equal(fires('properties.products[1].product\\.id = "x"', event), false)
  assert.equal(fires('properties.products.product\\.id = "x"', event), false)
  assert.equal(fires('properties.a\\ b.\\é = 1', event), true)
  assert.equal(fires('properties.a.b.c.d != null', { properties: { a: 'text' } }), false)
})

test('only keys the sender wrote are read', () => {
  const hostile = JSON.parse('{"properties":{"__proto__":{"x":1},"list":[1]}}') as JsonObject
  const inherited = Object.create({ type: 'track', event: 'A', properties: { x: 1 } }) as JsonObject

  assert.equal(fires('properties.__proto__.x = 1', hostile), true)
  assert.equal(fires('properties.__proto__.constructor != null', hostile), false)
  assert.equal(fires('properties.list.map != null', hostile), false)
  for (const path of ['constructor.name', 'constructor', '__proto__', 'toString', 'hasOwnProperty.length'])
    assert.equal(fires(`properties.${path} != null`, { properties: {} }), false, path)
  for (const text of ['type = "track"', 'event = "A"', 'properties.x = 1', 'type in ["track"]'])
    assert.equal(fires(text, inherited), false, text)
})
