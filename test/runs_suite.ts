import assert from 'node:assert/strict'
import type { PlannedSlice } from '../src/core/plan_run.ts'
import type { RunRequest } from '../src/core/run.ts'
import type { Table } from '../src/core/table.ts'
import type { SchemaChange } from '../src/core/warehouse.ts'
import { openPauses } from '../src/store/pauses.ts'
import { openRestatements } from '../src/store/restatements.ts'
import { LEASE_MS, LeaseLostError } from '../src/store/run_leases.ts'
import { openRunWork, type RunWork, type SliceFigures } from '../src/store/run_work.ts'
import { openRuns, type Runs } from '../src/store/runs.ts'
import { openSchemaChanges, SCHEMA_PAUSE } from '../src/store/schema_changes.ts'
import type { State } from '../src/store/state.ts'

const START = Date.UTC(2026, 2, 10, 12)

/** A request as the scheduler makes it. */
export function aRequest(more: Partial<RunRequest> = {}): RunRequest {
  return { sync: 'tiktok', kind: 'scheduled', streams: null, days: null, acceptsEmpty: false, who: 'schedule', ...more }
}

const SLICES: readonly PlannedSlice[] = [
  { stream: 'campaign_history', advertiserId: '7000000000000000001', days: null, isFinal: false },
  {
    stream: 'ad_report_daily',
    advertiserId: '7000000000000000001',
    days: { from: '2026-02-09', to: '2026-03-10' },
    isFinal: true,
  },
]

const FIGURES: SliceFigures = {
  read: 10,
  added: 4,
  changed: 3,
  same: 2,
  removed: 1,
  calls: 2,
  waitedMs: 30,
  retries: 1,
  truncated: false,
  metricsDropped: ['skan_sales'],
  requestIds: ['r1', 'r2'],
}

type Use = (title: string, run: (state: State) => Promise<void>) => void

/** What every database of ours promises of runs, their leases, schema changes and restatements. */
export function testRuns(use: Use): void {
  const useRuns = (title: string, run: (runs: Runs, work: RunWork, state: State) => Promise<void>) =>
    use(title, (state) => run(openRuns(state), openRunWork(state), state))
  testAsking(useRuns)
  testLeases(useRuns)
  testProgress(useRuns)
  testSchemaChanges(use)
}

type UseRuns = (title: string, run: (runs: Runs, work: RunWork, state: State) => Promise<void>) => void

