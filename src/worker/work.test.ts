import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aSync,
  aWorld,
  type FakeDestination,
  fakeDestination,
  gate,
  sent,
  type World,
} from '../../test/worker_parts.ts'
import type { Sync } from '../core/sync.ts'
import { work } from './work.ts'

/** A worker at work, and its configuration, which a test may change. */
interface Company {
  readonly world: World
  /** Syncs that are configured; those that run are not paused. */
  syncs: Sync[]
  version: string
  broken: boolean
  /** Names of those that are switched off. */
  readonly off: Set<string>
  readonly stop: () => Promise<void>
  readonly end: () => Promise<void>
}

async function aCompany(syncs: Sync[], world: World): Promise<Company> {
  const stopped = new AbortController()
  const company: Company = { world, syncs, version: '1', broken: false, off: new Set(), stop, end }
  const isPaused = async ({ name, account }: Sync) => {
    const subjects = (await world.pauses.list()).map(({ subject }) => subject)
    return subjects.includes(`sync/${name}`) || subjects.includes(`account/${account}`)
  }
  const working = work({
    ...world.parts,
    stopped: stopped.signal,
    async version() {
      if (company.broken) throw new Error('database is locked')
      return company.version
    },
    async loadSyncs() {
      const paused = await Promise.all(company.syncs.map(isPaused))
      return company.syncs.filter(({ name }, i) => !paused[i] && !company.off.has(name))
    },
    syncNames: async () => company.syncs.map(({ name }) => name),
  })
  async function stop(): Promise<void> {
    stopped.abort()
    await world.time.pass(60_000)
    await working
  }
  async function end(): Promise<void> {
    await stop()
    await world.state.close()
  }
  await world.time.pass(1000)
  return company
}

async function aCompanyOf(more: Partial<Sync> = {}, answer?: Parameters<typeof fakeDestination>[1]) {
  const world = await aWorld()
  const destination = fakeDestination(world.time.now, answer)
  const company = await aCompany([aSync(destination, more)], world)
  return { world, destination, company }
}

const changed = (company: Company, destination: FakeDestination, more: Partial<Sync> = {}): void => {
  company.syncs = [aSync(destination, { version: '2', revision: 2, ...more })]
  company.version = '2'
}

test('a sync that is changed goes on where it was, once what was under way is recorded', async () => {
  const { answer, open } = gate()
  const { world, destination, company } = await aCompanyOf({}, answer)
  await world.receive(1)
  await world.time.pass(100)

  const next = fakeDestination(world.time.now)
  changed(company, next)
  await world.time.pass(1000)
  await world.receive(2)
  await world.time.pass(5000)
  assert.deepEqual([sent(destination), sent(next)], [[[1]], []], 'the change waits for the call')
  open(0)
  await world.time.pass(1000)

  assert.deepEqual([sent(destination), sent(next)], [[[1]], [[2]]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 2 })
  const all = await world.deliveries.of([1, 2])
  assert.deepEqual(
    all.map(({ revision }) => revision),
    [1, 2],
  )
  await company.end()
})

test('a change of one sync leaves the others alone', async () => {
  const world = await aWorld()
  const { answer, open } = gate()
  const steady = fakeDestination(world.time.now, answer)
  const other = fakeDestination(world.time.now)
  const company = await aCompany([aSync(steady, { name: 'steady' }), aSync(other, { name: 'other' })], world)
  await world.receive(1)
  await world.time.pass(100)

  company.syncs = [company.syncs[0]!, aSync(other, { name: 'other', version: '2' })]
  company.version = '2'
  await world.time.pass(1000)
  await world.receive(2)
  await world.time.pass(1000)

  assert.deepEqual(sent(steady), [[1], [2]], 'it goes on with a call under way')
  assert.deepEqual(sent(other), [[1], [2]])
  open(0)
  open(1)
  await company.end()
})

test('a sync that is switched off sends nothing, and what came meanwhile when it is on again', async () => {
  const { world, destination, company } = await aCompanyOf()
  company.off.add('shop-to-pixel')
  company.version = '2'
  await world.time.pass(1000)
  await world.receive(1)
  await world.time.pass(5000)
  const whileOff = sent(destination)

  company.off.clear()
  company.version = '3'
  await world.time.pass(1000)

  assert.deepEqual(whileOff, [])
  assert.deepEqual(sent(destination), [[1]])
  await company.end()
})

