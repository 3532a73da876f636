import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aSync,
  aWorld,
  end,
  fakeDestination,
  gate,
  scripted,
  sent,
  start,
  type Verdict,
} from '../../test/worker_parts.ts'

const HOUR_MS = 3_600_000
// One look a minute instead of one every 50 ms: days pass in a moment.
const SLOW = { slowness: 1200 }

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

test('while calls fail, new events and retries do not ask at the same time', async () => {
  const world = await aWorld()
  const { answer, open } = gate()
  const destination = fakeDestination(world.time.now, answer)
  const runner = await start(world, aSync(destination))
  await world.receive(1)
  await world.time.pass(100)
  open(0, 'unknown')
  await world.receive(2)

  await world.time.pass(10_000)
  assert.deepEqual(sent(destination), [[1], [1]])
  open(1)
  await world.time.pass(1000)
  assert.deepEqual(sent(destination), [[1], [1], [2]])
  open(2)
  await end(world, runner)
})

test('calls that fail together are one failure, and one that works ends the row of failures', async () => {
  const world = await aWorld({ random: () => 1 })
  const { answer, open } = gate()
  const runner = await start(world, aSync(fakeDestination(world.time.now, answer)))
  const waitOf = async () => (await world.parts.journal.readers())[0]!.failing!.retryAt - world.time.now()
  for (const n of [1, 2, 3]) {
    await world.receive(n)
    await world.time.pass(100)
  }

  for (const call of [0, 1, 2]) open(call, 'unknown')
  await world.time.pass(0)
  assert.equal(await waitOf(), 1000)
  await world.time.pass(3000)
  open(3)
  await world.time.pass(1000)
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 3 })
  await world.receive(4)
  await world.time.pass(100)
  open(4, 'unknown')
  await world.time.pass(0)
  assert.equal(await waitOf(), 1000)

  await world.time.pass(5000)
  open(5)
  await end(world, runner)
})

test('a sync that was told to come back later makes no other call before', async () => {
  const world = await aWorld()
  let verdict: Verdict = 'throttled'
  const { times, destination } = scripted(world, () => verdict)
  const runner = await start(world, aSync(destination))
  await world.receive(1)
  await world.time.pass(100)

  verdict = 'ok'
  await world.receive(2)
  await world.time.pass(20_000)

  assert.ok(times.length >= 2 && times[1]! - times[0]! >= 7000, String(times))
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 2 })
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
