import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Receipt } from '../src/core/errors.ts'
import type { Reason } from '../src/core/outcome.ts'
import { type Deliveries, openDeliveries } from '../src/store/deliveries.ts'
import { type DeliveryRecord, type Entry, type Journal, openJournal } from '../src/store/journal.ts'
import type { Intake, Queue } from '../src/store/queue.ts'
import type { State } from '../src/store/state.ts'
import { plain } from './plain.ts'
import { START } from './queue_suite.ts'

const HOUR_MS = 3_600_000
const REFUSED: Reason = { code: 'tiktok.refused', message: 'Wrong currency', field: 'properties.currency' }
const UNAVAILABLE: Reason = { code: 'tiktok.server_error', message: 'HTTP 503' }

export function aDelivery(more: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    seq: 1,
    mapping: 'Order Completed',
    state: 'delivered',
    reason: null,
    attempts: 1,
    firstAttemptAt: START,
    dueAt: null,
    unknown: false,
    earlierCalls: [],
    call: null,
    ...more,
  }
}

const aRetry = (more: Partial<DeliveryRecord> = {}) =>
  aDelivery({ state: 'retry', reason: UNAVAILABLE, dueAt: START, unknown: true, ...more })

const aDeadLetter = (more: Partial<DeliveryRecord> = {}) => aDelivery({ state: 'dead', reason: REFUSED, ...more })

export function anEntry(more: Partial<Entry> = {}): Entry {
  return {
    sync: 'shop-to-pixel',
    source: 'shop',
    revision: 1,
    fresh: true,
    position: null,
    deliveries: [],
    rematched: [],
    calls: [],
    now: START,
    ...more,
  }
}

export function aReceipt(more: Partial<Receipt> = {}): Receipt {
  return {
    method: 'POST',
    url: 'https://tiktok.example/event/track/',
    sentAt: START,
    durationMs: 12,
    status: 200,
    code: 0,
    message: 'OK',
    requestId: '2026',
    items: 1,
    ...more,
  }
}

/** The queue of a source that has taken in so many events. */
export function taken(lastSeq: number, more: Partial<Intake> = {}): Pick<Queue, 'intake'> {
  return { intake: async () => ({ accepted: lastSeq, duplicate: 0, rejected: 0, lastSeq, ...more }) }
}

interface Books {
  readonly journal: Journal
  readonly deliveries: Deliveries
}

