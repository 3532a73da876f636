import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aStage,
  aSync,
  aWorld,
  contentOf,
  DAILY,
  ONE,
  PIXELS,
  queryAll,
  restatementsOf,
  type Stage,
  type SyncOptions,
  TWO,
  type World,
} from '../../../test/streams_parts.ts'
import type { Receipt } from '../../core/errors.ts'
import { TerminalError, TransientError } from '../../core/errors.ts'
import type { RunParts } from './execute_run.ts'

const DAY_MS = 86_400_000

async function withStage(
  work: (stage: Stage, world: World) => Promise<void>,
  options: SyncOptions = {},
  changes: Partial<RunParts> = {},
): Promise<void> {
  const world = aWorld()
  const stage = await aStage((warehouse) => aSync(world, warehouse, options), changes)
  try {
    await work(stage, world)
  } finally {
    await stage.close()
  }
}

const receipt = (code: number): Receipt => ({
  method: 'GET',
  url: 'http://127.0.0.1/',
  sentAt: 0,
  durationMs: 1,
  status: 200,
  code,
  message: 'said TikTok',
  requestId: null,
  items: 0,
})

const statesOf = async ({ parts }: Stage, run: string) =>
  [
    ...new Set(
      (await parts.runs.slices(run)).map(
        ({ stream, advertiserId, state }) => `${stream} ${advertiserId.slice(-1)} ${state}`,
      ),
    ),
  ].sort()

test('the first run fills all tables with the history of every advertiser', () =>
  withStage(async (stage) => {
    const id = await stage.run()

    const run = (await stage.parts.runs.get(id))!
    assert.equal(run.state, 'succeeded', run.reason?.message)
    // 25 days and the one beyond UTC's today, two ads, two advertisers; and a pixel each.
    const { slices, slicesDone, slicesFailed, read, added } = run.counts
    assert.deepEqual(
      { slices, slicesDone, slicesFailed, read, added },
      { slices: 8, slicesDone: 8, slicesFailed: 0, read: 106, added: 106 },
    )
    assert.equal((await contentOf(stage.warehouse, DAILY)).length, 104)
    assert.equal((await contentOf(stage.warehouse, PIXELS)).length, 2)
    const standing = (await stage.parts.runs.standing('tiktok'))!
    assert.deepEqual(standing.advertisers, [ONE, TWO])
    assert.deepEqual(standing.streams['ad_report_daily']!.through, { [ONE.id]: '2026-03-10', [TWO.id]: '2026-03-10' })
    assert.deepEqual(standing.streams['ad_report_daily']!.window, { from: '2026-02-14', to: '2026-03-11' })
    const [slice] = (await stage.parts.runs.slices(id)).filter(({ stream }) => stream === 'ad_report_daily')
    assert.deepEqual([slice!.calls, slice!.requestIds.length, slice!.read], [10, 10, 20])
  }))

test('two days of backfill and a run on 10 March make the next run read from 8 March', () =>
  withStage(
    async (stage) => {
      await stage.run()
      stage.time.now += DAY_MS
      const id = await stage.run()

      const days = (await stage.parts.runs.slices(id)).flatMap((slice) => slice.days ?? [])
      assert.deepEqual(days, [
        { from: '2026-03-08', to: '2026-03-12' },
        { from: '2026-03-08', to: '2026-03-12' },
      ])
    },
    { backfillDays: 2, historyDays: 20 },
  ))

test('reading a window twice changes nothing; what TikTok restated is updated once and logged; what went is removed', () =>
  withStage(async (stage, world) => {
    await stage.run()
    const first = await contentOf(stage.warehouse, DAILY)
    const again = (await stage.parts.runs.get(await stage.run()))!
    assert.deepEqual(await contentOf(stage.warehouse, DAILY), first)
    assert.deepEqual([again.counts.added, again.counts.changed, again.counts.removed], [0, 0, 0])
    assert.deepEqual(await restatementsOf(stage), [])

    const { spend } = world
    world.spend = (advertiser, day, ad) => {
      if (advertiser !== ONE.id || day !== '2026-03-09') return spend(advertiser, day, ad)
      return ad === 1 ? '12.50' : null
    }
    const restating = (await stage.parts.runs.get(await stage.run()))!
    const after = (await stage.parts.runs.get(await stage.run()))!

    assert.deepEqual([restating.counts.changed, restating.counts.removed], [1, 1])
    assert.deepEqual([after.counts.changed, after.counts.removed], [0, 0])
    const log = (await restatementsOf(stage)).filter(({ column }) => column === 'spend')
    assert.deepEqual(
      log.map(({ run, day, before, after: now, rows, advertiserId }) => ({
        run,
        day,
        before,
        now,
        rows,
        advertiserId,
      })),
      [{ run: restating.id, day: '2026-03-09', before: '18.3', now: '12.5', rows: 2, advertiserId: ONE.id }],
    )
    const removed = await queryAll(stage.warehouse, 'select table_name from tiktok_ads._removed_rows')
    assert.deepEqual(removed, [['ad_report_daily']])
  }))

