import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Deliveries, openDeliveries } from '../src/store/deliveries.ts'
import { type Journal, openJournal } from '../src/store/journal.ts'
import type { State } from '../src/store/state.ts'
import { aDeadLetter, aDelivery, anEntry, aReceipt, aRetry, taken } from './entries.ts'
import { plain } from './plain.ts'
import { START } from './queue_suite.ts'

interface Books {
  readonly journal: Journal
  readonly deliveries: Deliveries
}

/** What the journal promises, whatever database they are in. `state` gives the suite's database. */
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
