import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRoute, aSync, fakeDestination } from '../../test/worker_parts.ts'
import { joinReasons, mapEvent, mapIfMatched } from './sync.ts'

const destination = fakeDestination(() => 0)

test('an event goes through every mapping that is on and applies, in their order', () => {
  const routes = [
    aRoute({ name: 'off', enabled: false }),
    aRoute({ name: 'second', map: () => ({ n: 2 }) }),
    aRoute({ name: 'narrow', matches: ({ n }) => n === 9 }),
    aRoute({ name: 'first' }),
  ]

  const mapped = mapEvent(aSync(destination, { routes }), { n: 1 }, 0)

  assert.deepEqual(mapped, [
    { kind: 'item', mapping: 'second', item: { text: '{"n":2}', batchKey: '' }, warnings: [] },
    { kind: 'item', mapping: 'first', item: { text: '{"n":1}', batchKey: '' }, warnings: [] },
  ])
})

test('a mapping that breaks on an event spoils neither the event nor the other mappings', () => {
  const broken = () => {
    throw new Error('too deep')
  }
  const routes = [aRoute({ name: 'when', matches: broken }), aRoute({ name: 'map', map: broken }), aRoute()]

  const mapped = mapEvent(aSync(destination, { routes }), { n: 1 }, 0)

  const reason = (name: string) => ({
    code: 'mapping.failed',
    message: `Cannot map the event with "${name}": too deep`,
    remedy: 'Correct the mapping, then replay the event',
  })
  assert.deepEqual(mapped.slice(0, 2), [
    { kind: 'invalid', mapping: 'when', reason: reason('when') },
    { kind: 'invalid', mapping: 'map', reason: reason('map') },
  ])
  assert.equal(mapped[2]!.kind, 'item')
})

test('what a destination cannot take is invalid for all of its reasons', () => {
  const [first, second] = [
    { code: 'a', message: 'No event', field: 'event' },
    { code: 'b', message: 'No time' },
  ] as const
  const strict = { ...destination, prepare: () => ({ kind: 'invalid', reasons: [first, second] }) as const }

  assert.deepEqual(mapIfMatched(aRoute(), strict, { n: 1 }, 0), {
    kind: 'invalid',
    mapping: 'all',
    reason: { code: 'a', message: 'No event; No time', field: 'event' },
  })
  assert.deepEqual(joinReasons([second]), second)
})
