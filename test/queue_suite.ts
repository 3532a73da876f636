import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEDUPE_MS, type NewEvent, type NewReject, type Queue } from '../src/store/queue.ts'
import { plain } from './plain.ts'

/** A moment that tests start at; any would do. */
export const START = Date.UTC(2026, 0, 5, 12)
const MINUTE_MS = 60_000

/** An event of the source "shop", with only what matters given. */
export function anEvent(more: Partial<NewEvent> = {}): NewEvent {
  const event = { source: 'shop', messageId: 'm1', name: 'Order Completed', receivedAt: START, payload: '{}' }
  return { ...event, ...more }
}

function aReject(more: Partial<NewReject> = {}): NewReject {
  return { source: 'shop', at: START, reason: { code: 'event.too_large', message: 'Too large' }, body: '{}', ...more }
}

/** A clock that stands still until it is set. */
export interface TestClock {
  at: number
  readonly now: () => number
}

export function testClock(at = START): TestClock {
  const clock = { at, now: () => clock.at }
  return clock
}

/** What every queue promises. `open` gives a new, empty queue that is closed by the suite. */
export function testQueue(name: string, open: (now: () => number) => Promise<Queue>): void {
  const use = (title: string, run: (queue: Queue, clock: TestClock) => Promise<void>) =>
    test(`${name}: ${title}`, async () => {
      const clock = testClock()
      const queue = await open(clock.now)
      try {
        await run(queue, clock)
      } finally {
        await queue.close()
      }
    })

  use('an event comes back as it was handed in, with its place', async (queue) => {
    const event = anEvent({ payload: '{"text":"Grüße \\u0000 🎉"}' })

    assert.deepEqual(await queue.add([event]), ['added'])

    assert.deepEqual(await plain(queue.read('shop', 0, 10)), [{ ...event, seq: 1 }])
    assert.deepEqual(await plain(queue.get([1, 99])), [{ ...event, seq: 1 }])
    assert.equal(await queue.head(), 1)
  })

  use('a queue that never had an event is empty everywhere', async (queue) => {
    assert.deepEqual(await queue.add([]), [])

    assert.equal(await queue.head(), 0)
    assert.equal(await queue.tail(), 1)
    assert.deepEqual(await queue.read('shop', 0, 10), [])
    assert.deepEqual(await queue.list({ limit: 10 }), [])
    assert.deepEqual(await queue.find(null, 'm1'), [])
    assert.deepEqual(await queue.get([]), [])
    assert.deepEqual(await queue.rejects({ limit: 10 }), [])
    assert.deepEqual(await plain(queue.intake('shop')), { accepted: 0, duplicate: 0, rejected: 0, lastSeq: 0 })
    assert.equal(await queue.lastReceivedAt('shop'), null)
    assert.deepEqual(await queue.volume('shop', 0), [])
  })

  use('a reader sees the events of its source only, in order, a page at a time', async (queue) => {
    await queue.add([1, 2, 3, 4, 5].map((n) => anEvent({ messageId: `m${n}`, source: n % 2 ? 'shop' : 'app' })))

    assert.deepEqual(seqs(await queue.read('shop', 0, 2)), [1, 3])
    assert.deepEqual(seqs(await queue.read('shop', 3, 2)), [5])
    assert.deepEqual(seqs(await queue.read('app', 2, 9)), [4])
  })

  use('a repeated messageId is counted and not kept', async (queue) => {
    assert.deepEqual(await queue.add([anEvent(), anEvent(), anEvent({ messageId: 'm2' })]), [
      'added',
      'duplicate',
      'added',
    ])
    assert.deepEqual(await queue.add([anEvent({ payload: '{"later":true}' })]), ['duplicate'])

    assert.deepEqual(seqs(await queue.read('shop', 0, 10)), [1, 2])
    assert.deepEqual(await plain(queue.intake('shop')), { accepted: 4, duplicate: 2, rejected: 0, lastSeq: 2 })
  })

  use('the same messageId from another source is another event', async (queue) => {
    assert.deepEqual(await queue.add([anEvent(), anEvent({ source: 'app' })]), ['added', 'added'])
  })

  use('a messageId is free again seven days after its event, and not a millisecond before', async (queue, clock) => {
    await queue.add([anEvent()])

    clock.at = START + DEDUPE_MS - 1
    assert.deepEqual(await queue.add([anEvent({ receivedAt: clock.at })]), ['duplicate'])
    clock.at = START + DEDUPE_MS
    assert.deepEqual(await queue.add([anEvent({ receivedAt: clock.at })]), ['added'])
    clock.at = START + DEDUPE_MS + 1
    assert.deepEqual(await queue.add([anEvent({ receivedAt: clock.at })]), ['duplicate'])
  })

  use('pruning does not make a repetition look new', async (queue, clock) => {
    await queue.add([anEvent()])

    clock.at = START + DEDUPE_MS - 1
    await queue.prune({ first: 1, last: 1, before: clock.at, kept: [] })

    assert.deepEqual(await queue.add([anEvent({ receivedAt: clock.at })]), ['duplicate'])
  })

  use('what is refused is listed newest first and counted outside the books', async (queue) => {
    const first = aReject({ body: 'first' })
    const second = aReject({ body: 'second' })
    const stray = aReject({ source: null, body: 'stray' })

    assert.deepEqual(await queue.add([anEvent()], [first, second]), ['added'])
    assert.deepEqual(await queue.add([], [stray]), [])

    assert.deepEqual(await plain(queue.rejects({ limit: 9 })), [
      { ...stray, id: 3 },
      { ...second, id: 2 },
      { ...first, id: 1 },
    ])
    assert.deepEqual(await plain(queue.rejects({ source: 'shop', limit: 1 })), [{ ...second, id: 2 }])
    assert.deepEqual(await plain(queue.rejects({ source: 'shop', before: 2, limit: 9 })), [{ ...first, id: 1 }])
    assert.deepEqual(await plain(queue.intake('shop')), { accepted: 1, duplicate: 0, rejected: 2, lastSeq: 1 })
  })

  use('events are listed newest first, by source, by name and from a place on', async (queue) => {
    await queue.add([
      anEvent({ messageId: 'm1', name: 'Page Viewed' }),
      anEvent({ messageId: 'm2' }),
      anEvent({ messageId: 'm3', source: 'app' }),
      anEvent({ messageId: 'm4' }),
    ])

    assert.deepEqual(seqs(await queue.list({ limit: 3 })), [4, 3, 2])
    assert.deepEqual(seqs(await queue.list({ source: 'shop', limit: 9 })), [4, 2, 1])
    assert.deepEqual(seqs(await queue.list({ source: 'shop', name: 'Order Completed', before: 4, limit: 9 })), [2])
    assert.deepEqual(seqs(await queue.list({ before: 1, limit: 9 })), [])
    assert.deepEqual(seqs(await queue.list({ before: 0, limit: 9 })), [])
  })

  use('an event is found by its messageId, in one source or in all', async (queue) => {
    await queue.add([anEvent(), anEvent({ source: 'app' }), anEvent({ messageId: 'm2' })])

    assert.deepEqual(seqs(await queue.find('app', 'm1')), [2])
    assert.deepEqual(seqs(await queue.find(null, 'm1')), [1, 2])
    assert.deepEqual(seqs(await queue.find(null, 'm9')), [])
  })

  use('an edited event keeps its place and its messageId', async (queue) => {
    await queue.add([anEvent()])

    await queue.edit(1, '{"edited":true}')

    assert.deepEqual(await plain(queue.get([1])), [{ ...anEvent({ payload: '{"edited":true}' }), seq: 1 }])
    assert.deepEqual(await queue.add([anEvent()]), ['duplicate'])
  })

  use('pruning drops what is old, but for the places that are kept', async (queue, clock) => {
    await queue.add([1, 2, 3].map((n) => anEvent({ messageId: `m${n}` })))
    clock.at = START + 1
    await queue.add([anEvent({ messageId: 'm4', receivedAt: clock.at })])
    clock.at = START + DEDUPE_MS + 1

    const pruned = await queue.prune({ first: 1, last: 4, before: START + 1, kept: [2] })

    assert.deepEqual(pruned, { removed: 2, reachedNewer: true })
    assert.deepEqual(seqs(await queue.read('shop', 0, 9)), [2, 4])
    assert.equal(await queue.tail(), 2)
    assert.deepEqual(await queue.prune({ first: 1, last: 3, before: START + 1, kept: [] }), {
      removed: 1,
      reachedNewer: false,
    })
    assert.equal(await queue.tail(), 4)
  })

  use('a place is never given twice, even when everything was dropped', async (queue, clock) => {
    await queue.add([anEvent(), anEvent({ messageId: 'm2' })])
    clock.at = START + DEDUPE_MS + MINUTE_MS
    await queue.prune({ first: 1, last: 2, before: clock.at, kept: [] })

    await queue.add([anEvent({ messageId: 'm3', receivedAt: clock.at })])

    assert.equal(await queue.head(), 3)
    assert.deepEqual(seqs(await queue.read('shop', 0, 9)).at(-1), 3)
  })

  use('events are counted by the minute', async (queue) => {
    const minute = START / MINUTE_MS
    await queue.add([anEvent(), anEvent()])
    await queue.add([anEvent({ messageId: 'm2', receivedAt: START + MINUTE_MS })])
    await queue.add([anEvent({ messageId: 'm3', source: 'app' })])

    assert.deepEqual(await plain(queue.volume('shop', minute)), [
      { minute, accepted: 2 },
      { minute: minute + 1, accepted: 1 },
    ])
    assert.deepEqual(await plain(queue.volume('shop', minute + 1)), [{ minute: minute + 1, accepted: 1 }])
    assert.equal(await queue.lastReceivedAt('shop'), START + MINUTE_MS)
  })

  use('places are found by source, place and time', async (queue) => {
    // The second was received before the first, and written after it.
    await queue.add([anEvent({ messageId: 'm1', receivedAt: START + 2 })])
    await queue.add([anEvent({ messageId: 'm2', receivedAt: START + 1 })])
    await queue.add([anEvent({ messageId: 'm3', receivedAt: START + 3, source: 'app' })])
    await queue.add([anEvent({ messageId: 'm4', receivedAt: START + 3 * 3_600_000 })])

    assert.deepEqual(await queue.places({ after: 0, limit: 9 }), [1, 2, 3, 4])
    assert.deepEqual(await queue.places({ source: 'shop', after: 1, limit: 9 }), [2, 4])
    assert.deepEqual(await queue.places({ after: 0, from: START + 2, to: START + 4, limit: 9 }), [1, 3])
    assert.deepEqual(await queue.places({ after: 0, from: START + 4, limit: 9 }), [4])
    assert.deepEqual(await queue.places({ after: 0, to: START + 4, limit: 2 }), [1, 2])
    assert.deepEqual(await queue.places({ after: 4, limit: 9 }), [])
  })

  use('senders that come at the same time each get their own answers', async (queue) => {
    const requests = Array.from({ length: 200 }, (_, i) => [
      anEvent({ messageId: `m${i % 150}` }),
      anEvent({ messageId: `own${i}` }),
    ])

    const answers = await Promise.all(requests.map((events) => queue.add(events)))

    assert.deepEqual(
      answers,
      requests.map((_, i) => [i < 150 ? 'added' : 'duplicate', 'added']),
    )
    assert.deepEqual(await plain(queue.intake('shop')), { accepted: 400, duplicate: 50, rejected: 0, lastSeq: 350 })
  })

  test(`${name}: what is kept and counted equals what a plain list would keep, whatever is handed in`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 25, size: 'max' }), async (steps) => {
        const clock = testClock()
        const queue = await open(clock.now)
        try {
          await followModel(queue, clock, steps)
        } finally {
          await queue.close()
        }
      }),
      { numRuns: 30 },
    )
  })
}

