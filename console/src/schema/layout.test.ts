import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boxHeight, nextBox, positionsOf } from './layout.ts'
import type { Relation } from './relations.ts'

const size = { width: 264, height: boxHeight(3, 0) }
const relation = (from: string, to: string): Relation => ({
  id: `${from}→${to}`,
  from,
  to,
  reference: { columns: ['id'], table: to, to: ['id'] },
})
const positions = positionsOf(new Map(['report_a', 'report_b', 'history', 'alone'].map((name) => [name, size])), [
  relation('report_a', 'history'),
  relation('report_b', 'history'),
])

test('boxes never lie on one another, and what is referred to stands left of what refers to it', () => {
  const boxes = [...positions.values()]
  for (const a of boxes) {
    for (const b of boxes) {
      if (a === b) continue
      assert.ok(Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height)
    }
  }
  assert.ok(positions.get('history')!.x < positions.get('report_a')!.x)
})

test('many tables of one family stand in several columns instead of one that is endless', () => {
  const names = Array.from({ length: 9 }, (_, at) => `report_${at}`)
  const wide = positionsOf(
    new Map(['history', ...names].map((name) => [name, size])),
    names.map((name) => relation(name, 'history')),
  )

  const columns = new Set(names.map((name) => wide.get(name)!.x))
  assert.equal(columns.size, 3)
  assert.ok([...columns].every((x) => x > wide.get('history')!.x))
})

test('arrows lead from box to box and back, and nowhere beyond the edge', () => {
  const right = nextBox(positions, 'history', 'ArrowRight')!

  assert.match(right, /^report_/)
  assert.equal(nextBox(positions, right, 'ArrowLeft'), 'history')
  assert.equal(nextBox(positions, right, 'ArrowRight'), null)
  assert.equal(nextBox(positions, 'nowhere', 'ArrowUp'), null)
})
