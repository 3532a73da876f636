import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueAfter, type Schedule } from '../../schedule.ts'
import { openRunWork } from '../../store/run_work.ts'
import { openRuns } from '../../store/runs.ts'
import { openSqliteState } from '../../store/state.ts'
import { requestDue } from './schedule_runs.ts'

const at = (time: string) => Date.parse(`2026-${time}Z`)

/** A sync with a schedule and a clock; runs take no time unless a test holds them. */
async function aClock(schedule: Schedule) {
  const state = await openSqliteState(':memory:')
  const [runs, work] = [openRuns(state), openRunWork(state)]
  const paused = new Set<string>()
  const set = { now: 0, enabled: true }
  const syncs = async () => [
    { name: 'tiktok', account: 'main', enabled: set.enabled, dueAfter: (since: number) => dueAfter(schedule, since) },
  ]
  const look = () => requestDue({ runs, syncs, paused: async () => paused, now: () => set.now })
  const count = async () => (await runs.list({ limit: 100 })).length
  return {
    runs,
    paused,
    set,
    /** Looks at a moment; tells whether a run was asked for, and does it unless it is held. */
    async asks(time: string, { holds = false } = {}): Promise<boolean> {
      set.now = at(time)
      const before = await count()
      await look()
      await look()
      const claim = holds ? null : await work.claim('w', set.now)
      if (claim) await work.end(claim.lease, claim.run.id, DONE, set.now)
      return (await count()) > before
    },
    async end(time: string) {
      const claim = await work.claim('w', at(time))
      await work.end(claim!.lease, claim!.run.id, DONE, at(time))
    },
    count,
  }
}

const DONE = { state: 'succeeded', reason: null, waitsFor: null, standing: null } as const

test('a sync with a schedule that never ran is due at once, then at its time in its zone', async () => {
  const { asks } = await aClock({ cron: '30 12 * * *', zone: 'America/New_York' })

  assert.equal(await asks('03-06T08:00:00'), true)
  assert.equal(await asks('03-06T17:29:59'), false)
  assert.equal(await asks('03-06T17:30:00'), true)
  assert.equal(await asks('03-06T17:31:00'), false)
  // From 8 March on it is summer there.
  assert.equal(await asks('03-08T16:29:00'), true, 'the one of 7 March')
  assert.equal(await asks('03-08T16:30:00'), true)
  assert.equal(await asks('03-09T16:29:00'), false)
  assert.equal(await asks('03-09T16:30:00'), true)
})

test('turns that were missed while nobody worked are made up for once', async () => {
  const { asks, count } = await aClock({ cron: '0 * * * *', zone: 'UTC' })
  await asks('03-01T00:00:00')

  assert.equal(await asks('03-05T10:20:00'), true)
  assert.equal(await asks('03-05T10:40:00'), false)
  assert.equal(await asks('03-05T11:00:00'), true)
  assert.equal(await count(), 3)
})

test('a run that takes longer than its turn is followed by one, not by many', async () => {
  const { asks, end, count } = await aClock({ every_minutes: 5 })
  assert.equal(await asks('03-01T00:00:00', { holds: true }), true)
  for (const minute of ['06', '11', '16', '21']) await asks(`03-01T00:${minute}:00`, { holds: true })
  assert.equal(await count(), 1)

  await end('03-01T00:22:00')
  assert.equal(await asks('03-01T00:22:01'), true)
  assert.equal(await asks('03-01T00:22:02'), false)
  assert.equal(await asks('03-01T00:27:01'), true)
})

test('what is switched off, paused, or has no schedule is not run', async () => {
  const { asks, paused, set } = await aClock({ every_minutes: 5 })
  set.enabled = false
  assert.equal(await asks('03-01T00:00:00'), false)
  set.enabled = true
  for (const subject of ['account/main', 'sync/tiktok']) {
    paused.add(subject)
    assert.equal(await asks('03-01T00:00:00'), false)
    paused.delete(subject)
  }
  assert.equal(await asks('03-01T00:00:00'), true)

  assert.equal(await (await aClock(null)).asks('03-01T00:00:00'), false)
})
