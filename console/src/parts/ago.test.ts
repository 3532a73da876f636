import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ago } from './ago.ts'

const NOW = Date.UTC(2026, 0, 15, 12)

test('a moment is told in the largest unit that still says something', () => {
  const told = [0, 1_999, 12_000, 59_999, 60_000, 3_599_000, 3_600_000, 47 * 3_600_000, 72 * 3_600_000].map(
    (distance) => ago(NOW - distance, NOW),
  )

  assert.deepEqual(told, [
    'just now',
    'just now',
    '12 s ago',
    '59 s ago',
    '1 min ago',
    '59 min ago',
    '1 h ago',
    '47 h ago',
    '3 d ago',
  ])
})

test('a moment to come is told forwards', () => {
  assert.equal(ago(NOW + 240_000, NOW), 'in 4 min')
})
