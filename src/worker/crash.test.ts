import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mortal } from '../../test/mortal.ts'
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
import type { Entry } from '../store/journal.ts'
import { startRunner } from './runner.ts'

const EVENTS = 12
const ROUTES = [aRoute({ matches: ({ n }) => n !== 4 })]
const SETTLED = { delivered: 10, filtered: 1, dead: 1 }

/** Event 4 is for nobody, event 7 is refused, and the first call that carries event 2 is answered with a 503. */
function answers(): (items: readonly string[]) => Verdict {
  let isFirst = true
  const carries = (items: readonly string[], n: number) => items.includes(JSON.stringify({ n }))
  return (items) => {
    if (carries(items, 2) && isFirst) {
      isFirst = false
      return 'unknown'
    }
    return carries(items, 7) ? 'bad' : 'ok'
  }
}

async function isSettled(world: World): Promise<boolean> {
  const { pending = 0, delivered = 0 } = await world.books('shop-to-pixel')
  return pending === 0 && delivered > 0
}

/**
 * Runs until everything is settled or the process is dead, while events `from` on come in; gives the numbers that were
 * sent. Answers take longer than events need to come, so several pages are under way.
 */
async function runOnce(world: World, life: { readonly at: number; readonly done: boolean }, from = EVENTS + 1) {
  const process = mortal(world.parts, life)
  const answer = answers()
  const slowly = (items: readonly string[]) => world.time.wait(90).then(() => answer(items))
  const destination = fakeDestination(world.time.now, slowly, 3)
  const runner = startRunner(
    aSync({ ...destination, write: process.step(destination.write) }, { routes: ROUTES }),
    process.parts,
  )
  for (let n = from; n <= EVENTS; n++) {
    await world.receive(n)
    await world.time.pass(30)
  }
  await world.time.until(async () => process.isDead() || (await isSettled(world)), 600_000)
  await world.time.pass(0)
  return { runner, process, numbers: sent(destination).flat() }
}

/** A world whose sync is attached, so that all events are its business however early the process dies. */
async function anAttachedWorld(): Promise<World> {
  const world = await aWorld({ calls: 3 })
  await world.parts.journal.attach('shop-to-pixel', 'shop', world.parts.queue)
  return world
}

async function stepsOfALife(): Promise<number> {
  const world = await anAttachedWorld()
  const { process } = await runOnce(world, { at: Number.POSITIVE_INFINITY, done: false }, 1)
  assert.deepEqual(await world.books('shop-to-pixel'), SETTLED)
  return process.steps()
}

for (const done of [false, true]) {
  test(`a process that dies ${done ? 'after' : 'before'} any of its steps leaves nothing lost and nothing counted twice`, async () => {
    const steps = await stepsOfALife()
    for (let at = 1; at <= steps; at++) {
      const world = await anAttachedWorld()
      const first = await runOnce(world, { at, done }, 1)
      const settledBefore = await settledNumbers(world)

      const second = await runOnce(world, { at: Number.POSITIVE_INFINITY, done })

      const what = `died ${done ? 'after' : 'before'} step ${at}`
      assert.equal(first.process.isDead(), true, what)
      assert.deepEqual(await world.books('shop-to-pixel'), SETTLED, what)
      assert.deepEqual(await world.books(), SETTLED, what)
      assert.equal(await world.position(), EVENTS, what)
      const again = second.numbers.filter((n) => settledBefore.has(n))
      assert.deepEqual(again, [], `${what}: what was recorded is not sent again`)
      await second.runner.stop()
      await world.state.close()
    }
    assert.ok(steps > 20, `${steps} steps`)
  })
}

/** Numbers of the events whose deliveries are recorded as settled. */
async function settledNumbers(world: World): Promise<Set<number>> {
  const all = await world.deliveries.of(Array.from({ length: EVENTS }, (_, i) => i + 1))
  return new Set(all.filter(({ state }) => state !== 'retry').map(({ seq }) => seq))
}

