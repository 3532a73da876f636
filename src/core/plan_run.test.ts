import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysBetween, daysOf, isDay, localDay, rangesOf } from './days.ts'
import { estimateRun, lastDay, type PlanInput, type PlannableStream, type PlannedSlice, planRun } from './plan_run.ts'
import type { Advertiser, DayRange } from './stream.ts'
import type { Table } from './table.ts'
import type { LoadedSlice } from './warehouse.ts'

const DAY_MS = 86_400_000
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

function aTable(name: string, windowColumn: string | null): Table {
  return {
    name,
    about: 'Figures.',
    group: 'report',
    mode: windowColumn === null ? 'history' : 'window',
    columns: [],
    key: [],
    advertiserColumn: 'advertiser_id',
    windowColumn,
    references: [],
  }
}

/** Cuts days into pieces of `size`, newest first, as streams do. */
function aStream(name: string, size: number | null): PlannableStream {
  return {
    table: aTable(name, size === null ? null : 'stat_time_day'),
    callsPerSlice: 2,
    slices: (days) => (size === null ? [{ days: null }] : cut(days, size).map((piece) => ({ days: piece }))),
  }
}

function cut({ from, to }: DayRange, size: number): DayRange[] {
  const pieces: DayRange[] = []
  for (let end = to; end >= from; end = addDays(end, -size)) {
    const start = addDays(end, 1 - size)
    pieces.push({ from: start < from ? from : start, to: end })
  }
  return pieces
}

const DAILY = aStream('ad_report_daily', 30)
const UTC: Advertiser = { id: '1', name: 'One', currency: 'USD', timezone: 'UTC' }

function anInput(more: Partial<PlanInput> = {}): PlanInput {
  return {
    request: { kind: 'scheduled', streams: null, days: null },
    historyDays: 90,
    backfillDays: 30,
    streams: [DAILY],
    advertisers: [UTC],
    loaded: [],
    now: noon('2026-03-10'),
    ...more,
  }
}

/** What the warehouse remembers when all of a plan was read. */
const read = (plan: readonly PlannedSlice[], now: number): LoadedSlice[] =>
  plan.map(({ stream, advertiserId, days }) => ({
    table: stream,
    advertiserId,
    days,
    runId: 'r',
    loadedAt: now,
    rows: 1,
  }))

const daysRead = (plan: readonly PlannedSlice[]) => plan.flatMap(({ days }) => (days ? daysOf(days) : [])).toSorted()

test('two days of backfill and a run on 10 March make the next run read from 8 March', () => {
  const first = anInput({ backfillDays: 2 })
  const loaded = read(planRun(first), first.now)
  const from = (now: string) => daysRead(planRun({ ...first, loaded, now: noon(now) }))[0]

  assert.equal(from('2026-03-11'), '2026-03-08')
  assert.equal(from('2026-03-10'), '2026-03-08')
  assert.equal(from('2026-03-20'), '2026-03-08')
})

test('the first run reads the history, newest days first, and one day beyond the today of UTC', () => {
  const plan = planRun(anInput())

  assert.deepEqual(
    plan.map(({ days }) => days),
    [
      { from: '2026-02-10', to: '2026-03-11' },
      { from: '2026-02-08', to: '2026-02-09' },
      { from: '2026-01-09', to: '2026-02-07' },
      { from: '2025-12-11', to: '2026-01-08' },
    ],
  )
  assert.equal(daysBetween('2025-12-11', '2026-03-10') + 1, 90)
})

test('days are final when they are older than every window, and at least 30 days old', () => {
  const finalTo = (backfillDays: number) => {
    const final = planRun(anInput({ backfillDays })).filter(({ isFinal }) => isFinal)
    return daysRead(final).at(-1)
  }

  assert.equal(finalTo(30), addDays('2026-03-10', -31))
  assert.equal(finalTo(2), addDays('2026-03-10', -30))
  assert.equal(finalTo(60), addDays('2026-03-10', -61))
  assert.equal(finalTo(364), undefined)
})

