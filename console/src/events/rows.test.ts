import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventRow } from '../../../src/server/contract.ts'
import { readEventFilters } from './filters.ts'
import { mergeRows } from './rows.ts'

const anEvent = (changes: Partial<EventRow>): EventRow => ({
  id: 1,
  source: 'shop',
  messageId: 'm-1',
  type: 'track',
  name: 'Order Completed',
  receivedAt: 0,
  standing: 'pending',
  deliveries: [],
  keys: [],
  ...changes,
})

test('a row that arrives again replaces its older self and keeps its place', () => {
  const known = [anEvent({ id: 2 }), anEvent({ id: 1 })]

  const rows = mergeRows(known, [anEvent({ id: 1, standing: 'delivered' }), anEvent({ id: 3 })], {}, 10)

  assert.deepEqual(rows, [anEvent({ id: 3 }), anEvent({ id: 2 }), anEvent({ id: 1, standing: 'delivered' })])
})

test('a row that changes its standing leaves a list narrowed to the old one', () => {
  const rows = mergeRows([anEvent({})], [anEvent({ standing: 'delivered' })], { standing: 'pending' }, 10)

  assert.deepEqual(rows, [])
})

test('the list never grows beyond its limit and loses the oldest', () => {
  const rows = mergeRows([anEvent({ id: 1 }), anEvent({ id: 2 })], [anEvent({ id: 3 })], {}, 2)

  assert.deepEqual(
    rows.map(({ id }) => id),
    [3, 2],
  )
})

test('an address gives the filters it holds and nothing else', () => {
  const filters = readEventFilters({ source: 'shop', standing: 'lost', q: '', name: 'Order', page: '3' })

  assert.deepEqual(filters, { source: 'shop', name: 'Order' })
})
