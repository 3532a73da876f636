import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { anEvent, START, testClock, testQueue } from '../../test/queue_suite.ts'
import { tempFolder } from '../../test/temp_folder.ts'
import { messageKey } from './message_window.ts'
import { DEDUPE_MS, type Queue, QueueUnavailableError } from './queue.ts'
import { openSqliteQueue, type SqliteQueueOptions } from './sqlite_queue.ts'

const TINY = { runKeys: 4, filterKeys: 16, chunkKeys: 2 }

const folder = tempFolder({ after })
let files = 0
const newFile = (): string => join(folder, `queue${++files}.db`)

testQueue('a SQLite queue', async (now) => openSqliteQueue(newFile(), { now }))
testQueue('a SQLite queue with tiny runs', async (now) => openSqliteQueue(newFile(), { now, window: TINY }))

test('events, counts and message ids outlast a restart', async () => {
  const file = newFile()
  const { now } = testClock()
  await using(file, { now }, (queue) => queue.add([anEvent(), anEvent(), anEvent({ messageId: 'm2' })]))

  await using(file, { now }, async (queue) => {
    assert.deepEqual(await queue.add([anEvent({ messageId: 'm2' }), anEvent({ messageId: 'm3' })]), [
      'duplicate',
      'added',
    ])
    assert.deepEqual({ ...(await queue.intake('shop')) }, { accepted: 5, duplicate: 2, rejected: 0, lastSeq: 3 })
    assert.equal(await queue.head(), 3)
  })
})

test('repetitions are told exactly over restarts, sorted runs and days, even when hashes collide', async () => {
  const step = fc.record({
    ids: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }),
    passMs: fc.constantFrom(0, 0, 0, 1, DEDUPE_MS / 4, DEDUPE_MS),
    restart: fc.boolean(),
  })
  // Sixty ids on seven hashes: nearly every look-up finds somebody else first.
  const crowded = (source: string, id: string) => Number(messageKey(source, id)) % 7
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20, size: 'max' }), fc.boolean(), async (steps, collide) => {
      const clock = testClock()
      const options = { now: clock.now, window: { ...TINY, ...(collide && { keyOf: crowded }) } }
      const file = newFile()
      const lastKept = new Map<string, number>()
      let queue = openSqliteQueue(file, options)
      for (const { ids, passMs, restart } of steps) {
        clock.at += passMs
        if (restart) {
          await queue.close()
          queue = openSqliteQueue(file, options)
        }
        const expected = ids.map((id) => expectAdd(lastKept, `m${id}`, clock.at))
        const events = ids.map((id) => anEvent({ messageId: `m${id}`, receivedAt: clock.at }))
        assert.deepEqual(await queue.add(events), expected)
      }
      await queue.close()
    }),
    { numRuns: 60 },
  )
})

function expectAdd(lastKept: Map<string, number>, id: string, at: number): 'added' | 'duplicate' {
  if (at - (lastKept.get(id) ?? Number.NEGATIVE_INFINITY) < DEDUPE_MS) return 'duplicate'
  lastKept.set(id, at)
  return 'added'
}

test('two processes may take events into one file', async () => {
  const file = newFile()
  const options = { now: testClock().now, window: TINY }
  const one = openSqliteQueue(file, options)
  const other = openSqliteQueue(file, options)

  for (let i = 0; i < 20; i++) {
    const events = [anEvent({ messageId: `a${i}` }), anEvent({ messageId: `b${i}` })]
    assert.deepEqual(await one.add(events.slice(0, 1)), ['added'])
    assert.deepEqual(await other.add(events), ['duplicate', 'added'])
    assert.deepEqual(await one.add(events), ['duplicate', 'duplicate'])
  }

  assert.equal((await one.read('shop', 0, 100)).length, 40)
  assert.equal((await other.find('shop', 'a7')).length, 1)
  await one.close()
  await other.close()
})

test('a process that only reads finds what another has written since', async () => {
  const file = newFile()
  const options = { now: testClock().now, window: TINY }
  const writer = openSqliteQueue(file, options)
  const reader = openSqliteQueue(file, options)

  for (let i = 0; i < 11; i++) {
    await writer.add([anEvent({ messageId: `m${i}` })])
    assert.equal((await reader.find('shop', `m${i}`)).length, 1)
  }

  assert.equal((await reader.find('shop', 'm0')).length, 1)
  await writer.close()
  await reader.close()
})

test('message ids are sorted into runs, which are dropped when the last of them is seven days old', async () => {
  const file = newFile()
  const clock = testClock()
  const db = new DatabaseSync(file)
  const count = () =>
    ['fresh_keys', 'key_runs', 'key_chunks'].map(
      (table) => db.prepare(`select count(*) as n from ${table}`).get()!['n'],
    )
  await using(file, { now: clock.now, window: TINY }, async (queue) => {
    const add = (id: string) => queue.add([anEvent({ messageId: id, receivedAt: clock.at })])
    for (let i = 0; i < 9; i++) await add(`m${i}`)
    assert.deepEqual(count(), [4, 1, 3])

    clock.at = START + DEDUPE_MS + 3_600_000
    await add('later')
    assert.deepEqual(count(), [5, 1, 3], 'an hour is kept for events that were long under way')
    clock.at += 3_600_001
    await add('latest')
    assert.deepEqual(count(), [1, 1, 3], 'the first run is gone, what was left is sorted')
  })
  db.close()
})

