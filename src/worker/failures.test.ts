import assert from 'node:assert/strict'
import { test } from 'node:test'
import { START } from '../../test/queue_suite.ts'
import {
  aRoute,
  aSync,
  aWorld,
  fakeDestination,
  gate,
  sent,
  type Verdict,
  type World,
} from '../../test/worker_parts.ts'
import type { Sync } from '../core/sync.ts'
import { type Runner, startRunner } from './runner.ts'

const HOUR_MS = 3_600_000
// One look a minute instead of one every 50 ms: days pass in a moment.
const SLOW = { slowness: 1200 }

async function start(world: World, sync: Sync): Promise<Runner> {
  const runner = startRunner(sync, world.parts)
  await world.time.pass(0)
  return runner
}

/** A destination whose calls come to `verdict()`, with the time of each call. */
function scripted(world: World, verdict: () => Verdict) {
  const times: number[] = []
  const answer = (): Verdict => {
    times.push(world.time.now() - START)
    return verdict()
  }
  return { times, destination: fakeDestination(world.time.now, answer) }
}

async function end(world: World, runner: Runner): Promise<void> {
  const stopped = runner.stop()
  await world.time.pass(2 * HOUR_MS)
  await stopped
  await world.state.close()
}

test('calls that fail are tried again after longer and longer waits, with the same item, until they work', async () => {
  const world = await aWorld()
  let verdict: Verdict = 'unknown'
  const { times, destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  await world.receive(1)

  await world.time.pass(120_000)
  const [waiting] = await world.deliveries.of([1])
  const failing = (await world.parts.journal.readers())[0]!.failing
  verdict = 'ok'
  await world.time.pass(120_000)

  const waits = times.slice(1).map((at, i) => at - times[i]!)
  assert.ok(
    waits.every((ms, i) => ms >= 1000 && (i === 0 || ms >= waits[i - 1]!)),
    String(waits),
  )
  assert.ok(times.length < 12, `${times.length} calls`)
  assert.deepEqual(new Set(destination.calls.flat()), new Set(['{"n":1}']))
  assert.deepEqual([waiting!.state, waiting!.unknown, waiting!.attempts], ['retry', true, times.length - 1])
  assert.equal(failing!.message, 'HTTP 503')
  assert.equal((await world.parts.journal.readers())[0]!.failing, null)
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1 })
  const [delivered] = await world.deliveries.of([1])
  assert.equal(delivered!.calls.length, times.length, 'every call is kept')
  await end(world, runner)
})

test('while calls fail, one page at a time asks whether they work again', async () => {
  const world = await aWorld()
  let verdict: Verdict = 'unknown'
  const { destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  for (let n = 1; n <= 200; n++) await world.receive(n)

  await world.time.pass(60_000)
  const calls = destination.calls.length
  verdict = 'ok'
  await world.time.pass(120_000)

  assert.ok(calls < 12, `${calls} calls in a minute of failure`)
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 200 })
  await end(world, runner)
})

test('throttling spends no try of any event, and waits as long as it was told to', async () => {
  const world = await aWorld()
  let verdict: Verdict = 'throttled'
  const { times, destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  await world.receive(1)

  await world.time.pass(100_000)
  const [waiting] = await world.deliveries.of([1])
  verdict = 'ok'
  await world.time.pass(180_000)

  assert.deepEqual([waiting!.state, waiting!.attempts, waiting!.unknown], ['retry', 0, false])
  assert.ok(
    times.slice(1).every((at, i) => at - times[i]! >= 7000),
    String(times),
  )
  const [delivered] = await world.deliveries.of([1])
  assert.deepEqual([delivered!.state, delivered!.attempts], ['delivered', 1])
  await end(world, runner)
})

for (const [verdict, subject] of [
  ['token', 'account/main'],
  ['permission', 'sync/shop-to-pixel'],
] as const) {
  test(`trouble of the kind "${verdict}" pauses ${subject}, spends no try, and nothing is lost`, async () => {
    const world = await aWorld({ calls: 1 })
    const { destination } = scripted(world, () => verdict)
    const runner = await start(world, aSync(destination))
    await world.receive(1, 2)
    await world.time.pass(100)
    await world.receive(3)
    await world.time.pass(HOUR_MS)

    assert.equal(runner.hasEnded(), true)
    assert.equal(destination.calls.length, 1)
    assert.deepEqual(
      (await world.pauses.list()).map((pause) => pause.subject),
      [subject],
    )
    assert.deepEqual(await world.books('shop-to-pixel'), { pending: 3 })
    const waiting = await world.deliveries.of([1, 2])
    assert.deepEqual(
      waiting.map(({ state, attempts }) => [state, attempts]),
      [
        ['retry', 0],
        ['retry', 0],
      ],
    )

    const healed = fakeDestination(world.time.now)
    const second = await start(world, aSync(healed))
    await world.time.pass(1000)
    assert.deepEqual(sent(healed).flat().sort(), [1, 2, 3])
    assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 3 })
    await end(world, second)
  })
}

test('several calls that meet the same end pause once', async () => {
  const world = await aWorld()
  const { answer, open } = gate()
  const runner = await start(world, aSync(fakeDestination(world.time.now, answer)))
  for (const n of [1, 2, 3]) {
    await world.receive(n)
    await world.time.pass(100)
  }

  for (const call of [0, 1, 2]) open(call, 'token')
  await world.time.pass(100)

  assert.equal(runner.hasEnded(), true)
  assert.deepEqual(world.logged, ['error: Paused until a person acts'])
  assert.deepEqual(await world.books('shop-to-pixel'), { pending: 3 })
  await world.state.close()
})

test('a mapping that is refused for every event pauses its sync only, after twenty dead letters', async () => {
  const world = await aWorld({ calls: 1 })
  const destination = fakeDestination(world.time.now, () => 'bad', 100)
  const runner = await start(world, aSync(destination))
  for (let n = 1; n <= 100; n++) await world.receive(n)

  await world.time.pass(HOUR_MS)

  assert.equal(runner.hasEnded(), true)
  assert.deepEqual(
    (await world.pauses.list()).map(({ subject, code }) => [subject, code]),
    [['sync/shop-to-pixel', 'tiktok.mapping_broken']],
  )
  assert.deepEqual(await world.books('shop-to-pixel'), { dead: 20, pending: 80 })
  await world.state.close()
})

test('an outage of a day loses nothing', async () => {
  const world = await aWorld(SLOW)
  let verdict: Verdict = 'unknown'
  const { destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  for (let hour = 0; hour < 24; hour++) {
    await world.receive(hour, 100 + hour)
    await world.time.pass(HOUR_MS)
  }

  verdict = 'ok'
  await world.time.pass(2 * HOUR_MS)

  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 48 })
  await end(world, runner)
})

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
