import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../../src/server/contract.ts'
import { changeKind, pathsOf, readField, writeField } from './directive.ts'

test('each simple directive has a form, everything else is JSON', () => {
  const values: Json[] = [
    { '@path': '$.userId' },
    { '@first': ['$.userId', '$.anonymousId'] },
    { '@template': '{{userId}}' },
    { '@literal': 'web' },
    'product',
    { '@first': [{ '@path': '$.a' }] },
    { price: 1 },
  ]

  assert.deepEqual(
    values.map((value) => readField(value).kind),
    ['path', 'first', 'template', 'constant', 'constant', 'json', 'json'],
  )
})

test('a value read into its form and written again is the same value', () => {
  const text = fc.string()
  const plain = { noNullPrototype: true }
  const value = fc.oneof(
    fc.record({ '@path': text }, plain),
    fc.record({ '@first': fc.array(text) }, plain),
    fc.record({ '@template': text }, plain),
    fc.jsonValue(),
  )

  fc.assert(fc.property(value, (json) => assert.deepEqual(writeField(readField(json as Json)), json)))
})

test('a change of kind keeps the path', () => {
  const template = changeKind({ kind: 'path', path: '$.properties.id' }, 'template')

  assert.deepEqual(template, { kind: 'template', text: '{{properties.id}}' })
  assert.deepEqual(changeKind(template, 'first'), { kind: 'first', paths: ['$.properties.id'] })
})

test('the paths of an event lead into objects and the first item of lists', () => {
  const paths = pathsOf({ userId: 'u', properties: { products: [{ price: 1 }, { price: 2 }], 'a b': 1 } })

  assert.deepEqual(paths, [
    '$.userId',
    '$.properties',
    '$.properties.products[0]',
    '$.properties.products[0].price',
    "$.properties['a b']",
  ])
})
