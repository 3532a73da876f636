import assert from 'node:assert/strict'
import { test } from 'node:test'
import { START } from '../../test/queue_suite.ts'
import {
  aRoute,
  aSync,
  aWorld,
  end,
  fakeDestination,
  scripted,
  sent,
  start,
  type Verdict,
} from '../../test/worker_parts.ts'

const HOUR_MS = 3_600_000
// One look a minute instead of one every 50 ms: days pass in a moment.
const SLOW = { slowness: 1200 }

test('what TikTok may have taken is repeated for 47 hours from its first try, and then waits for a person', async () => {
  const world = await aWorld(SLOW)
  const { times, destination } = scripted(world, () => 'unknown')
  const runner = await start(world, aSync(destination))
  await world.receive(1)

  await world.time.pass(60 * HOUR_MS)

  const last = times.at(-1)! - times[0]!
  assert.ok(last <= 47 * HOUR_MS && last > 46 * HOUR_MS, `the last try was after ${last / HOUR_MS} h`)
  const [dead] = await world.deliveries.of([1])
  assert.deepEqual([dead!.state, dead!.reason?.code, dead!.unknown], ['dead', 'delivery.unknown', true])
  assert.equal(dead!.attempts, times.length)
  await end(world, runner)
})

test('what surely never arrived is repeated for as long as it takes', async () => {
  const world = await aWorld(SLOW)
  let verdict: Verdict = 'not_sent'
  const { destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  await world.receive(1)

  await world.time.pass(60 * HOUR_MS)
  verdict = 'unknown'
  await world.time.pass(2 * HOUR_MS)
  const [waiting] = await world.deliveries.of([1])
  verdict = 'ok'
  await world.time.pass(2 * HOUR_MS)

  assert.deepEqual([waiting!.state, waiting!.unknown], ['retry', true], 'the window begins with the first doubt')
  assert.ok(waiting!.firstAttemptAt! >= START + 60 * HOUR_MS)
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1 })
  await end(world, runner)
})

test('a worker that was away for two days does not repeat what TikTok may have taken, until a person says so', async () => {
  const world = await aWorld(SLOW)
  const { destination } = scripted(world, () => 'unknown')
  const first = await start(world, aSync(destination))
  await world.receive(1)
  await world.time.pass(HOUR_MS)
  await first.stop()
  await world.time.pass(48 * HOUR_MS)

  const healed = fakeDestination(world.time.now)
  const second = await start(world, aSync(healed))
  await world.time.pass(HOUR_MS)
  const [dead] = await world.deliveries.of([1])
  const before = await world.deliveries.countReplay({ states: ['dead'] }, world.time.now())
  await world.deliveries.replay({ states: ['dead'] }, world.time.now())
  await world.time.pass(HOUR_MS)

  assert.deepEqual([dead!.state, dead!.reason?.code], ['dead', 'delivery.unknown'])
  assert.deepEqual(before, { events: 1, outsideWindow: 1, unknown: 1 })
  assert.deepEqual(healed.calls, [['{"n":1}']])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1 })
  await end(world, second)
})

test('a retry follows the mappings of today', async () => {
  const world = await aWorld()
  let verdict: Verdict = 'unknown'
  const { destination } = scripted(world, () => verdict)
  const routes = ['gone', 'off', 'narrowed', 'kept'].map((name) => aRoute({ name, map: ({ n }) => ({ n: n!, name }) }))
  const first = await start(world, aSync(destination, { routes }))
  await world.receive(1)
  await world.time.pass(500)
  await first.stop()

  verdict = 'ok'
  const today = [
    aRoute({ name: 'off', enabled: false }),
    aRoute({ name: 'narrowed', matches: () => false }),
    aRoute({ name: 'kept', map: ({ n }) => ({ n: n!, name: 'changed' }) }),
  ]
  const second = await start(world, aSync(destination, { routes: today, revision: 2 }))
  await world.time.pass(60_000)

  const all = await world.deliveries.of([1])
  assert.deepEqual(
    all.map(({ mapping, state, reason, revision }) => [mapping, state, reason?.code, revision]),
    [
      ['gone', 'dead', 'mapping.gone', 2],
      ['kept', 'delivered', undefined, 2],
      ['narrowed', 'filtered', undefined, 2],
      ['off', 'filtered', undefined, 2],
    ],
  )
  assert.deepEqual(destination.calls.at(-1), ['{"n":1,"name":"changed"}'])
  await end(world, second)
})

test('an event that matched nothing and is replayed goes through what matches now', async () => {
  const world = await aWorld()
  const destination = fakeDestination(world.time.now)
  const first = await start(world, aSync(destination, { routes: [] }))
  await world.receive(1, 2)
  await world.time.pass(100)
  await first.stop()
  const before = await world.books('shop-to-pixel')

  const routes = ['a', 'b'].map((name) => aRoute({ name, matches: ({ n }) => n === 1 }))
  const second = await start(world, aSync(destination, { routes }))
  await world.deliveries.replay({ states: ['filtered'] }, world.time.now())
  await world.time.pass(1000)

  assert.deepEqual(before, { filtered: 2 })
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1, filtered: 1 })
  const all = await world.deliveries.of([1, 2])
  assert.deepEqual(
    all.map(({ seq, mapping, state }) => [seq, mapping, state]),
    [
      [1, 'a', 'delivered'],
      [1, 'b', 'delivered'],
      [2, '', 'filtered'],
    ],
  )
  await end(world, second)
})

test('a delivery whose event is no longer kept is dead', async () => {
  const world = await aWorld(SLOW)
  const { destination } = scripted(world, () => 'not_sent')
  const runner = await start(world, aSync(destination))
  await world.receive(1)
  await world.time.pass(8 * 24 * HOUR_MS)
  await world.parts.queue.prune({ first: 1, last: 1, before: world.time.now(), kept: [] })

  await world.time.pass(HOUR_MS)

  const [dead] = await world.deliveries.of([1])
  assert.deepEqual([dead!.state, dead!.reason?.code], ['dead', 'delivery.event_gone'])
  await end(world, runner)
})

test('an event that was edited is sent as it is now, with its tries', async () => {
  const world = await aWorld()
  let verdict: Verdict = 'bad'
  const { destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  await world.receive(1)
  await world.time.pass(100)

  verdict = 'ok'
  await world.parts.queue.edit(1, '{"n":11}')
  await world.deliveries.replay({ states: ['dead'] }, world.time.now())
  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [[1], [11]])
  const [delivered] = await world.deliveries.of([1])
  assert.deepEqual([delivered!.state, delivered!.attempts, delivered!.calls.length], ['delivered', 2, 2])
  await end(world, runner)
})