function testAsking(use: UseRuns): void {
  use('runs are listed newest first, by sync and page', async (runs) => {
    const ids: string[] = []
    for (const [i, sync] of ['a', 'b', 'a', 'a'].entries()) {
      const days = { from: `2026-01-0${i + 1}`, to: '2026-02-01' }
      ids.push((await runs.requestRun(aRequest({ sync, days, kind: 'backfill', streams: ['x', 'w'] }), START + i)).id)
    }
    const listed = async (filter: Parameters<Runs['list']>[0]) => (await runs.list(filter)).map(({ id }) => id)

    assert.deepEqual(await listed({ limit: 9 }), ids.toReversed())
    assert.deepEqual(await listed({ limit: 2, sync: 'a' }), [ids[3], ids[2]])
    assert.deepEqual(await listed({ limit: 2, sync: 'a', before: ids[2]! }), [ids[0]])
    const { days, streams, state, kind } = (await runs.get(ids[1]!))!
    assert.deepEqual(
      { days, streams, state, kind },
      { days: { from: '2026-01-02', to: '2026-02-01' }, streams: ['w', 'x'], state: 'queued', kind: 'backfill' },
    )
    assert.equal(await runs.get('none'), null)
  })

  use('asking twice for the same while it waits is asking once', async (runs, work) => {
    const first = await runs.requestRun(aRequest({ streams: ['b', 'a'] }), START)

    assert.equal((await runs.requestRun(aRequest({ streams: ['a', 'b'] }), START + 1)).id, first.id)
    assert.notEqual((await runs.requestRun(aRequest({ streams: ['a'] }), START + 1)).id, first.id)
    assert.notEqual((await runs.requestRun(aRequest({ kind: 'resync' }), START + 1)).id, first.id)
    await work.claim('w', START + 2)
    assert.notEqual((await runs.requestRun(aRequest({ streams: ['a', 'b'] }), START + 3)).id, first.id)
  })

  use('a run that waits is cancelled at once, one that runs when its worker looks', async (runs, work) => {
    const waiting = await runs.requestRun(aRequest({ sync: 'other' }), START)
    assert.equal((await runs.cancel(waiting.id, START + 1))?.state, 'cancelled')
    assert.equal(await work.claim('w', START + 2), null)

    await runs.requestRun(aRequest(), START)
    const { run, lease } = (await work.claim('w', START))!
    assert.equal(await work.isCancelled(lease, run.id), false)
    assert.equal((await runs.cancel(run.id, START + 1))?.state, 'running')
    assert.equal(await work.isCancelled(lease, run.id), true)
    assert.equal(await runs.cancel('none', START), null)
  })

  use('old runs are forgotten, the newest of a sync is not', async (runs, work) => {
    const old = await aDoneRun(runs, work, START)
    const newest = await aDoneRun(runs, work, START + 1)
    const other = await runs.requestRun(aRequest({ sync: 'other' }), START)

    await runs.prune(START + 1000)

    assert.equal(await runs.get(old), null)
    assert.deepEqual(await runs.slices(old), [])
    assert.equal((await runs.slices(newest)).length, 2)
    assert.ok(await runs.get(other.id))
  })
}

function testLeases(use: UseRuns): void {
  use('one worker at a time runs a sync, and others run other syncs', async (runs, work) => {
    await runs.requestRun(aRequest(), START)
    await runs.requestRun(aRequest({ kind: 'manual' }), START + 1)
    await runs.requestRun(aRequest({ sync: 'other' }), START + 2)

    const claims = await Promise.all([1, 2, 3].map((worker) => work.claim(`w${worker}`, START + 3)))

    const taken = claims.flatMap((claim) => (claim ? [claim.run.sync] : []))
    assert.deepEqual(taken.toSorted(), ['other', 'tiktok'])
  })

  use('a worker that fell silent loses its sync, and can write nothing any more', async (runs, work) => {
    const { id } = await runs.requestRun(aRequest(), START)
    const first = (await work.claim('first', START))!
    await work.plan(first.lease, id, SLICES)
    await work.renew(first.lease, START + 10_000)
    assert.equal(await work.claim('second', START + LEASE_MS + 9_999), null)

    const second = (await work.claim('second', START + LEASE_MS + 10_000))!

    assert.deepEqual(
      { ...second, run: second.run.id },
      { run: id, isPlanned: true, lease: { sync: 'tiktok', fence: first.lease.fence + 1 } },
    )
    const counts = (await runs.get(id))!.counts
    const end = { state: 'succeeded', reason: null, waitsFor: null, standing: null } as const
    for (const write of [
      () => work.renew(first.lease, START),
      () => work.isCancelled(first.lease, id),
      () => work.plan(first.lease, id, []),
      () => work.begin(first.lease, id, 0, START),
      () => work.progress(first.lease, id, { ends: [], counts: { ...counts, read: 1 }, restated: [] }, START),
      () => work.end(first.lease, id, end, START),
    ]) {
      await assert.rejects(write, LeaseLostError)
    }
    assert.deepEqual(await runs.get(id), { ...second.run, counts })
    await work.renew(second.lease, START + LEASE_MS)
  })

  use('an ended run gives its sync free at once', async (runs, work) => {
    await aDoneRun(runs, work, START)
    await runs.requestRun(aRequest(), START + 1)

    assert.ok(await work.claim('w', START + 1))
  })

  use('a worker shows that it is there', async (_runs, work) => {
    assert.equal(await work.isAlive(START), false)
    await work.showAlive(START)
    assert.equal(await work.isAlive(START + LEASE_MS - 1), true)
    assert.equal(await work.isAlive(START + LEASE_MS), false)
  })
}