test('an account that is paused holds all its syncs, and resuming it sends what waited', async () => {
  const world = await aWorld()
  let isRevoked = true
  const verdict = () => (isRevoked ? 'token' : 'ok')
  const [one, two] = [fakeDestination(world.time.now, verdict), fakeDestination(world.time.now)]
  const company = await aCompany([aSync(one, { name: 'one' }), aSync(two, { name: 'two' })], world)
  await world.receive(1)
  await world.time.pass(100)
  company.version = '1 account/main'
  await world.time.pass(1000)
  await world.receive(2)
  await world.time.pass(5000)
  assert.deepEqual([sent(one), sent(two)], [[[1]], [[1]]])

  isRevoked = false
  await world.pauses.resume('account/main')
  company.version = '1'
  await world.time.pass(1000)

  assert.deepEqual(await world.books('one'), { delivered: 2 })
  assert.deepEqual(await world.books('two'), { delivered: 2 })
  await company.end()
})

test('a pause that ends before anybody looked does not stop the sync for good', async () => {
  let isRevoked = true
  const { world, company } = await aCompanyOf({}, () => (isRevoked ? 'token' : 'ok'))
  await world.receive(1)
  await world.time.pass(100)

  isRevoked = false
  await world.pauses.resume('account/main')
  await world.time.pass(2000)

  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1 })
  await company.end()
})

test('while the configuration cannot be read nothing is sent, since it may have changed, and all of it afterwards', async () => {
  const { world, destination, company } = await aCompanyOf()

  company.broken = true
  await world.receive(1)
  await world.time.pass(20_000)
  const whileBroken = sent(destination)
  company.broken = false
  await world.time.pass(10_000)

  assert.deepEqual(whileBroken, [])
  assert.deepEqual(sent(destination), [[1]])
  assert.ok(world.logged.includes('error: Cannot read the configuration, trying again'))
  await company.end()
})

test('an event that comes after a change is never sent as before it', async () => {
  const { world, destination, company } = await aCompanyOf()
  await world.receive(1)
  await world.time.pass(100)

  const next = fakeDestination(world.time.now)
  changed(company, next)
  await world.receive(2)
  await world.time.pass(1000)

  assert.deepEqual([sent(destination), sent(next)], [[[1]], [[2]]])
  await company.end()
})

test('a sync that is removed leaves its source with nothing open', async () => {
  const world = await aWorld()
  const failing = fakeDestination(world.time.now, () => 'unknown')
  const fine = fakeDestination(world.time.now)
  const syncs = [aSync(failing, { name: 'failing' }), aSync(fine, { name: 'fine' })]
  const company = await aCompany(syncs, world)
  await world.receive(1)
  await world.time.pass(100)
  await world.receive(2)
  await world.time.pass(100)

  company.syncs = [syncs[1]!]
  company.version = '2'
  await world.time.pass(2000)
  await world.receive(3)
  await world.time.pass(1000)

  const readers = await world.parts.journal.readers()
  assert.deepEqual(
    readers.map(({ sync }) => sync),
    ['fine'],
  )
  assert.deepEqual(await world.books('failing').then(({ pending: _, ...books }) => books), { dead: 1, filtered: 1 })
  assert.deepEqual(await world.books('fine'), { delivered: 3 })
  assert.deepEqual(await world.books(), { dead: 1, delivered: 2 })
  await company.end()
})

test('a sync that is removed is only settled once its calls are recorded', async () => {
  const { answer, open } = gate()
  const { world, company } = await aCompanyOf({}, answer)
  await world.receive(1)
  await world.time.pass(100)

  company.syncs = []
  company.version = '2'
  await world.time.pass(2000)
  await world.receive(2)
  open(0)
  await world.time.pass(2000)

  assert.deepEqual(await world.parts.journal.readers(), [])
  const all = await world.deliveries.of([1, 2])
  assert.deepEqual(
    all.map(({ seq, state, calls }) => [seq, state, calls.length]),
    [
      [1, 'delivered', 1],
      [2, 'filtered', 0],
    ],
  )
  await company.end()
})

test('a worker that ends waits for its calls, and all of them are recorded', async () => {
  const { answer, open } = gate()
  const { world, destination, company } = await aCompanyOf({}, answer)
  await world.receive(1)
  await world.time.pass(100)

  const stopped = company.stop()
  open(0)
  await stopped

  assert.deepEqual(sent(destination), [[1]])
  assert.deepEqual(await world.books('shop-to-pixel'), { delivered: 1 })
  await world.state.close()
})
