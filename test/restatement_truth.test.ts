import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysBetween, localDay } from '../src/core/days.ts'
import { aLocalRoad, type LocalRoad } from './local_road.ts'
import { ADVERTISERS, SMALL_WORLD } from './small_world.ts'
import {
  addTo,
  type Book,
  dayOf,
  daysDue,
  daysRead,
  difference,
  type Figure,
  LEVELS,
  micros,
  noteReading,
  type Readings,
  type Sums,
  standing,
  truthOf,
} from './truth_book.ts'

/** What stands in the warehouse against what the local TikTok knows to be true, while weeks go by. */

const DAY_MS = 86_400_000
const HISTORY = 40
const BACKFILL = 30
const BEGIN = Date.parse('2026-10-27T12:00:00Z')

const DAILY_STREAMS = LEVELS.map(({ table }) => table.name)

test('over weeks every level holds what TikTok held when a day was read last, and the log tells every change', async (t) => {
  const road = await aLocalRoad(t, {
    at: BEGIN,
    streams: DAILY_STREAMS,
    world: SMALL_WORLD,
    sync: { history_days: HISTORY, backfill_days: BACKFILL },
  })
  const readings: Readings = new Map()
  const expected = new Map<string, Map<string, readonly Figure[]>>()
  let before: Book = new Map()
  let restated = 0

  // Days after the first run: hours, days and weeks apart, the last ones past every window of the first days.
  for (const days of [0, 0.3, 1.3, 12, 33, 60]) {
    road.time.now = BEGIN + days * DAY_MS
    const words = `after ${days} days`
    const { run, slices } = await road.run()
    assert.equal(run.state, 'succeeded', `${words}: ${run.reason?.message}`)
    for (const level of LEVELS) {
      for (const advertiser of ADVERTISERS) {
        const { name } = level.table
        const due = daysDue(readings, name, advertiser, {
          startedAt: BEGIN,
          now: road.time.now,
          history: HISTORY,
          backfill: BACKFILL,
        })
        const read = daysRead(slices, name, advertiser.id).filter((day) => day <= due.at(-1)!)
        assert.deepEqual(read, due, `${words} ${name} of ${advertiser.name}`)
        noteReading(readings, name, advertiser.id, due, road.time.now)
        await expectTruth(road, expected, level, advertiser.id, due)
      }
    }

    const { book, finals } = await standing(road)
    assertTrue(book, expected, words)
    assert.deepEqual(finals, finalsOf(book, readings), words)
    const { logged, rows } = await restatementsOf(road, run.id)
    assert.deepEqual(logged, difference(before, book, 'standing'), words)
    restated += rows
    before = book
  }
  assert.ok(restated > 500, `${restated}`)
  await assertFinalsStay(road, before)
})

/** What TikTok holds of these days takes the place of what it held of them before. */
async function expectTruth(
  road: LocalRoad,
  expected: Map<string, Map<string, readonly Figure[]>>,
  level: (typeof LEVELS)[number],
  advertiser: string,
  days: readonly string[],
): Promise<void> {
  const figures = expected.get(level.table.name) ?? new Map<string, readonly Figure[]>()
  const again = new Set(days)
  for (const key of figures.keys()) if (key.startsWith(advertiser) && again.has(dayOf(key))) figures.delete(key)
  for (const [key, row] of await truthOf(road, level, advertiser, days)) figures.set(key, row)
  expected.set(level.table.name, figures)
}

/**
 * Every true row stands, to the last digit. What stands beside them are rows of days on which nothing was delivered and only
 * people from before acted, which is told in real time alone: the truth does not tell such days by object.
 */
function assertTrue(book: Book, expected: Book, words: string): void {
  for (const { table, sums } of LEVELS) {
    const [actual, truth] = [book.get(table.name)!, expected.get(table.name)!]
    assert.ok(truth.size > 0)
    for (const [key, figures] of truth) {
      assert.match(key, /^\d{19} \d{19} \d{4}-\d\d-\d\d$/)
      const wrong = sums.flatMap(({ name }, i) => (actual.get(key)?.[i] === figures[i] ? [] : [name]))
      assert.deepEqual(wrong, [], `${words} ${table.name} ${key}`)
    }
    for (const [key, figures] of actual) {
      if (truth.has(key)) continue
      const told = sums.flatMap(({ name }, i) => (figures[i] === 0n || figures[i] === null ? [] : [name]))
      assert.deepEqual(
        told.filter((name) => !name.startsWith('real_time_')),
        [],
        `${words} ${table.name} ${key}`,
      )
    }
  }
}

/** Rows of days that were older than the window when they were read last. */
function finalsOf(book: Book, readings: Readings): ReadonlySet<string> {
  const finals = new Set<string>()
  for (const [table, rows] of book) {
    for (const key of rows.keys()) {
      const { id, timezone } = ADVERTISERS.find((one) => key.startsWith(one.id))!
      const day = dayOf(key)
      const at = readings.get(`${table} ${id}`)!.get(day)!
      if (daysBetween(day, localDay(at, timezone)) > BACKFILL) finals.add(`${table} ${key}`)
    }
  }
  return finals
}

/** What one run logged, in the warehouse and in the store alike: sums after less sums before, and rows that changed. */
async function restatementsOf(road: LocalRoad, runId: string): Promise<{ logged: Sums; rows: number }> {
  const inWarehouse = await road.rows(`select * from tiktok_ads._restatements where run_id = '${runId}'`)
  const inStore = await road.store.restatements.list({ run: runId, limit: 1_000_000 })
  assert.deepEqual(
    inStore
      .map((one) => [one.table, one.advertiserId, one.day, one.column, one.before, one.after, one.rows].join())
      .toSorted(),
    inWarehouse
      .map((one) =>
        [
          one['table_name'],
          one['advertiser_id'],
          one['day'],
          one['column_name'],
          one['sum_before'],
          one['sum_after'],
          one['rows_changed'],
        ].join(),
      )
      .toSorted(),
  )
  const logged: Sums = new Map()
  for (const { table, advertiserId, day, column, before, after } of inStore) {
    addTo(logged, `${table} ${advertiserId} ${day} ${column}`, micros(after)! - micros(before)!)
  }
  return { logged, rows: inStore.reduce((sum, { rows }) => sum + rows, 0) }
}

/** A year later TikTok still says of final rows what they hold. */
async function assertFinalsStay(road: LocalRoad, book: Book): Promise<void> {
  const { finals } = await standing(road)
  road.time.now += 365 * DAY_MS
  for (const level of LEVELS) {
    for (const { id } of ADVERTISERS) {
      const days = [...book.get(level.table.name)!.keys()]
        .filter((key) => key.startsWith(id) && finals.has(`${level.table.name} ${key}`))
        .map(dayOf)
        .toSorted()
      assert.ok(days.length > 0)
      for (const [key, figures] of await truthOf(road, level, id, [...new Set(days)])) {
        assert.deepEqual(book.get(level.table.name)!.get(key), figures, key)
      }
    }
  }
}