function testProgress(use: UseRuns): void {
  use('a run tells how far it has come, and what each slice did', async (runs, work, state) => {
    const { id } = await runs.requestRun(aRequest(), START)
    const { lease } = (await work.claim('w', START + 1))!
    await work.plan(lease, id, SLICES)
    assert.deepEqual(
      (await work.planned(id)).map(({ position, state: at, ...slice }) => slice),
      SLICES,
    )
    await work.begin(lease, id, 0, START + 2)
    const reason = { code: 'tiktok.throttled', message: 'Too many\0calls' }
    const counts = { ...(await runs.get(id))!.counts, slicesDone: 1, read: 10 }
    const restated = { day: '2026-03-01', column: 'spend', before: '10.5', after: '11', rows: 2 }
    const about = { table: 'campaign_history', advertiserId: '7000000000000000001' }
    await work.progress(
      lease,
      id,
      {
        ends: [{ position: 0, state: 'failed', reason, figures: FIGURES }],
        counts,
        restated: [{ ...restated, ...about }],
      },
      START + 3,
    )

    const [first, second] = await runs.slices(id)
    const { stream, advertiserId, days } = SLICES[0]!
    const times = { startedAt: START + 2, endedAt: START + 3 }
    assert.deepEqual(first, { run: id, stream, advertiserId, days, state: 'failed', ...times, reason, ...FIGURES })
    assert.equal(second!.state, 'waiting')
    assert.deepEqual((await runs.get(id))!.counts, counts)
    assert.equal(counts.slices, 2)
    const log = openRestatements(state)
    assert.deepEqual(await log.list({ limit: 5 }), [{ sync: 'tiktok', run: id, at: START + 3, ...restated, ...about }])
    assert.deepEqual(await log.list({ limit: 5, column: 'clicks' }), [])
    assert.equal((await log.list({ limit: 5, from: '2026-03-01', to: '2026-03-01', table: about.table })).length, 1)
  })

  use('how a sync stands is kept from run to run', async (runs, work) => {
    assert.equal(await runs.standing('tiktok'), null)
    const standing = { advertisers: [], streams: {} }
    const { id } = await runs.requestRun(aRequest(), START)
    const { lease } = (await work.claim('w', START + 1))!
    assert.equal((await runs.latest('tiktok')).underWay?.id, id)
    await work.end(lease, id, { state: 'partial', reason: null, waitsFor: null, standing }, START + 2)

    assert.deepEqual(await runs.standing('tiktok'), standing)
    const { underWay, ended } = await runs.latest('tiktok')
    assert.deepEqual([underWay, ended?.id, ended?.state, ended?.endedAt], [null, id, 'partial', START + 2])
    assert.equal(await runs.firstRunAt('tiktok'), START + 1)
    assert.equal(await runs.firstRunAt('other'), null)
  })

  use(
    'a run that waits for a person goes on once nothing is paused, unless a newer one came',
    async (runs, work, state) => {
      const pauses = openPauses(state)
      const waitsFor = 'account/main'
      const end = { state: 'failed', reason: { code: 'c', message: 'm' }, waitsFor, standing: null } as const
      const { id } = await runs.requestRun(aRequest(), START)
      const { lease } = (await work.claim('w', START + 1))!
      await pauses.pause({ subject: waitsFor, since: START, code: 'tiktok.token_invalid', message: 'Reconnect' })
      await work.end(lease, id, end, START + 2)
      assert.equal(await work.claim('w', START + 3), null)

      await pauses.resume(waitsFor)
      const again = (await work.claim('w', START + 4))!
      assert.deepEqual([again.run.id, again.run.startedAt, again.run.endedAt], [id, START + 1, null])

      await work.end(again.lease, id, end, START + 5)
      const newer = await runs.requestRun(aRequest(), START + 6)
      const last = (await work.claim('w', START + 7))!
      assert.equal(last.run.id, newer.id)
      await work.end(last.lease, newer.id, { ...end, state: 'succeeded', reason: null, waitsFor: null }, START + 8)
      assert.equal(await work.claim('w', START + 9), null)
      assert.equal((await runs.get(id))!.state, 'failed')
    },
  )
}