test('what a run failed to read is read by the next one, however old it is', () => {
  const first = anInput({ backfillDays: 2 })
  const plan = planRun(first)
  const failed = plan.at(-1)!
  const loaded = read(
    plan.filter((slice) => slice !== failed),
    first.now,
  )

  const next = planRun({ ...first, loaded, now: noon('2026-03-11') })

  assert.deepEqual(daysRead(next), [...daysOf(failed.days!), ...daysOf({ from: '2026-03-08', to: '2026-03-12' })])
})

test('a run of given days reads these alone, and whole tables only when they are named', () => {
  const streams = [DAILY, aStream('campaign_history', null)]
  const days = { from: '2025-01-01', to: '2025-01-03' }
  const plan = (named: readonly string[] | null) =>
    planRun(anInput({ streams, request: { kind: 'backfill', streams: named, days } }))

  assert.deepEqual(plan(null), [{ stream: 'ad_report_daily', advertiserId: '1', days, isFinal: true }])
  assert.deepEqual(plan(['campaign_history']), [
    { stream: 'campaign_history', advertiserId: '1', days: null, isFinal: false },
  ])
  assert.equal(plan(['campaign_history', 'ad_report_daily']).length, 2)
})

test('reading anew reads all that stood there, and the history at least', () => {
  const old = { table: 'ad_report_daily', advertiserId: '1', runId: 'r', loadedAt: noon('2026-03-09'), rows: 1 }
  const loaded = [{ ...old, days: { from: '2025-06-01', to: '2025-06-30' } }]
  const request = { kind: 'resync', streams: null, days: null } as const

  const all = daysRead(planRun(anInput({ loaded, request })))

  assert.deepEqual(all, daysOf({ from: '2025-06-01', to: '2026-03-11' }))
})

test('a stream that was switched on later gets its history, too', () => {
  const first = anInput()
  const loaded = read(planRun(first), first.now)
  const late = aStream('ad_report_hourly', 1)

  const plan = planRun({ ...first, streams: [DAILY, late], loaded, now: noon('2026-06-01') })

  const hourly = plan.filter(({ stream }) => stream === 'ad_report_hourly')
  assert.equal(hourly.length, 91)
})

test('whole tables come first, then the newest days of all streams and advertisers', () => {
  const streams = [DAILY, aStream('ad_history', null), aStream('ad_report_hourly', 1)]
  const advertisers = [UTC, { ...UTC, id: '2' }]
  const plan = planRun(anInput({ streams, advertisers, historyDays: 2 }))

  assert.deepEqual(
    plan.map(({ stream, advertiserId, days }) => `${stream} ${advertiserId} ${days?.to ?? ''}`),
    [
      'ad_history 1 ',
      'ad_history 2 ',
      'ad_report_daily 1 2026-03-11',
      'ad_report_daily 2 2026-03-11',
      'ad_report_hourly 1 2026-03-11',
      'ad_report_hourly 2 2026-03-11',
      'ad_report_hourly 1 2026-03-10',
      'ad_report_hourly 2 2026-03-10',
      'ad_report_hourly 1 2026-03-09',
      'ad_report_hourly 2 2026-03-09',
    ],
  )
})

const ZONES = [
  'UTC',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Etc/GMT+8',
  'Nowhere/Unknown',
]
const aMoment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) })

test('every wanted day is read exactly once, in every zone, at every hour, over changes of the clock', () => {
  fc.assert(
    fc.property(
      aMoment,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom(1, 7, 30),
      (now, timezone, historyDays, backfillDays, size) => {
        const advertisers = [{ ...UTC, timezone }]
        const plan = planRun(anInput({ now, advertisers, historyDays, backfillDays, streams: [aStream('x', size)] }))
        const today = localDay(now, timezone)
        const expected = daysOf({ from: addDays(today, 1 - historyDays), to: lastDay(now) })
        assert.deepEqual(daysRead(plan), expected)
        assert.ok(expected.includes(today))
        for (const { days, isFinal } of plan) {
          for (const day of daysOf(days!)) {
            const age = daysBetween(day, today)
            assert.equal(isFinal, age > backfillDays && age >= 30)
          }
        }
      },
    ),
  )
})