test('an empty answer for days with spend is not applied before a person says so', () =>
  withStage(async (stage, world) => {
    await stage.run()
    const before = await contentOf(stage.warehouse, DAILY)
    const { spend } = world
    world.spend = (advertiser, day, ad) => (advertiser === TWO.id ? null : spend(advertiser, day, ad))

    const id = await stage.run()

    const run = (await stage.parts.runs.get(id))!
    assert.deepEqual([run.state, run.reason?.code], ['partial', 'run.incomplete'])
    assert.deepEqual(await statesOf(stage, id), [
      'ad_report_daily 1 done',
      'ad_report_daily 2 unconfirmed',
      'pixel 1 done',
      'pixel 2 done',
    ])
    const open = (await stage.parts.runs.slices(id)).find(({ state }) => state === 'unconfirmed')!
    assert.equal(open.reason?.code, 'run.empty_answer')
    assert.match(open.reason!.remedy!, /--accept-empty/)
    assert.deepEqual(await contentOf(stage.warehouse, DAILY), before)

    const accepted = (await stage.parts.runs.get(await stage.run({ acceptsEmpty: true })))!
    assert.equal(accepted.state, 'succeeded')
    assert.ok(accepted.counts.removed > 0)
  }))

test('an answer that was empty by a passing fault is read again in the same run', () =>
  withStage(async (stage, world) => {
    await stage.run()
    const before = await contentOf(stage.warehouse, DAILY)
    const { spend } = world
    const healsAt = stage.time.now + 30_000
    world.spend = (advertiser, day, ad) => (stage.time.now < healsAt ? null : spend(advertiser, day, ad))

    const run = (await stage.parts.runs.get(await stage.run()))!

    assert.equal(run.state, 'succeeded', run.reason?.message)
    assert.deepEqual([run.counts.slicesDone, run.counts.slicesFailed], [run.counts.slices, 0])
    assert.deepEqual(await contentOf(stage.warehouse, DAILY), before)
  }))

test('an advertiser without permission is skipped with the reason, and the others are read', () =>
  withStage(async (stage, world) => {
    world.onPage = (_table, advertiser) => {
      if (advertiser !== TWO.id) return
      throw new TerminalError('tiktok.no_permission', 'No permission to operate advertiser', {
        receipt: receipt(40001),
      })
    }

    const id = await stage.run()

    const run = (await stage.parts.runs.get(id))!
    assert.equal(run.state, 'partial')
    assert.match(run.reason!.message, /4 of 8 slices were not read; the first: No permission/)
    assert.deepEqual(await statesOf(stage, id), [
      'ad_report_daily 1 done',
      'ad_report_daily 2 skipped',
      'pixel 1 done',
      'pixel 2 skipped',
    ])
    assert.ok(run.counts.calls < 35, 'the rest of the advertiser is not asked for')
  }))

test('what the app may not read is left out for that stream alone', () =>
  withStage(async (stage, world) => {
    world.onPage = (table, advertiser) => {
      if (advertiser !== TWO.id || table !== 'pixel') return
      throw new TerminalError('tiktok.no_permission', 'Scope missing', { receipt: receipt(40130) })
    }

    assert.deepEqual(await statesOf(stage, await stage.run()), [
      'ad_report_daily 1 done',
      'ad_report_daily 2 done',
      'pixel 1 done',
      'pixel 2 skipped',
    ])
  }))

