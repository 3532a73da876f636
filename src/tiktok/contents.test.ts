import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../core/json.ts'
import { contents } from './contents.ts'
import { Findings } from './reasons.ts'

function read(value: Json) {
  const findings = new Findings()
  const found = contents(value, findings)
  return { found: JSON.parse(JSON.stringify(found ?? null)) as Json, findings }
}

test('a product becomes a list of one, its id text and its numbers numbers', () => {
  const { found } = read({ content_id: 7, price: '19.50', quantity: '2', brand: 'B', unknown: 1 })

  assert.deepEqual(found, [{ content_id: '7', brand: 'B', price: 19.5, quantity: 2 }])
})

test('the names of the Segment ecommerce spec are understood', () => {
  const { found } = read([{ product_id: 'p1', sku: 's1', name: 'Cap', category: 'Hats', price: 0 }, { sku: 's2' }])

  assert.deepEqual(found, [
    { content_id: 'p1', content_name: 'Cap', content_category: 'Hats', price: 0 },
    { content_id: 's2' },
  ])
})

test('empty products and empty lists are nothing', () => {
  for (const value of [[], {}, [{}, null], '']) assert.equal(read(value).found, null)
})

test('every wrong value is told with its place', () => {
  const { findings } = read([{ content_id: 'a', price: '(null)' }, 'sku-1', { content_id: ['x'], quantity: 'two' }])

  assert.deepEqual(
    findings.reasons.map(({ field }) => field),
    [
      'properties.contents.0.price',
      'properties.contents.1',
      'properties.contents.2.content_id',
      'properties.contents.2.quantity',
    ],
  )
})

test('a weight is no quantity, and the event goes without it', () => {
  const { found, findings } = read([{ content_id: 'apples', quantity: 0.75 }])

  assert.deepEqual(found, [{ content_id: 'apples' }])
  assert.deepEqual(findings.reasons, [])
  assert.equal(findings.warnings[0]?.field, 'properties.contents.0.quantity')
})

test('places are named beyond the first twenty products', () => {
  const { findings } = read(Array.from({ length: 25 }, (_, i) => ({ content_id: `p${i}`, price: i === 24 ? 'x' : i })))

  assert.deepEqual(
    findings.reasons.map(({ field }) => field),
    ['properties.contents.24.price'],
  )
})
