import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '../src/core/outcome.ts'
import { type Deliveries, openDeliveries } from '../src/store/deliveries.ts'
import { type Journal, openJournal } from '../src/store/journal.ts'
import type { State } from '../src/store/state.ts'
import { aDeadLetter, aDelivery, anEntry, aReceipt, aRetry, REFUSED, taken, UNAVAILABLE } from './entries.ts'
import { plain } from './plain.ts'
import { START } from './queue_suite.ts'

const HOUR_MS = 3_600_000

interface Books {
  readonly journal: Journal
  readonly deliveries: Deliveries
}

/** What the deliveries promise, whatever database they are in. `state` gives the suite's database. */
export function testDeliveries(name: string, open: () => Promise<State>, skip: string | false): void {
  const use = (title: string, run: (books: Books) => Promise<void>) =>
    test(`${name}: ${title}`, { skip }, async () => {
      const state = await open()
      const journal = openJournal(state)
      const deliveries = openDeliveries(state)
      try {
        await journal.attach('shop-to-pixel', 'shop', taken(0))
        await run({ journal, deliveries })
      } finally {
        await state.close()
      }
    })

  use('dead letters are grouped by cause, the largest group first, with the newest samples', async (books) => {
    const { journal, deliveries } = books
    const gone: Reason = { code: 'mapping.gone', message: 'Gone' }
    const dead = [1, 2, 3, 4, 5, 6, 7].map((seq) => aDeadLetter({ seq }))
    await journal.record(anEntry({ deliveries: [aDeadLetter({ seq: 8, reason: gone })], now: START + 1 }))
    await journal.record(anEntry({ deliveries: dead.slice(0, 3), now: START + 2 }))
    await journal.record(anEntry({ deliveries: [...dead.slice(3), aDelivery({ seq: 9 })], now: START + 3 }))

    const sync = 'shop-to-pixel'
    assert.deepEqual(await deliveries.deadGroups(), [
      { sync, reason: REFUSED, count: 7, firstAt: START + 2, lastAt: START + 3, samples: [7, 6, 5, 4, 3] },
      { sync, reason: gone, count: 1, firstAt: START + 1, lastAt: START + 1, samples: [8] },
    ])
  })

  use('places are listed by state, newest first', async ({ journal, deliveries }) => {
    await journal.attach('other', 'shop', taken(0))
    await journal.record(
      anEntry({ deliveries: [1, 2, 3].flatMap((seq) => [aDeadLetter({ seq }), aDeadLetter({ seq, mapping: 'b' })]) }),
    )
    await journal.record(anEntry({ sync: 'other', deliveries: [aDeadLetter({ seq: 4, reason: UNAVAILABLE })] }))

    assert.deepEqual(await deliveries.inState('dead', { limit: 3 }), [4, 3, 2])
    assert.deepEqual(await deliveries.inState('dead', { sync: 'shop-to-pixel', before: 3, limit: 9 }), [2, 1])
    assert.deepEqual(await deliveries.inState('dead', { code: UNAVAILABLE.code, limit: 9 }), [4])
    assert.deepEqual(await deliveries.inState('filtered', { limit: 9 }), [])
  })

  use('places that a person may still want are found', async ({ journal, deliveries }) => {
    const all = [aDelivery({ seq: 1 }), aDeadLetter({ seq: 2 }), aRetry({ seq: 3 }), aDeadLetter({ seq: 4 })]
    await journal.record(anEntry({ deliveries: all }))

    assert.deepEqual([...(await deliveries.openBetween(1, 3))].sort(), [2, 3])
  })

  use('what is long settled is forgotten, and the books and the dead letters stay', async ({ journal, deliveries }) => {
    const calls = [aReceipt({ sentAt: START - 9 }), aReceipt()]
    const old = [aDelivery({ call: 0 }), aDelivery({ seq: 2, mapping: '', state: 'filtered' }), aDeadLetter({ seq: 3 })]
    const mixed = [aDelivery({ seq: 4 }), aDeadLetter({ seq: 4, mapping: 'b' })]
    await journal.record(anEntry({ calls, deliveries: [...old, ...mixed], position: 4 }))
    await journal.record(anEntry({ deliveries: [aDelivery({ seq: 5 })], position: 5, now: START + 1 }))
    const before = await plain(journal.verdicts('source', 'shop'))

    assert.equal(await deliveries.prune(START), 0)
    assert.equal(await deliveries.prune(START + 1), 2)

    assert.deepEqual(
      (await deliveries.of([1, 2, 3, 4, 5])).map(({ seq, state }) => [seq, state]),
      [
        [3, 'dead'],
        [4, 'delivered'],
        [4, 'dead'],
        [5, 'delivered'],
      ],
    )
    assert.deepEqual(await plain(journal.verdicts('source', 'shop')), before)
    await deliveries.replay({ states: ['dead'] }, START + 2)
    const again = [aDelivery({ seq: 3 }), aDelivery({ seq: 4, mapping: 'b' })]
    await journal.record(anEntry({ fresh: false, deliveries: again, now: START + 2 }))
    const delivered = before.delivered + before.dead
    assert.deepEqual(await plain(journal.verdicts('source', 'shop')), { ...before, delivered, dead: 0 })
  })

  use('nothing is forgotten of an event that another sync has still to read', async ({ journal, deliveries }) => {
    await journal.attach('late', 'shop', taken(0))
    await journal.attach('elsewhere', 'app', taken(0))
    await journal.record(anEntry({ deliveries: [aDelivery()], position: 1 }))

    assert.equal(await deliveries.prune(START + 1), 0)
    await journal.record(anEntry({ sync: 'late', deliveries: [aDelivery({ state: 'filtered' })], position: 1 }))

    const verdicts = { filtered: 0, suppressed: 0, delivered: 1, dead: 0 }
    assert.deepEqual(await plain(journal.verdicts('source', 'shop')), verdicts)
    assert.equal(await deliveries.prune(START + 1), 1, 'what another source waits for does not matter')
  })

  use('verdicts are counted by the minute', async ({ journal, deliveries }) => {
    const minute = START / 60_000
    await journal.record(anEntry({ deliveries: [aDelivery({ seq: 1 }), aDeadLetter({ seq: 2 }), aRetry({ seq: 3 })] }))
    await journal.record(anEntry({ fresh: false, deliveries: [aDelivery({ seq: 3 })], now: START + 1 }))
    await journal.record(anEntry({ deliveries: [aDelivery({ seq: 4 })], now: START + 60_000 }))

    assert.deepEqual(await deliveries.volume(START), [
      { minute, delivered: 2, dead: 1 },
      { minute: minute + 1, delivered: 1, dead: 0 },
    ])
    assert.deepEqual(await deliveries.volume(START + 60_000), [{ minute: minute + 1, delivered: 1, dead: 0 }])
  })

  use('a replay is counted before it is made, and says what is outside the window', async ({ journal, deliveries }) => {
    const hoursAgo = (hours: number) => START - hours * HOUR_MS
    await journal.record(
      anEntry({
        deliveries: [
          aDeadLetter({ seq: 1, firstAttemptAt: hoursAgo(49), unknown: true }),
          aDeadLetter({ seq: 1, mapping: 'b', firstAttemptAt: hoursAgo(49) }),
          aDeadLetter({ seq: 2, firstAttemptAt: hoursAgo(48) }),
          aDeadLetter({ seq: 3, firstAttemptAt: null }),
          aDelivery({ seq: 4, firstAttemptAt: hoursAgo(60) }),
        ],
      }),
    )

    assert.deepEqual(await deliveries.countReplay({ states: ['dead'] }, START), {
      events: 3,
      outsideWindow: 2,
      unknown: 1,
    })
    assert.deepEqual(await deliveries.countReplay({ states: ['dead'], seqs: [2, 3, 99] }, START), {
      events: 2,
      outsideWindow: 0,
      unknown: 0,
    })
    assert.deepEqual(await deliveries.countReplay({ states: ['dead'], code: 'none' }, START), {
      events: 0,
      outsideWindow: 0,
      unknown: 0,
    })
  })

  use('a replay puts exactly what was chosen in line again', async ({ journal, deliveries }) => {
    await journal.attach('other', 'shop', taken(0))
    const dead = [aDeadLetter({ seq: 1 }), aDeadLetter({ seq: 2, reason: UNAVAILABLE }), aDelivery({ seq: 3 })]
    await journal.record(anEntry({ deliveries: dead }))
    await journal.record(anEntry({ sync: 'other', deliveries: [aDeadLetter({ seq: 1 })] }))

    const choice = { sync: 'shop-to-pixel', code: REFUSED.code, states: ['dead'] } as const
    assert.equal(await deliveries.replay(choice, START + 5), 1)

    assert.deepEqual(
      (await journal.due('shop-to-pixel', START + 5, 9)).map(({ seq }) => seq),
      [1],
    )
    assert.deepEqual(await journal.due('shop-to-pixel', START + 4, 9), [])
    assert.deepEqual(await journal.due('other', START + 5, 9), [])
    assert.equal(await deliveries.replay(choice, START + 5), 0)
  })

  use('a replay of more than one step ends, whatever states it takes', async ({ journal, deliveries }) => {
    const size = 5001
    const waiting = Array.from({ length: size }, (_, i) => aRetry({ seq: 1 + (i >> 1), mapping: `m${i & 1}` }))
    await journal.record(anEntry({ deliveries: waiting }))

    assert.equal(await deliveries.replay({ states: ['retry', 'dead'] }, START + 5), Math.ceil(size / 2))

    assert.equal(await journal.nextDueAt('shop-to-pixel'), START + 5)
    assert.equal((await journal.due('shop-to-pixel', START + 5, size + 1)).length, size)
  })

  use(
    'a replay inside the window goes on counting tries; after it, a person has decided and they are counted anew',
    async (books) => {
      const { journal, deliveries } = books
      const tried = (hours: number) => ({ firstAttemptAt: START - hours * HOUR_MS, unknown: true, attempts: 3 })
      await journal.record(
        anEntry({ deliveries: [aDeadLetter({ seq: 1, ...tried(46) }), aDeadLetter({ seq: 2, ...tried(47.5) })] }),
      )

      await deliveries.replay({ states: ['dead'] }, START)

      const due = await journal.due('shop-to-pixel', START, 9)
      const { mapping } = aDelivery()
      assert.deepEqual(due, [
        { seq: 1, mapping, ...tried(46), calls: [] },
        { seq: 2, mapping, attempts: 3, firstAttemptAt: null, unknown: false, calls: [] },
      ])
    },
  )

  use(
    'thousands of settled deliveries are forgotten in steps, past those that stay',
    async ({ journal, deliveries }) => {
      const many = Array.from({ length: 5100 }, (_, i) => aDelivery({ seq: i + 1 }))
      await journal.record(anEntry({ deliveries: [...many, aDeadLetter({ seq: 5101 })], position: 5101 }))
      await journal.record(anEntry({ deliveries: [aDelivery({ seq: 5102 })], position: 5102, now: START + 1 }))

      assert.equal(await deliveries.prune(START + 1), 5100)

      assert.deepEqual(await journal.recordedAfter('shop-to-pixel', 0), new Set([5101, 5102]))
    },
  )
}