test('an advertiser that is listed and may not be read is left out and named; one that a person named is missed', async () => {
  const denied = { ...TWO, lacks: 'No permission' }
  await withStage(async (stage, world) => {
    world.advertisers = [ONE, denied]
    const run = (await stage.parts.runs.get(await stage.run()))!
    assert.deepEqual([run.state, run.counts.slices, run.reason?.code], ['succeeded', 4, 'run.advertisers_left_out'])
    assert.match(run.reason!.message, /Two \(7000000000000000002\); No permission/)
  })
  await withStage(
    async (stage, world) => {
      world.advertisers = [ONE, denied]
      const run = (await stage.parts.runs.get(await stage.run()))!
      assert.deepEqual([run.state, run.counts.slices, run.counts.slicesFailed], ['partial', 8, 4])
    },
    { namesAdvertisers: true },
  )
})

test('an advertiser that the account no longer reaches is told of once, and its rows stay', () =>
  withStage(async (stage, world) => {
    await stage.run()
    const before = await contentOf(stage.warehouse, DAILY)
    world.advertisers = [ONE]

    const id = await stage.run()
    assert.ok((await statesOf(stage, id)).includes('ad_report_daily 2 skipped'))
    assert.equal((await stage.parts.runs.get(await stage.run()))!.state, 'succeeded')
    assert.deepEqual(await contentOf(stage.warehouse, DAILY), before)

    world.advertisers = []
    const none = (await stage.parts.runs.get(await stage.run()))!
    assert.deepEqual([none.state, none.reason?.code], ['failed', 'run.no_advertisers'])
  }))

test('a token that is no good pauses the account; after reconnecting the run goes on where it stopped', () =>
  withStage(async (stage, world) => {
    let pages = 0
    world.onPage = () => {
      if (++pages > 12) throw new TerminalError('tiktok.token_invalid', 'Token revoked; connect the account again')
    }
    const id = await stage.run()

    const failed = (await stage.parts.runs.get(id))!
    assert.deepEqual([failed.state, failed.reason?.code], ['failed', 'tiktok.token_invalid'])
    assert.ok(failed.counts.slicesDone > 0 && failed.counts.slicesDone < failed.counts.slices)
    assert.deepEqual(
      (await stage.parts.pauses.list()).map(({ subject, code }) => `${subject} ${code}`),
      ['account/main tiktok.token_invalid'],
    )
    assert.equal(await stage.parts.work.claim('test', stage.time.now), null)

    const done = new Set(
      (await stage.parts.runs.slices(id))
        .filter(({ state }) => state === 'done')
        .map((slice) => placeOf(slice.stream, slice.advertiserId, slice.days?.to)),
    )
    const readAgain: string[] = []
    world.onPage = (table, advertiser, slice) => void readAgain.push(placeOf(table, advertiser, slice.days?.to))
    await stage.parts.pauses.resume('account/main')
    await stage.resume()

    const run = (await stage.parts.runs.get(id))!
    assert.equal(run.state, 'succeeded', run.reason?.message)
    assert.deepEqual([run.counts.slicesDone, run.counts.added], [8, 106])
    assert.deepEqual(
      readAgain.filter((place) => done.has(place)),
      [],
    )
    assert.equal((await contentOf(stage.warehouse, DAILY)).length, 104)
  }))

const placeOf = (...parts: readonly unknown[]) => parts.join(' ')

test('a slice that fails is told of, and the next run reads it', () =>
  withStage(async (stage, world) => {
    world.onPage = (table, _advertiser, { days }) => {
      if (table === 'ad_report_daily' && days!.from < '2026-02-20') throw new Error('Cannot read the answer: odd')
    }
    const id = await stage.run()
    assert.equal((await stage.parts.runs.get(id))!.state, 'partial')
    assert.ok((await statesOf(stage, id)).includes('ad_report_daily 1 failed'))
    world.onPage = () => {}
    stage.time.now += DAY_MS

    assert.equal((await stage.parts.runs.get(await stage.run()))!.state, 'succeeded')
    assert.equal((await contentOf(stage.warehouse, DAILY)).length, 108)
  }))

test('an outage of TikTok ends the run early, and the next one goes on', () =>
  withStage(async (stage, world) => {
    let pages = 0
    world.onPage = () => {
      pages++
      throw new TransientError('tiktok.server_error', 'HTTP 503')
    }

    const failed = (await stage.parts.runs.get(await stage.run()))!

    assert.deepEqual([failed.state, failed.reason?.code, failed.counts.slicesDone], ['failed', 'run.tiktok_down', 0])
    assert.ok(pages <= 8, `${pages} pages were asked for`)
    world.onPage = () => {}
    assert.equal((await stage.parts.runs.get(await stage.run()))!.state, 'succeeded')
  }))