test('after any runs, whole or broken, every day is read until it was read at an age beyond the backfill', () => {
  const steps = fc.array(fc.record({ hours: fc.integer({ min: 1, max: 24 * 9 }), isBroken: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      aMoment,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 35 }),
      steps,
      (start, timezone, backfillDays, all) => {
        const advertisers = [{ ...UTC, timezone }]
        let loaded: readonly LoadedSlice[] = []
        let now = start
        for (const { hours, isBroken } of [...all, { hours: 1, isBroken: false }]) {
          now += hours * 3_600_000
          const plan = planRun(anInput({ now, advertisers, backfillDays, loaded, historyDays: 40 }))
          loaded = [...loaded, ...read(isBroken ? plan.slice(0, 1) : plan, now)]
        }
        const today = localDay(now, timezone)
        for (const day of daysOf({ from: addDays(localDay(start, timezone), -20), to: today })) {
          const readings = loaded.filter(({ days }) => days!.from <= day && day <= days!.to)
          assert.ok(readings.length > 0, `${day} was never read`)
          const ageAtLast = daysBetween(day, localDay(Math.max(...readings.map(({ loadedAt }) => loadedAt)), timezone))
          assert.ok(ageAtLast >= Math.min(backfillDays, daysBetween(day, today)), `${day} at age ${ageAtLast}`)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('an estimate counts slices and calls by stream, and the minutes they take at the budget', () => {
  const streams = [DAILY, aStream('ad_history', null)]

  assert.deepEqual(estimateRun(anInput({ streams, historyDays: 31 }), 0.1), {
    slices: 3,
    calls: 6,
    minutes: 1,
    streams: [
      { stream: 'ad_history', slices: 1, calls: 2, days: null },
      { stream: 'ad_report_daily', slices: 2, calls: 4, days: { from: '2026-02-08', to: '2026-03-11' } },
    ],
  })
})

test('a day is the one on the wall of the zone', () => {
  const at = Date.UTC(2026, 2, 10, 4, 30)
  assert.equal(localDay(at, 'America/New_York'), '2026-03-10')
  assert.equal(localDay(at - 3_600_000, 'America/New_York'), '2026-03-09')
  assert.equal(localDay(Date.UTC(2026, 2, 10, 10, 30), 'Pacific/Kiritimati'), '2026-03-11')
  // The night the clock goes forward has no 2:30, the day stays one day.
  assert.equal(localDay(Date.UTC(2026, 2, 8, 7, 30), 'America/New_York'), '2026-03-08')
  assert.equal(localDay(Date.UTC(2026, 2, 9, 3, 59), 'America/New_York'), '2026-03-08')
  assert.equal(localDay(at, 'Nowhere/Unknown'), '2026-03-10')
})

test('days in a row become ranges, and ranges days again', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), (offsets) => {
      const days = offsets.toSorted((a, b) => a - b).map((n) => addDays('2026-02-01', n))
      const ranges = rangesOf(days)
      assert.deepEqual(ranges.flatMap(daysOf), days)
      for (const [i, { from }] of ranges.entries()) assert.ok(i === 0 || daysBetween(ranges[i - 1]!.to, from) > 1)
    }),
  )
  assert.deepEqual(daysOf({ from: '2026-02-02', to: '2026-02-01' }), [])
  assert.equal(daysBetween('2026-02-28', '2026-03-01') * DAY_MS, DAY_MS)
})

test('only days of the calendar are days', () => {
  assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-1', 'today', '2026-13-01'].map(isDay), [
    true,
    false,
    false,
    false,
    false,
  ])
})
