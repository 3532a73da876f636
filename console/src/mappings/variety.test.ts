import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventRow } from '../../../src/server/contract.ts'
import { variety } from './variety.ts'

const named = (id: number, name: string) => ({ id, name }) as EventRow
const idsOf = (events: readonly EventRow[]) => events.map(({ id }) => id)

test('the newest of each name come first, then the newest of the rest', () => {
  const events = [named(5, 'page'), named(4, 'page'), named(3, 'Order'), named(2, 'page'), named(1, 'Search')]

  assert.deepEqual(idsOf(variety(events, 4)), [5, 3, 1, 4])
})

test('a source with few events shows them all', () => {
  assert.deepEqual(idsOf(variety([named(1, 'page')], 6)), [1])
})