test('a process that only reads finds what was written after all runs were dropped', async () => {
  const file = newFile()
  const clock = testClock()
  const writer = openSqliteQueue(file, { now: clock.now, window: TINY })
  const reader = openSqliteQueue(file, { now: clock.now, window: TINY })
  const addTen = async (prefix: string) => {
    for (let i = 0; i < 10; i++) await writer.add([anEvent({ messageId: `${prefix}${i}`, receivedAt: clock.at })])
  }
  await addTen('early')
  assert.equal((await reader.find('shop', 'early1')).length, 1)

  clock.at += 2 * DEDUPE_MS
  await addTen('late')

  assert.equal((await reader.find('shop', 'late1')).length, 1)
  await writer.close()
  await reader.close()
})

test('a process that only reads never loads the window of message ids', async () => {
  const file = newFile()
  const { now } = testClock()
  await using(file, { now }, (queue) => queue.add([anEvent()]))
  const db = new DatabaseSync(file)
  db.exec('drop table key_runs; drop table key_chunks; drop table fresh_keys')

  await using(file, { now }, async (queue) => {
    assert.equal((await queue.read('shop', 0, 10)).length, 1)
    assert.equal((await queue.intake('shop')).lastSeq, 1)
    await queue.prune({ first: 1, last: 1, before: START, kept: [] })
  })

  assert.deepEqual(db.prepare("select name from sqlite_master where name like '%key%'").all(), [])
  db.close()
})

test('everything handed in during one turn of the event loop is one commit', async () => {
  const file = newFile()
  const { now } = testClock()
  await using(file, { now }, async (queue) => {
    await Promise.all(Array.from({ length: 500 }, (_, i) => queue.add([anEvent({ messageId: `m${i}` })])))

    const db = new DatabaseSync(file)
    assert.deepEqual({ ...db.prepare('select count(*) as commits from fresh_keys').get() }, { commits: 1 })
    db.close()
  })
})

test('closing writes what still waits', async () => {
  const file = newFile()
  const { now } = testClock()
  const queue = openSqliteQueue(file, { now })
  const added = queue.add([anEvent()])

  await queue.close()

  assert.deepEqual(await added, ['added'])
  await using(file, { now }, async (reopened) => assert.equal(await reopened.head(), 1))
})

test('a closed queue refuses instead of leaving the sender waiting', async () => {
  const queue = openSqliteQueue(newFile(), testClock())
  await queue.add([anEvent()])
  await queue.close()

  await assert.rejects(queue.add([anEvent()]), QueueUnavailableError)
})

test('a queue at its size limit refuses, and takes events again once old ones are dropped', async () => {
  const clock = testClock()
  const limited = { now: clock.now, bytesMax: 400_000 }
  await using(newFile(), limited, async (queue) => {
    const payload = JSON.stringify({ filler: 'x'.repeat(10_000) })
    const taken = await addUntilRefused(queue, payload)
    assert.ok(taken > 10, `took ${taken}`)
    assert.equal((await queue.intake('shop')).accepted, taken)

    clock.at = START + DEDUPE_MS + 1
    await queue.prune({ first: 1, last: taken, before: clock.at, kept: [1] })

    assert.deepEqual(await queue.add([anEvent({ messageId: 'later', receivedAt: clock.at })]), ['added'])
    assert.deepEqual(
      (await queue.list({ limit: 9 })).map(({ seq }) => seq),
      [taken + 1, 1],
    )
  })
})

async function addUntilRefused(queue: Queue, payload: string): Promise<number> {
  for (let taken = 0; ; taken++) {
    try {
      await queue.add([anEvent({ messageId: `m${taken}`, payload })])
    } catch (error) {
      assert.ok(error instanceof QueueUnavailableError)
      assert.match(error.message, /^Cannot store events: the queue is at its limit of 400000 bytes$/)
      return taken
    }
  }
}

test('a flood of refused events does not grow without end', async () => {
  const clock = testClock()
  await using(newFile(), clock, async (queue) => {
    const reject = { source: 'shop', at: START, reason: { code: 'event.too_large', message: 'Too large' }, body: '' }
    await queue.add(
      [],
      Array.from({ length: 10_050 }, () => reject),
    )

    clock.at = START + 3_600_000
    await queue.add([anEvent()])

    assert.equal((await queue.rejects({ limit: 20_000 })).length, 10_000)
    assert.equal((await queue.intake('shop')).rejected, 10_050)
  })
})

test('a file of a newer version is refused and left alone', () => {
  const file = newFile()
  const db = new DatabaseSync(file)
  db.exec('pragma user_version = 99')

  assert.throws(() => openSqliteQueue(file, testClock()), /written by a newer Backbeat \(format 99, this one knows 1\)/)

  assert.deepEqual(db.prepare('select name from sqlite_master').all(), [])
  db.close()
})

async function using(
  file: string,
  options: SqliteQueueOptions,
  run: (queue: Queue) => Promise<unknown>,
): Promise<void> {
  const queue = openSqliteQueue(file, options)
  try {
    await run(queue)
  } finally {
    await queue.close()
  }
}
