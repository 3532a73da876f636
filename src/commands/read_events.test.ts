import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseEvents } from './read_events.ts'

test('events come out the same as one array, as JSON lines, and as a batch', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ type: fc.string(), n: fc.integer() }, { noNullPrototype: true }), { minLength: 1 }),
      (events) => {
        const raw = (text: string) => parseEvents(text, 'x').map((event) => event.raw)

        assert.deepEqual(raw(JSON.stringify(events)), events)
        assert.deepEqual(raw(JSON.stringify({ batch: events })), events)
        assert.deepEqual(raw(events.map((event) => JSON.stringify(event)).join('\n')), events)
      },
    ),
  )
})

test('a character too many is found where it stands', () => {
  const text = JSON.stringify({ a: [1, 'two', { b: null }], c: true }, null, 2)
  const outsideText = fc.integer({ min: 0, max: text.length }).filter((at) => !/"[^"\n]*$/.test(lineUpTo(text, at)))

  fc.assert(
    fc.property(outsideText, (at) => {
      const before = text.slice(0, at).split('\n')
      const broken = `${text.slice(0, at)}#${text.slice(at)}`

      assert.throws(() => parseEvents(broken, 'x'), {
        message: `x:${before.length}:${before.at(-1)!.length + 1}: Cannot read the event: it is not JSON here`,
      })
    }),
  )
})

const lineUpTo = (text: string, at: number): string =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1, at).replace(/"[^"]*"/g, '')

test('what stands around a batch goes with each of its events', () => {
  const events = parseEvents('{"sentAt":"2026-01-01T00:00:00Z","batch":[{"type":"page"},{"type":"track"}]}', 'x')

  assert.deepEqual(events, [
    { raw: { type: 'page' }, around: { sentAt: '2026-01-01T00:00:00Z' }, hasInfinity: false },
    { raw: { type: 'track' }, around: { sentAt: '2026-01-01T00:00:00Z' }, hasInfinity: false },
  ])
})

test('a mark of the byte order, as editors of Windows write it, does no harm', () => {
  assert.deepEqual(parseEvents('[]', 'x'), [])
})