test('while the books cannot be written nothing more is sent, and what was answered is written once they can', async () => {
  const world = await aWorld({ calls: 3 })
  let isFull = false
  const { journal } = world.parts
  const record = async (entry: Entry) => {
    if (isFull) throw new Error('disk is full')
    await journal.record(entry)
  }
  const { answer, open } = gate()
  const destination = fakeDestination(world.time.now, answer)
  const runner = startRunner(aSync(destination), { ...world.parts, journal: { ...journal, record } })
  await world.time.pass(0)
  for (const n of [1, 2]) {
    await world.receive(n)
    await world.time.pass(100)
  }

  isFull = true
  open(0)
  open(1)
  await world.receive(3, 4)
  await world.time.pass(60_000)
  const whileFull = sent(destination)
  const booksWhileFull = await world.books('shop-to-pixel')
  isFull = false
  await world.time.pass(10_000)
  open(2)
  await world.time.pass(1000)

  assert.deepEqual(whileFull, [[1], [2]])
  assert.deepEqual(booksWhileFull, { pending: 4 })
  assert.deepEqual(sent(destination), [[1], [2], [3, 4]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 4 })
  assert.equal(await world.position(), 4)
  assert.match(world.logged[0]!, /^error: Cannot record what became of events, trying again/)
  await runner.stop()
  await world.state.close()
})

test('a page that was written although its writer was told otherwise is counted once', async () => {
  const world = await aWorld()
  let lies = 2
  const { journal } = world.parts
  const record = async (entry: Entry) => {
    await journal.record(entry)
    if (lies-- > 0) throw new Error('connection lost')
  }
  const runner = startRunner(aSync(fakeDestination(world.time.now)), {
    ...world.parts,
    journal: { ...journal, record },
  })
  await world.time.pass(0)
  await world.receive(1, 2)

  await world.time.pass(20_000)

  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 2 })
  assert.deepEqual(await world.books(), { delivered: 2 })
  await runner.stop()
  await world.state.close()
})

test('a runner that is stopped while the books cannot be written gives up, and the next one sends again', async () => {
  const world = await aWorld()
  const record = () => Promise.reject(new Error('disk is full'))
  const destination = fakeDestination(world.time.now)
  const runner = startRunner(aSync(destination), { ...world.parts, journal: { ...world.parts.journal, record } })
  await world.time.pass(0)
  await world.receive(1)
  await world.time.pass(1000)

  await runner.stop()
  const second = startRunner(aSync(destination), world.parts)
  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [[1], [1]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1 })
  await second.stop()
  await world.state.close()
})

test('a queue that cannot be read ends the run, which begins again and repeats nothing that was under way', async () => {
  const world = await aWorld()
  const { answer, open } = gate()
  const destination = fakeDestination(world.time.now, answer)
  const { queue } = world.parts
  let isBroken = false
  const read: typeof queue.read = async (...args) => {
    if (isBroken) throw new Error('disk I/O error')
    return queue.read(...args)
  }
  const runner = startRunner(aSync(destination), { ...world.parts, queue: { ...queue, read } })
  await world.time.pass(0)
  await world.receive(1)
  await world.time.pass(100)

  isBroken = true
  await world.receive(2)
  await world.time.pass(20_000)
  assert.deepEqual(sent(destination), [[1]], 'the next run waits for what is under way')
  isBroken = false
  open(0)
  await world.time.pass(20_000)
  open(1)
  await world.time.pass(1000)

  assert.deepEqual(sent(destination), [[1], [2]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 2 })
  await runner.stop()
  await world.state.close()
})

test('a destination that breaks costs its items a try and nothing else', async () => {
  const world = await aWorld()
  const destination = fakeDestination(world.time.now, () => 'ok', 1)
  let broken = 2
  const write: typeof destination.write = async (items) => {
    if (items[0]!.text !== '{"n":1}' || broken-- <= 0) return destination.write(items)
    if (broken === 1) throw new TypeError('undefined is not a function')
    return { outcomes: [], stopped: null }
  }
  const runner = startRunner(aSync({ ...destination, write }), world.parts)
  await world.time.pass(0)
  await world.receive(1, 2)
  await world.time.pass(100)
  const [first] = await world.deliveries.of([1])

  await world.time.pass(60_000)

  assert.deepEqual(
    [first!.state, first!.reason?.code, first!.unknown, first!.attempts],
    ['retry', 'delivery.failed', true, 1],
  )
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 2 })
  assert.deepEqual(world.logged, ['error: Sending broke', 'error: Sending broke'])
  await runner.stop()
  await world.state.close()
})
