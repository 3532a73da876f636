import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aRoute,
  aSync,
  aWorld,
  end,
  type FakeDestination,
  fakeDestination,
  gate,
  sent,
  start,
  type Verdict,
  type World,
} from '../../test/worker_parts.ts'
import type { Sync } from '../core/sync.ts'
import type { Runner } from './runner.ts'

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** A runner, its world and its destination; the sync is attached when this resolves. */
async function running(
  answer?: (items: readonly string[]) => Verdict | Promise<Verdict>,
  {
    world: more = {},
    sync = {},
    batchSize,
  }: { world?: Parameters<typeof aWorld>[0]; sync?: Partial<Sync>; batchSize?: number } = {},
): Promise<{ world: World; destination: FakeDestination; runner: Runner }> {
  const world = await aWorld(more)
  const destination = fakeDestination(world.time.now, answer, batchSize)
  const runner = await start(world, aSync(destination, sync))
  return { world, destination, runner }
}

test('events travel together, as many as a request may carry, and are counted delivered', async () => {
  const { world, destination, runner } = await running(undefined, { batchSize: 10 })
  await world.receive(...range(1, 25))

  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [range(1, 10), range(11, 20), range(21, 25)])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 25 })
  assert.deepEqual(await world.books(), { delivered: 25 })
  assert.equal(await world.position(), 25)
  const [delivery] = await world.deliveries.of([25])
  assert.equal((await world.deliveries.calls(delivery!.calls))[0]!.items, 5)
  await end(world, runner)
})

test('items that must not share a request do not', async () => {
  const routes = [aRoute({ map: ({ n }) => ({ n: n!, key: (n as number) % 2 ? 'odd' : 'even' }) })]
  const { world, destination, runner } = await running(undefined, { sync: { routes } })
  await world.receive(1, 2, 3, 4)

  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [
    [1, 3],
    [2, 4],
  ])
  await end(world, runner)
})

test('several requests are under way at the same time, and no more than allowed', async () => {
  const { answer, open } = gate()
  const { world, destination, runner } = await running(answer, { world: { calls: 3 } })
  for (const n of range(1, 5)) {
    await world.receive(n)
    await world.time.pass(100)
  }

  assert.deepEqual(sent(destination), [[1], [2], [3]])
  open(0)
  await world.time.pass(100)
  assert.deepEqual(sent(destination), [[1], [2], [3], [4, 5]])
  assert.equal(destination.busiest(), 3)
  for (const call of [1, 2, 3]) open(call)
  await end(world, runner)
})

test('the place moves in the order of reading, whatever order the answers come in', async () => {
  const { answer, open } = gate()
  const { world, runner } = await running(answer)
  for (const n of [1, 2, 3]) {
    await world.receive(n)
    await world.time.pass(100)
  }
  const places: number[] = []
  for (const call of [1, 2, 0]) {
    open(call)
    await world.time.pass(100)
    places.push(await world.position())
  }

  assert.deepEqual(places, [0, 0, 3])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 3 })
  await end(world, runner)
})

test('a run that follows one that died leaves out nothing and repeats only what was not recorded', async () => {
  const { answer, open } = gate()
  const { world, destination } = await running(answer)
  for (const n of [1, 2, 3]) {
    await world.receive(n)
    await world.time.pass(100)
  }
  open(1)
  await world.time.pass(100)

  const next = fakeDestination(world.time.now)
  const runner = await start(world, aSync(next))
  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [[1], [2], [3]])
  assert.deepEqual(sent(next), [[1, 3]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 3 })
  assert.equal(await world.position(), 3)
  await end(world, runner)
})

