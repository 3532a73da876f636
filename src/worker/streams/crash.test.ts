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
  type Stage,
  turns,
} from '../../../test/streams_parts.ts'
import type { Warehouse } from '../../core/warehouse.ts'
import type { StreamSync } from '../../open_stream_sync.ts'
import { LEASE_MS, LeaseLostError } from '../../store/run_leases.ts'
import type { RunWork } from '../../store/run_work.ts'
import { executeRun } from './execute_run.ts'

const aSmallWorld = () => aWorld({ advertisers: [ONE] })

const OPTIONS = { historyDays: 12, backfillDays: 3 }

/** A process that dies at one of its steps: it does nothing from then on, and never finds out. */
interface Mortal {
  step<Args extends readonly unknown[], Result>(
    act: (...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
  readonly died: Promise<'died'>
}

/** `at`: the step that is its last; `done`: whether that one has still happened when it dies. */
function mortal(at: number, done: boolean): Mortal {
  const { promise: died, resolve } = Promise.withResolvers<'died'>()
  const forever = new Promise<never>(() => {})
  let steps = 0
  let isDead = false
  return {
    died,
    step:
      (act) =>
      async (...args) => {
        if (isDead) return forever
        const isLast = ++steps === at
        const die = () => {
          isDead = true
          resolve('died')
          return forever
        }
        if (isLast && !done) return die()
        // Other steps go on meanwhile, as those of a load do that its pages are part of.
        const result = await act(...args)
        if (isLast) return die()
        return isDead ? forever : result
      },
  }
}

function mortalWork(work: RunWork, { step }: Mortal): RunWork {
  return {
    ...work,
    renew: step(work.renew),
    plan: step(work.plan),
    planned: step(work.planned),
    begin: step(work.begin),
    progress: step(work.progress),
    end: step(work.end),
  }
}

function mortalSync(sync: StreamSync, warehouse: Warehouse, { step }: Mortal): StreamSync {
  return {
    ...sync,
    advertisers: step(sync.advertisers),
    warehouse: {
      ...warehouse,
      describe: step(warehouse.describe),
      change: step(warehouse.change),
      loaded: step(warehouse.loaded),
      load: step(warehouse.load),
      clear: step(warehouse.clear),
    },
  }
}

/** Runs until it dies at a step, then lets another worker go on; false when it came through before that step. */
async function dieAndResume(kind: 'scheduled' | 'resync', at: number, done: boolean): Promise<boolean> {
  const world = aSmallWorld()
  const life = mortal(at, done)
  let isFirst = true
  const stage = await aStage((warehouse) => {
    const sync = aSync(world, warehouse, OPTIONS)
    if (!isFirst) return sync
    isFirst = false
    return mortalSync(sync, warehouse, life)
  })
  const { step } = life
  world.onPage = step(async () => {})
  if (kind === 'resync') await fillBefore(stage)
  isFirst = true
  const { id } = await stage.parts.runs.requestRun({ ...REQUEST, kind }, stage.time.now)
  const claim = (await stage.parts.work.claim('first', stage.time.now))!
  const ending = executeRun(claim, { ...stage.parts, work: mortalWork(stage.parts.work, life) }).then(
    () => 'ended' as const,
  )
  const outcome = await Promise.race([ending, life.died])
  // What was on its way when it died still arrives.
  await turns()
  if (outcome === 'died') {
    assert.equal(await stage.parts.work.claim('too early', stage.time.now + LEASE_MS - 1), null)
    stage.time.now += LEASE_MS
    world.onPage = () => {}
    if ((await stage.parts.runs.get(id))!.state !== 'succeeded') await stage.resume()
  }
  const run = (await stage.parts.runs.get(id))!
  assert.equal(run.state, 'succeeded', `${kind} ${at}: ${run.reason?.message}`)
  assert.equal(run.counts.slicesDone, run.counts.slices)
  assert.deepEqual(await contentOf(stage.warehouse, DAILY), await expected(), `${kind} ${at}`)
  assert.equal((await contentOf(stage.warehouse, PIXELS)).length, 1)
  const twice = await queryAll(
    stage.warehouse,
    'select ad_id from tiktok_ads.ad_report_daily group by ad_id, stat_time_day having count(*) > 1',
  )
  assert.deepEqual(twice, [])
  await stage.close()
  return outcome === 'died'
}

const REQUEST = { sync: 'tiktok', streams: null, days: null, acceptsEmpty: false, who: 'test' } as const

async function fillBefore(stage: Stage): Promise<void> {
  const openSync = async () => aSync(aSmallWorld(), stage.warehouse, OPTIONS)
  await executeRunOf(stage, { ...stage.parts, openSync })
}

async function executeRunOf(stage: Stage, parts: Stage['parts']): Promise<void> {
  await parts.runs.requestRun({ ...REQUEST, kind: 'manual' }, stage.time.now)
  await executeRun((await parts.work.claim('before', stage.time.now))!, parts)
}

let known: readonly (readonly unknown[])[] | null = null

/** The table after a run that nobody disturbed. */
async function expected() {
  if (known) return known
  const stage = await aStage((warehouse) => aSync(aSmallWorld(), warehouse, OPTIONS))
  await stage.run()
  known = await contentOf(stage.warehouse, DAILY)
  await stage.close()
  return known
}

for (const kind of ['scheduled', 'resync'] as const) {
  test(`a ${kind} run that dies before or after any step ends in the same tables`, async () => {
    let deaths = 0
    for (let at = 1; await dieAndResume(kind, at, at % 2 === 0); at++) deaths++
    for (let at = 1; at <= deaths; at += 5) await dieAndResume(kind, at, at % 2 === 1)
    assert.ok(deaths > 30, `${deaths} steps`)
  })
}

test('a worker whose sync another one took over writes nothing more, neither rows nor progress', async () => {
  const world = aWorld()
  const stage = await aStage((warehouse) => aSync(world, warehouse, OPTIONS))
  const { runs, work } = stage.parts
  const { id } = await runs.requestRun({ ...REQUEST, kind: 'manual' }, stage.time.now)
  const slow = (await work.claim('slow', stage.time.now))!
  const asleep = Promise.withResolvers<void>()
  const sleeping = Promise.withResolvers<void>()
  let pages = 0
  world.onPage = () => {
    if (++pages !== 10) return
    sleeping.resolve()
    return asleep.promise
  }
  const slowEnds = executeRun(slow, stage.parts)
  await sleeping.promise

  // The first one sleeps past its lease; the second one ends the run, and TikTok has other figures by then.
  stage.time.now += LEASE_MS
  world.spend = () => '100.5'
  await stage.resume()
  const [content, run] = [await contentOf(stage.warehouse, DAILY), (await runs.get(id))!]
  assert.equal(run.state, 'succeeded')
  world.spend = () => '0.01'
  asleep.resolve()
  await slowEnds

  assert.deepEqual(await contentOf(stage.warehouse, DAILY), content)
  assert.deepEqual(await runs.get(id), run)
  await assert.rejects(work.renew(slow.lease, stage.time.now), LeaseLostError)
  await stage.close()
})

test('the heart keeps a long run, and a database that is away for a moment does not end it', async () => {
  const world = aWorld()
  const stage = await aStage((warehouse) => aSync(world, warehouse, OPTIONS))
  const { runs, work } = stage.parts
  const { id } = await runs.requestRun({ ...REQUEST, kind: 'manual' }, stage.time.now)
  let refusals = 0
  const isCancelled: RunWork['isCancelled'] = (lease, run) => {
    if (++refusals === 3) return Promise.reject(new Error('database is locked'))
    return work.isCancelled(lease, run)
  }
  world.onPage = async () => {
    stage.time.now += 5000
    await stage.beat()
    assert.equal(await work.claim('other', stage.time.now), null)
  }
  await executeRun((await work.claim('w', stage.time.now))!, { ...stage.parts, work: { ...work, isCancelled } })

  assert.equal((await runs.get(id))!.state, 'succeeded')
  assert.ok(refusals > 3)
  await stage.close()
})
