import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRequest } from '../../../test/runs_suite.ts'
import { aStage, aSync, aWorld, contentOf, DAILY, turns } from '../../../test/streams_parts.ts'
import { workStreams } from './work_streams.ts'

const EVERY_MS = 3_600_000

test('a worker runs what is due and what is asked for, shows that it is there, and ends in order', async () => {
  const world = aWorld()
  const stage = await aStage((warehouse) => aSync(world, warehouse, { historyDays: 3, backfillDays: 1 }))
  const { runs, work } = stage.parts
  const stopped = new AbortController()
  let prunes = 0
  const working = workStreams({
    ...stage.parts,
    stopped: stopped.signal,
    owner: 'test',
    syncs: async () => [{ name: 'tiktok', account: 'main', enabled: true, dueAfter: (since) => since + EVERY_MS }],
    paused: async () => new Set((await stage.parts.pauses.list()).map(({ subject }) => subject)),
    prune: async () => void prunes++,
  })
  const until = async (count: number) => {
    for (let tries = 0; tries < 3000; tries++) {
      const ended = (await runs.list({ limit: 10 })).filter(({ state }) => state === 'succeeded')
      if (ended.length >= count) return
      await stage.beat()
      await turns()
    }
    assert.fail(`fewer than ${count} runs have ended`)
  }

  await until(1)
  assert.equal(await work.isAlive(stage.time.now), true)
  assert.equal((await contentOf(stage.warehouse, DAILY)).length, 16)
  await runs.requestRun(aRequest({ kind: 'manual', who: 'console' }), stage.time.now)
  await until(2)
  stage.time.now += EVERY_MS
  await until(3)
  stopped.abort()
  await working

  assert.deepEqual(
    (await runs.list({ limit: 10 })).map(({ kind, who }) => `${kind} ${who}`),
    ['scheduled schedule', 'manual console', 'scheduled schedule'],
  )
  assert.equal(prunes, 2)
  await stage.close()
})

test('a worker that cannot look tries again', async () => {
  const stage = await aStage((warehouse) => aSync(aWorld(), warehouse))
  const stopped = new AbortController()
  const said: string[] = []
  const working = workStreams({
    ...stage.parts,
    log: (_level, message) => void said.push(message),
    stopped: stopped.signal,
    owner: 'test',
    syncs: () => Promise.reject(new Error('database is locked')),
    paused: async () => new Set(),
    prune: async () => {},
  })
  for (let i = 0; i < 4; i++) await stage.beat()
  stopped.abort()
  await working

  assert.ok(said.length >= 2 && said.every((message) => message === 'Cannot look for runs, trying again'))
  await stage.close()
})
