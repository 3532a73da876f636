import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { IdTable } from './id_table.ts'

const anId = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.uuid(),
  fc.constantFrom('__proto__', 'é', 'e\u0301', ''),
)

test('a table finds what a Map finds, whatever the ids are', () => {
  const additions = fc.array(fc.tuple(fc.nat(2), anId, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), {
    maxLength: 300,
  })
  fc.assert(
    fc.property(additions, fc.tuple(fc.nat(2), anId), (added, [stranger, strangeId]) => {
      const table = new IdTable()
      const map = new Map<string, number>()
      for (const [stream, id, value] of added) {
        if (table.find(stream, id) < 0) table.add(stream, id, value)
        if (!map.has(`${stream} ${id}`)) map.set(`${stream} ${id}`, value)
      }

      const found = added.map(([stream, id]) => table.valueAt(table.find(stream, id)))
      assert.deepEqual(
        found,
        added.map(([stream, id]) => map.get(`${stream} ${id}`)),
      )
      assert.equal(table.size, map.size)
      assert.equal(table.find(stranger, strangeId) >= 0, map.has(`${stranger} ${strangeId}`))
    }),
  )
})

test('a table grows past its first size and gives the ids back in the order they came', () => {
  const table = new IdTable()
  const ids = Array.from({ length: 5000 }, (_, index) => `order-${index}`)

  for (const [index, id] of ids.entries()) table.add(0, id, index)

  assert.deepEqual(
    Array.from({ length: table.size }, (_, entry) => table.idAt(entry)),
    ids,
  )
  assert.deepEqual(
    ids.map((id) => table.valueAt(table.find(0, id))),
    ids.map((_, index) => index),
  )
})

test('an id longer than a megabyte is kept whole', () => {
  const table = new IdTable()
  const long = 'é'.repeat(2 ** 20)

  table.add(0, 'short', 1)
  table.add(0, long, 2)

  assert.equal(table.idAt(table.find(0, long)) === long, true)
  assert.equal(table.valueAt(table.find(0, 'short')), 1)
})