type Step =
  | { readonly kind: 'add'; readonly requests: readonly (readonly { source: string; messageId: string }[])[] }
  | { readonly kind: 'pass'; readonly ms: number }

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      requests: fc.array(
        fc.array(
          fc.record({
            source: fc.constantFrom('shop', 'app'),
            messageId: fc.integer({ min: 0, max: 30 }).map((n) => `m${n}`),
          }),
          { maxLength: 8 },
        ),
        { maxLength: 4 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 3_600_000, DEDUPE_MS / 3, DEDUPE_MS - 1, DEDUPE_MS),
    }),
  },
)

async function followModel(queue: Queue, clock: TestClock, steps: readonly Step[]): Promise<void> {
  const kept: NewEvent[] = []
  const taken = { shop: 0, app: 0 }
  for (const step of steps) {
    if (step.kind === 'pass') {
      clock.at += step.ms
      continue
    }
    const requests = step.requests.map((some) => some.map((one) => anEvent({ ...one, receivedAt: clock.at })))
    const expected = requests.map((events) =>
      events.map((event) => {
        taken[event.source as 'shop' | 'app']++
        if (kept.some((other) => repeats(event, other))) return 'duplicate'
        kept.push(event)
        return 'added'
      }),
    )
    assert.deepEqual(await Promise.all(requests.map((events) => queue.add(events))), expected)
  }
  const all = kept.map((event, i) => ({ ...event, seq: i + 1 }))
  for (const source of ['shop', 'app'] as const) {
    const own = all.filter((event) => event.source === source)
    assert.deepEqual(await plain(queue.read(source, 0, 1000)), own)
    const counts = { accepted: taken[source], duplicate: taken[source] - own.length, rejected: 0 }
    assert.deepEqual(await plain(queue.intake(source)), { ...counts, lastSeq: own.at(-1)?.seq ?? 0 })
  }
}

const repeats = (event: NewEvent, other: NewEvent): boolean =>
  event.source === other.source &&
  event.messageId === other.messageId &&
  event.receivedAt - other.receivedAt < DEDUPE_MS

const seqs = (events: readonly { readonly seq: number }[]): number[] => events.map(({ seq }) => seq)