test('what no mapping takes is filtered, what a mapping cannot make is dead, and the rest flows', async () => {
  const fails = (): never => {
    throw new Error('too deep')
  }
  const routes = [
    aRoute({ name: 'off', enabled: false }),
    aRoute({
      name: 'all',
      matches: ({ n }) => n !== 2,
      map: (event) => (event['n'] === 3 ? fails() : { n: event['n']! }),
    }),
    aRoute({ name: 'poisoned', matches: ({ n }) => (n === 4 ? fails() : false) }),
  ]
  const { world, destination, runner } = await running(undefined, { sync: { routes } })
  await world.receive(1, 2, 3, 4, 5)
  await world.receiveRaw('{"cut":')
  await world.receiveRaw('7')

  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [[1, 4, 5]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 2, filtered: 1, dead: 4 })
  const all = await world.deliveries.of(range(1, 7))
  assert.deepEqual(
    all.map(({ seq, mapping, state, reason }) => [seq, mapping, state, reason?.code]),
    [
      [1, 'all', 'delivered', undefined],
      [2, '', 'filtered', undefined],
      [3, 'all', 'dead', 'mapping.failed'],
      [4, 'all', 'delivered', undefined],
      [4, 'poisoned', 'dead', 'mapping.failed'],
      [5, 'all', 'delivered', undefined],
      [6, '', 'dead', 'mapping.failed'],
      [7, '', 'dead', 'mapping.failed'],
    ],
  )
  await end(world, runner)
})

test('one bad event among many is dead with the words of the refusal, the others are delivered', async () => {
  const isBad = (text: string) => text === '{"n":7}'
  const { world, runner } = await running((items) => (items.some(isBad) ? 'bad' : 'ok'))
  await world.receive(...range(1, 10))

  await world.time.pass(1000)

  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 9, dead: 1 })
  const [dead] = await world.deliveries.of([7])
  assert.deepEqual([dead!.state, dead!.reason?.code, dead!.attempts], ['dead', 'tiktok.refused', 1])
  await end(world, runner)
})

test('a first handful waits for company, but no longer than it was told to', async () => {
  const { world, destination, runner } = await running(undefined, { world: { flushMs: 250 } })
  await world.receive(1)
  await world.time.pass(100)
  await world.receive(2)
  await world.time.pass(140)
  assert.deepEqual(sent(destination), [])

  await world.time.pass(60)
  assert.deepEqual(sent(destination), [[1, 2]])
  await end(world, runner)
})

test('a runner that is stopped while a handful waits sends nothing, and the next one sends it', async () => {
  const { world, destination, runner } = await running(undefined, { world: { flushMs: 250 } })
  await world.receive(1)
  await world.time.pass(100)

  await runner.stop()

  assert.deepEqual(sent(destination), [])
  assert.equal(runner.hasEnded(), true)
  const second = await start(world, aSync(destination))
  await world.time.pass(300)
  assert.deepEqual(sent(destination), [[1]])
  await end(world, second)
})

test('stopping lets what is under way end, records it, and reads no more', async () => {
  const { answer, open } = gate()
  const { world, destination, runner } = await running(answer)
  await world.receive(1)
  await world.time.pass(100)

  const stopped = runner.stop()
  await world.receive(2)
  await world.time.pass(1000)
  assert.equal(runner.hasEnded(), false)
  open(0)
  await world.time.pass(0)
  await stopped

  assert.deepEqual(sent(destination), [[1]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1, pending: 1 })
  await world.state.close()
})

test('a slow sync does not hold up another one', async () => {
  const world = await aWorld()
  const slow = fakeDestination(world.time.now, () => world.time.wait(30_000).then(() => 'ok'), 1)
  const fast = fakeDestination(world.time.now, () => world.time.wait(100).then(() => 'ok'), 1)
  const runners = [await start(world, aSync(slow, { name: 'slow' })), await start(world, aSync(fast, { name: 'fast' }))]

  for (const n of range(1, 20)) {
    await world.receive(n)
    await world.time.pass(200)
    assert.equal((await world.books('fast'))['delivered'], n, 'each is delivered before the next one comes')
  }

  assert.ok(((await world.books('slow'))['delivered'] ?? 0) === 0)
  for (const runner of runners) void runner.stop()
  await world.time.pass(60_000)
  await world.state.close()
})