async function aDoneRun(runs: Runs, work: RunWork, now: number): Promise<string> {
  const { id } = await runs.requestRun(aRequest(), now)
  const { lease } = (await work.claim('w', now))!
  await work.plan(lease, id, SLICES)
  await work.end(lease, id, { state: 'succeeded', reason: null, waitsFor: null, standing: null }, now)
  return id
}

const TABLE: Table = {
  name: 'ad_report_daily',
  about: 'A row for each ad and day.',
  group: 'report',
  mode: 'window',
  columns: [],
  key: ['ad_id', 'stat_time_day'],
  advertiserColumn: 'advertiser_id',
  windowColumn: 'stat_time_day',
  references: [],
}

function testSchemaChanges(use: Use): void {
  const keyChange: SchemaChange = { kind: 'change_key', table: TABLE, from: ['ad_id'] }
  const newTable: SchemaChange = { kind: 'create_table', table: TABLE }
  const about = { sync: 'tiktok', table: TABLE.name, policy: 'add_columns', samples: [], ddl: ['create'] } as const

  use('a change that two runs meet is kept once, with its time and its decision', async (state) => {
    const changes = openSchemaChanges(state)
    const met = { ...about, change: newTable, byPolicy: 'ask', detectedAt: START } as const
    await changes.record([met])
    const [open] = await changes.list({ sync: 'tiktok', isOpen: true })
    assert.deepEqual(open, { id: open!.id, ...met, decision: null, decidedBy: null, decidedAt: null })

    await changes.decide(open!.id, 'accept', { who: 'console', now: START + 1 })
    await changes.record([{ ...met, detectedAt: START + 2 }])

    assert.deepEqual(await changes.list({ isOpen: true }), [])
    const decided = { ...open, decision: 'accept', decidedBy: 'console', decidedAt: START + 1 }
    assert.deepEqual(await changes.list({}), [decided])
    assert.equal(await changes.decide('none', 'ignore', { who: 'console', now: START }), null)
  })

  use('the last decision that was waited for lets the sync run again', async (state) => {
    const changes = openSchemaChanges(state)
    const pauses = openPauses(state)
    const met = { byPolicy: 'pause', detectedAt: START, ...about } as const
    await changes.record([
      { ...met, change: keyChange },
      { ...met, change: newTable },
    ])
    await pauses.pause({ subject: 'sync/tiktok', since: START, code: SCHEMA_PAUSE, message: 'Decide' })
    const [one, two] = await changes.list({ isOpen: true })
    const by = { who: 'console', now: START + 1 }

    await changes.decide(one!.id, 'accept', by)
    assert.equal((await pauses.list()).length, 1)
    await changes.decide(two!.id, 'ignore', by)
    assert.deepEqual(await pauses.list(), [])
    await changes.decide(two!.id, 'pause', by)
    assert.deepEqual(
      (await pauses.list()).map(({ subject }) => subject),
      ['sync/tiktok'],
    )
  })

  use('what no longer stands in the way is not asked any more', async (state) => {
    const changes = openSchemaChanges(state)
    const met = { byPolicy: 'ask', detectedAt: START, ...about } as const
    await changes.record([
      { ...met, change: keyChange },
      { ...met, change: newTable },
      { ...met, change: keyChange, sync: 'other' },
    ])

    await changes.settle('tiktok', [newTable])

    assert.deepEqual((await changes.list({})).map(({ sync, change }) => `${sync} ${change.kind}`).toSorted(), [
      'other change_key',
      'tiktok create_table',
    ])
    await changes.settle('tiktok', [])
    assert.equal((await changes.list({ sync: 'tiktok' })).length, 0)
  })
}
