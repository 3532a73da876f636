import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bloomFilter } from './bloom_filter.ts'
import { messageKey } from './message_window.ts'

test('a filter knows every key it was given, and takes few others for one of them', () => {
  const size = 20_000
  const filter = bloomFilter(size)
  for (let i = 0; i < size; i++) filter.add(messageKey('shop', `m${i}`))

  const missed = count(size, (i) => !filter.mayHave(messageKey('shop', `m${i}`)))
  const mistaken = count(size, (i) => filter.mayHave(messageKey('app', `m${i}`)))

  assert.equal(missed, 0)
  assert.ok(mistaken <= size / 300, `${mistaken} of ${size} keys were mistaken`)
})

test('an empty filter knows nothing', () => {
  assert.equal(bloomFilter(0).mayHave(1), false)
})

function count(size: number, holds: (i: number) => boolean): number {
  return Array.from({ length: size }, (_, i) => i).filter(holds).length
}