test('a cancelled run ends between two pages, and what it has replaced stays', () =>
  withStage(async (stage, world) => {
    let pages = 0
    const opened = Promise.withResolvers<void>()
    world.onPage = async () => {
      if (++pages !== 25) return
      const [run] = await stage.parts.runs.list({ limit: 1 })
      await stage.parts.runs.cancel(run!.id, stage.time.now)
      await stage.beat()
      opened.resolve()
    }

    const run = (await stage.parts.runs.get(await stage.run()))!

    await opened.promise
    assert.equal(run.state, 'cancelled')
    assert.ok(run.counts.slicesDone > 0 && run.counts.slicesDone < run.counts.slices)
    const states = new Set((await stage.parts.runs.slices(run.id)).map(({ state }) => state))
    assert.deepEqual([...states].sort(), ['done', 'waiting'])
  }))

test('a worker that is told to stop leaves the run for the next one, which ends it', async () => {
  const stopped = new AbortController()
  await withStage(
    async (stage, world) => {
      let pages = 0
      world.onPage = () => {
        if (++pages === 20) stopped.abort()
      }
      const id = await stage.run()
      assert.equal((await stage.parts.runs.get(id))!.state, 'interrupted')

      await stage.resume({ stopped: new AbortController().signal })
      const run = (await stage.parts.runs.get(id))!
      assert.deepEqual([run.state, run.counts.added], ['succeeded', 106])
    },
    {},
    { stopped: stopped.signal },
  )
})

test('reading anew clears the tables first and brings everything back', () =>
  withStage(async (stage, world) => {
    await stage.run()
    const days = { from: '2026-01-05', to: '2026-01-05' }
    const before = await contentOf(stage.warehouse, DAILY)
    await stage.run({ kind: 'backfill', days })
    const { spend } = world
    world.spend = (advertiser, day, ad) => (day === days.from ? null : spend(advertiser, day, ad))

    const run = (await stage.parts.runs.get(await stage.run({ kind: 'resync', streams: ['ad_report_daily'] })))!

    // What stood there is asked for again, and nothing of it is taken for granted.
    assert.equal((await stage.parts.runs.slices(run.id)).at(-1)!.days!.from, days.from)
    const { added, changed, same, removed } = run.counts
    assert.deepEqual({ added, changed, same, removed }, { added: added, changed: 0, same: 0, removed: 0 })
    assert.deepEqual(
      (await contentOf(stage.warehouse, DAILY)).filter(([, , day]) => String(day) >= '2026-02-14'),
      before,
    )
    assert.equal((await contentOf(stage.warehouse, PIXELS)).length, 2)
  }))

test('a backfill reads its days and leaves the others alone', () =>
  withStage(async (stage) => {
    const days = { from: '2026-01-05', to: '2026-01-06' }
    const id = await stage.run({ kind: 'backfill', days, streams: ['ad_report_daily'] })

    assert.deepEqual(
      (await stage.parts.runs.slices(id)).map((slice) => slice.days),
      [days, days],
    )
    assert.equal((await contentOf(stage.warehouse, DAILY)).length, 8)
    const final = await queryAll(stage.warehouse, 'select distinct _is_final from tiktok_ads.ad_report_daily')
    assert.deepEqual(final, [[true]])
  }))

test('a sync that cannot be opened fails with what it lacks', async () => {
  const openSync = () => Promise.reject(new Error('Cannot open the sync: account "main" is gone'))
  await withStage(
    async (stage) => {
      const run = (await stage.parts.runs.get(await stage.run()))!
      assert.deepEqual([run.state, run.reason?.code], ['failed', 'sync.broken'])
      assert.match(run.reason!.message, /account "main" is gone/)
    },
    {},
    { openSync },
  )
})

test('a warehouse that refuses the password ends the run at once', () =>
  withStage(
    async (stage) => {
      const run = (await stage.parts.runs.get(await stage.run()))!
      assert.deepEqual([run.state, run.reason?.code, run.counts.slices], ['failed', 'warehouse.access_denied', 0])
    },
    {},
    {
      openSync: async () => {
        const refuse = (): Promise<never> => Promise.reject(new TerminalError('warehouse.access_denied', 'Password'))
        const sync = aSync(aWorld(), { describe: refuse } as never)
        return sync
      },
    },
  ))