/** What the journal and the deliveries promise, whatever database they are in. `state` gives the suite's database. */
export function testJournal(name: string, open: () => Promise<State>, skip: string | false): void {
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

  use('a sync keeps the place it was given first', async ({ journal }) => {
    await journal.attach('late', 'shop', taken(7, { accepted: 9, duplicate: 2 }))

    const again = await journal.attach('late', 'shop', taken(99))

    const late = { sync: 'late', source: 'shop', startSeq: 7, position: 7, lastDeliveredAt: null, failing: null }
    assert.deepEqual(again, late)
    assert.deepEqual(await plain(journal.base('late')), { accepted: 9, duplicate: 2 })
    assert.deepEqual(await journal.readers(), [
      late,
      { sync: 'shop-to-pixel', source: 'shop', startSeq: 0, position: 0, lastDeliveredAt: null, failing: null },
    ])
  })

  use('a sync cannot move to another source', async ({ journal }) => {
    await assert.rejects(
      journal.attach('shop-to-pixel', 'app', taken(0)),
      /^Error: Cannot attach the sync "shop-to-pixel" to the source "app": its deliveries are those of the source "shop"; use another name$/,
    )
  })

  use('the place moves with the page that is recorded, and only when one is given', async ({ journal }) => {
    await journal.record(anEntry({ deliveries: [aDelivery({ seq: 2 })], now: START + 5 }))
    const before = (await journal.readers())[0]!
    await journal.record(anEntry({ position: 2, deliveries: [aDelivery({ seq: 1, state: 'filtered' })] }))

    const after = (await journal.readers())[0]!
    assert.deepEqual([before.position, before.lastDeliveredAt], [0, START + 5])
    assert.deepEqual([after.position, after.lastDeliveredAt], [2, START + 5])
  })

  use('what was recorded beyond the place is known to the next run', async ({ journal }) => {
    await journal.record(anEntry({ deliveries: [aDelivery({ seq: 4 }), aDelivery({ seq: 4, mapping: 'b' })] }))
    await journal.record(anEntry({ deliveries: [aRetry({ seq: 6 })] }))

    assert.deepEqual(await journal.recordedAfter('shop-to-pixel', 0), new Set([4, 6]))
    assert.deepEqual(await journal.recordedAfter('shop-to-pixel', 4), new Set([6]))
    assert.deepEqual(await journal.recordedAfter('another', 0), new Set())
  })

  use('a delivery comes back whole, with the calls that carried it', async ({ journal, deliveries }) => {
    const first = aReceipt({ message: 'first', code: null, requestId: null, status: 503 })
    const second = aReceipt({ message: 'second', durationMs: 3.7 })
    await journal.record(anEntry({ calls: [aReceipt({ message: 'other' }), first], deliveries: [aRetry({ call: 1 })] }))
    const [due] = await journal.due('shop-to-pixel', START, 10)
    const delivered = aDelivery({ attempts: 2, earlierCalls: due!.calls, call: 0 })
    await journal.record(
      anEntry({ fresh: false, revision: 7, calls: [second], deliveries: [delivered], now: START + 9 }),
    )

    const [stored] = await deliveries.of([1])
    assert.deepEqual(stored, {
      seq: 1,
      sync: 'shop-to-pixel',
      mapping: 'Order Completed',
      state: 'delivered',
      reason: null,
      attempts: 2,
      firstAttemptAt: START,
      dueAt: null,
      unknown: false,
      calls: stored!.calls,
      revision: 7,
      updatedAt: START + 9,
    })
    const calls = await deliveries.calls(stored!.calls)
    assert.deepEqual(
      calls.map(({ id, ...call }) => call),
      [{ ...second, durationMs: 4 }, first],
    )
    assert.deepEqual(await deliveries.of([]), [])
    assert.deepEqual(await deliveries.calls([]), [])
  })

  use('each of thousands of calls stays with its own delivery', async ({ journal, deliveries }) => {
    const size = 4000
    const calls = Array.from({ length: size }, (_, i) => aReceipt({ message: `call ${i}` }))
    const dead = calls.map((_, i) => aDeadLetter({ seq: i + 1, call: size - 1 - i }))

    await journal.record(anEntry({ calls, deliveries: dead }))

    for (const seq of [1, 2, 777, size]) {
      const [stored] = await deliveries.of([seq])
      const [call] = await deliveries.calls(stored!.calls)
      assert.equal(call!.message, `call ${size - seq}`)
    }
  })

  use('text that a database refuses is kept as far as it can be', async ({ journal, deliveries }) => {
    const reason = { code: 'tiktok.refused', message: 'Wrong "\0\ud800"' }
    const dead = aDelivery({ state: 'dead', reason, call: 0 })

    await journal.record(anEntry({ calls: [aReceipt({ message: 'a\0b\udc00' })], deliveries: [dead] }))
    await journal.setFailing('shop-to-pixel', { since: START, retryAt: START, message: '\0' })

    const [stored] = await deliveries.of([1])
    const [call] = await deliveries.calls(stored!.calls)
    assert.equal(call!.message, 'a\ufffdb\ufffd')
    assert.deepEqual(stored!.reason, reason)
  })

  use('what is due comes oldest due first, and only when its time has come', async ({ journal }) => {
    const due = [
      aRetry({ seq: 1, dueAt: START + 3 }),
      aRetry({ seq: 2, dueAt: START + 1 }),
      aRetry({ seq: 3, dueAt: START + 2, attempts: 4, unknown: false, firstAttemptAt: null }),
      aRetry({ seq: 4, dueAt: START + 9 }),
      aDeadLetter({ seq: 5 }),
    ]
    await journal.record(anEntry({ deliveries: due }))

    const found = await journal.due('shop-to-pixel', START + 3, 10)

    assert.deepEqual(
      found.map(({ seq }) => seq),
      [2, 3, 1],
    )
    const { mapping } = aRetry()
    assert.deepEqual(found[1], { seq: 3, mapping, attempts: 4, firstAttemptAt: null, unknown: false, calls: [] })
    assert.equal((await journal.due('shop-to-pixel', START + 3, 1)).length, 1)
    assert.deepEqual(await journal.due('another', START + 9, 9), [])
    assert.equal(await journal.nextDueAt('shop-to-pixel'), START + 1)
    assert.equal(await journal.nextDueAt('another'), null)
  })

  use('a sync that fails says since when, and no longer once it works', async ({ journal }) => {
    const failing = { since: START, retryAt: START + 5, message: 'HTTP 503' }

    await journal.setFailing('shop-to-pixel', failing)
    assert.deepEqual((await journal.readers())[0]!.failing, failing)
    await journal.setFailing('shop-to-pixel', null)
    assert.equal((await journal.readers())[0]!.failing, null)
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

  use('a replay of more than one step ends, whatever states it takes', async ({ journal, deliveries }) => {
    const size = 5001
    const waiting = Array.from({ length: size }, (_, i) => aRetry({ seq: 1 + (i >> 1), mapping: `m${i & 1}` }))
    await journal.record(anEntry({ deliveries: waiting }))

    assert.equal(await deliveries.replay({ states: ['retry', 'dead'] }, START + 5), Math.ceil(size / 2))

    assert.equal(await journal.nextDueAt('shop-to-pixel'), START + 5)
    assert.equal((await journal.due('shop-to-pixel', START + 5, size + 1)).length, size)
  })

  use('a sync is only taken away when it has settled everything', async ({ journal }) => {
    await journal.record(anEntry({ position: 2, deliveries: [aRetry({ seq: 1 }), aDelivery({ seq: 2 })] }))
    assert.equal(await journal.detach('shop-to-pixel'), false, 'a delivery waits')
    await journal.record(anEntry({ fresh: false, deliveries: [aDelivery({ seq: 1 })] }))
    await journal.attach('late', 'shop', taken(3))
    assert.equal(await journal.detach('shop-to-pixel'), false, "event 3 would be nobody's")
    await journal.record(anEntry({ position: 3, deliveries: [aDelivery({ seq: 3, state: 'filtered' })] }))

    assert.equal(await journal.detach('shop-to-pixel'), true)

    assert.deepEqual(
      (await journal.readers()).map(({ sync }) => sync),
      ['late'],
    )
    const verdicts = { filtered: 1, suppressed: 0, delivered: 2, dead: 0 }
    assert.deepEqual(await plain(journal.verdicts('source', 'shop')), verdicts)
  })

  use('nothing of a removed sync can be put in line again, until there is one of its name', async (books) => {
    const { journal, deliveries } = books
    await journal.record(anEntry({ position: 1, deliveries: [aDeadLetter()] }))
    await journal.detach('shop-to-pixel')

    assert.equal(await deliveries.replay({ states: ['dead'] }, START), 0)
    await journal.attach('shop-to-pixel', 'shop', taken(5))
    assert.equal(await deliveries.replay({ states: ['dead'] }, START), 1)
  })

  use('what a removed sync hears from its last calls still counts', async ({ journal, deliveries }) => {
    await journal.detach('shop-to-pixel')

    await journal.record(anEntry({ position: 2, deliveries: [aRetry({ seq: 1 }), aDelivery({ seq: 2 })] }))

    const verdicts = { filtered: 0, suppressed: 0, delivered: 1, dead: 1 }
    assert.deepEqual(await plain(journal.verdicts('sync', 'shop-to-pixel')), verdicts)
    assert.deepEqual(await plain(journal.verdicts('source', 'shop')), verdicts)
    assert.equal((await deliveries.of([1]))[0]!.state, 'dead')
  })

  use('two syncs that record the same events at the same time leave the books exact', async ({ journal }) => {
    await journal.attach('other', 'shop', taken(0))
    const pages = Array.from({ length: 30 }, (_, i) => [2 * i + 1, 2 * i + 2])

    await Promise.all(
      pages.flatMap((seqs) =>
        ['shop-to-pixel', 'other'].map((sync) =>
          journal.record(anEntry({ sync, deliveries: seqs.map((seq) => aDelivery({ seq })) })),
        ),
      ),
    )

    const delivered = { filtered: 0, suppressed: 0, delivered: 60, dead: 0 }
    assert.deepEqual(await plain(journal.verdicts('source', 'shop')), delivered)
    assert.deepEqual(await plain(journal.verdicts('sync', 'other')), delivered)
  })

  use('books that nobody wrote are empty', async ({ journal }) => {
    assert.deepEqual(await plain(journal.verdicts('sync', 'none')), {
      filtered: 0,
      suppressed: 0,
      delivered: 0,
      dead: 0,
    })
    assert.deepEqual(await plain(journal.base('none')), { accepted: 0, duplicate: 0 })
  })
}
