import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Reason } from '../core/outcome.ts'
import type { RunState, SliceState } from '../core/run.ts'
import { openRunWork } from '../store/run_work.ts'
import { aServer, type TestServer } from './testing.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const HOUR = 3_600_000
const EMPTY: Reason = { code: 'run.empty_answer', message: 'TikTok gave no rows where 40 with a spend of 12.00 stand' }
const DOWN: Reason = { code: 'tiktok.unavailable', message: 'TikTok is in trouble' }

interface Place extends TestServer {
  readonly clock: { now: number }
  /** A run that ended so. */
  run(
    state: RunState,
    slices: readonly (readonly [SliceState, Reason | null])[],
    reason?: Reason | null,
  ): Promise<string>
  /** What Home says. */
  home(): Promise<{
    health: string
    because: string
    problems: readonly object[]
    streamSyncs: readonly { health: string; because: string; nextRunAt: number | null; freshAt: number | null }[]
  }>
}

test('empty answers that wait, and slices that failed, stand at home with their reason', async (t) => {
  const place = await aPlace(t)

  const id = await place.run('partial', [
    ['unconfirmed', EMPTY],
    ['unconfirmed', EMPTY],
    ['failed', DOWN],
    ['done', null],
  ])
  const { problems, health } = await place.home()

  const where = { since: NOW, link: `/runs/${id}` }
  assert.deepEqual(problems, [
    {
      kind: 'run_unconfirmed',
      title: '2 empty answers of ads to confirm',
      detail: EMPTY.message,
      count: 2,
      ...where,
    },
    { kind: 'run_failed', title: '1 slice of the last run of ads not read', detail: DOWN.message, count: 1, ...where },
  ])
  assert.equal(health, 'retrying')
})

test('a run that failed is told, and what the tables hold is as old as the last one that did not', async (t) => {
  const place = await aPlace(t)
  await place.run('succeeded', [['done', null]])
  place.clock.now += HOUR

  const id = await place.run('failed', [], DOWN)
  const { problems, streamSyncs } = await place.home()

  assert.deepEqual(problems, [
    {
      kind: 'run_failed',
      title: 'The last run of ads failed',
      detail: DOWN.message,
      count: 1,
      since: NOW + HOUR,
      link: `/runs/${id}`,
    },
  ])
  assert.deepEqual(
    [streamSyncs[0]!.health, streamSyncs[0]!.because, streamSyncs[0]!.freshAt],
    ['retrying', DOWN.message, NOW],
  )
})

test('a sync that is due while no worker lives says so, and one that is off does not', async (t) => {
  const place = await aPlace(t)
  const work = openRunWork(place.store.state)
  await place.run('succeeded', [['done', null]])

  place.clock.now += 2 * HOUR + 1
  const dead = (await place.home()).streamSyncs[0]!
  await work.showAlive(place.clock.now)
  const alive = (await place.home()).streamSyncs[0]!
  const { body } = await place.ask('GET', '/resources/sync/ads')
  await place.ask('PUT', '/resources/sync/ads', { spec: { ...body.spec, enabled: false } })
  const off = (await place.home()).streamSyncs[0]!

  assert.deepEqual([dead.health, dead.nextRunAt], ['action_required', place.clock.now])
  assert.match(dead.because, /start a worker/)
  assert.equal(alive.health, 'healthy')
  assert.deepEqual([off.health, off.nextRunAt], ['paused', null])
})

test('a sync that waits for a person has no next run', async (t) => {
  const place = await aPlace(t)
  await place.store.pauses.pause({
    subject: 'sync/ads',
    since: NOW,
    code: 'schema.held_back',
    message: 'A key changed',
  })

  const { streamSyncs, problems } = await place.home()

  assert.deepEqual(
    [streamSyncs[0]!.health, streamSyncs[0]!.because, streamSyncs[0]!.nextRunAt],
    ['action_required', 'A key changed', null],
  )
  assert.deepEqual(
    problems.map((problem) => (problem as { link: string }).link),
    ['/connections/ads'],
  )
})

/** A server with a sync from TikTok that never runs by itself here. */
async function aPlace(t: TestContext): Promise<Place> {
  const clock = { now: NOW }
  const server = await aServer(t, { now: () => clock.now })
  const { ask, store } = server
  await ask('PUT', '/resources/account/main', { spec: { access_token: 'token-of-the-test' } })
  await ask('PUT', '/resources/warehouse/main', { spec: { type: 'duckdb' } })
  const spec = { from: { account: 'main' }, to: { warehouse: 'main' }, schedule: { every_minutes: 60 } }
  await ask('PUT', '/resources/sync/ads', { spec })
  const work = openRunWork(store.state)

  async function run(
    state: RunState,
    slices: readonly (readonly [SliceState, Reason | null])[],
    reason: Reason | null = null,
  ) {
    const { body } = await ask('POST', '/runs', { sync: 'ads', kind: 'manual' })
    const { lease } = (await work.claim('test', clock.now))!
    const planned = slices.map((_, i) => ({ stream: `stream_${i}`, advertiserId: '7', days: null, isFinal: false }))
    await work.plan(lease, body.id, planned)
    const ends = slices.map(([slice, why], position) => ({ position, state: slice, reason: why, figures: FIGURES }))
    await work.progress(lease, body.id, { ends, counts: body.counts, restated: [] }, clock.now)
    await work.end(lease, body.id, { state, reason, waitsFor: null, standing: null }, clock.now)
    return body.id
  }
  return { ...server, clock, run, home: async () => (await ask('GET', '/home')).body }
}

const FIGURES = {
  read: 0,
  added: 0,
  changed: 0,
  same: 0,
  removed: 0,
  calls: 1,
  waitedMs: 0,
  retries: 0,
  truncated: false,
  metricsDropped: [],
  requestIds: [],
}
