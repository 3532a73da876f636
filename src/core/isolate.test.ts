import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Receipt, RefusedError, TerminalError, TransientError } from './errors.ts'
import { isolate } from './isolate.ts'

const receipt = (message: string): Receipt => ({
  method: 'POST',
  url: 'http://127.0.0.1/event/track/',
  sentAt: 0,
  durationMs: 1,
  status: 200,
  code: message === 'OK' ? 0 : 40002,
  message,
  requestId: 'r',
  items: 1,
})

type Hint = (some: readonly number[], isBad: (item: number) => boolean) => number | null

/** Another side that refuses any call with a bad item in it, and names an item as `hint` says. */
function otherSide(bad: ReadonlySet<number>, hint: Hint = () => null, message = (item: number) => `bad item ${item}`) {
  const calls: number[][] = []
  const send = async (some: readonly number[]): Promise<Receipt> => {
    calls.push([...some])
    const first = some.find((item) => bad.has(item))
    if (first === undefined) return receipt('OK')
    const index = hint(some, (item) => bad.has(item))
    throw new RefusedError('test.refused', `refused ${first}`, { receipt: receipt(message(first)), index })
  }
  return { calls, send }
}

const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i)

/** The promised ceiling; with nothing bad it is one call. */
const callsMax = (n: number, k: number): number => (k === 0 ? 1 : 2 * k * Math.ceil(Math.log2(n / k)) + 2 * k + 1)

const truthful: Hint = (some, isBad) => some.findIndex(isBad)

const batches = fc
  .integer({ min: 1, max: 1_000 })
  .chain((n) => fc.tuple(fc.constant(n), fc.uniqueArray(fc.nat(n - 1), { maxLength: Math.min(n, 200) })))

async function assertIsolates(n: number, bad: ReadonlySet<number>, hint: Hint): Promise<void> {
  const { calls, send } = otherSide(bad, hint)

  const { outcomes, stopped } = await isolate(range(n), send, 'test.broken')

  assert.equal(stopped, null)
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    range(n).map((item) => (bad.has(item) ? 'rejected' : 'delivered')),
  )
  assert.ok(calls.length <= callsMax(n, bad.size), `${calls.length} calls for ${bad.size} bad of ${n}`)
}

test('each bad item stands alone within the promised number of calls when answers name nothing', () =>
  fc.assert(fc.asyncProperty(batches, ([n, bad]) => assertIsolates(n, new Set(bad), () => null))))

test('each bad item stands alone within the promised number of calls when answers name the first bad item', () =>
  fc.assert(fc.asyncProperty(batches, ([n, bad]) => assertIsolates(n, new Set(bad), truthful))))

test('each bad item stands alone within the promised number of calls when answers name items at random', () =>
  fc.assert(
    fc.asyncProperty(batches, fc.infiniteStream(fc.integer({ min: -1, max: 1_200 })), ([n, bad], indexes) =>
      assertIsolates(n, new Set(bad), () => indexes.next().value ?? null),
    ),
  ))

test('each bad item stands alone within the promised number of calls when answers lie after telling the truth', () =>
  fc.assert(
    fc.asyncProperty(batches, fc.nat(30), ([n, bad], truths) => {
      let named = 0
      const hint: Hint = (some, isBad) => (named++ < truths ? truthful(some, isBad) : some.findIndex((i) => !isBad(i)))
      return assertIsolates(n, new Set(bad), hint)
    }),
  ))

test('every set of bad items among eleven stays within the promise, also after any number of truths and a lie', async () => {
  for (let set = 1; set < 2 ** 11; set++) {
    const bad = new Set(range(11).filter((item) => (set >> item) & 1))
    const truths = set % (bad.size + 1)
    let named = 0
    await assertIsolates(11, bad, (some, isBad) =>
      named++ < truths ? truthful(some, isBad) : some.findIndex((item) => !isBad(item)),
    )
  }
})

test('bad items spread as wide as they can stay within the promise', () =>
  assertIsolates(340, new Set(range(85).map((i) => i * 4)), () => null))

test('a truthful answer costs two calls for each bad item', async () => {
  const { calls, send } = otherSide(new Set([7, 500, 999]), truthful)

  await isolate(range(1_000), send, 'test.broken')

  assert.equal(calls.length, 1 + 2 * 3)
})

test('an item that was named but is accepted alone is delivered, and later names are not followed', async () => {
  const { calls, send } = otherSide(new Set([3]), () => 0)

  const { outcomes } = await isolate(range(8), send, 'test.broken')

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['delivered', 'delivered', 'delivered', 'rejected', 'delivered', 'delivered', 'delivered', 'delivered'],
  )
  assert.deepEqual(calls[1], [0])
  assert.deepEqual(calls[2], [1, 2, 3, 4])
})

test('a rejected item carries the words and the receipt of its own refusal', async () => {
  const { send } = otherSide(new Set([1]))

  const { outcomes } = await isolate(range(3), send, 'test.broken')

  assert.deepEqual(outcomes[1], {
    kind: 'rejected',
    reason: { code: 'test.refused', message: 'refused 1' },
    receipt: receipt('bad item 1'),
  })
})

for (const [name, hint] of [
  ['nothing', () => null],
  ['the first bad item', truthful],
] as const) {
  test(`when every item is bad and answers name ${name}, the search ends after 20 equal refusals and parks the rest`, async () => {
    const { calls, send } = otherSide(new Set(range(1_000)), hint, () => 'same words')

    const { outcomes, stopped } = await isolate(range(1_000), send, 'test.broken')

    assert.ok(stopped instanceof TerminalError)
    assert.equal(stopped.code, 'test.broken')
    assert.equal(outcomes.filter(({ kind }) => kind === 'rejected').length, 20)
    const parked = outcomes.filter((outcome) => outcome.kind === 'postponed')
    assert.equal(parked.length, 980)
    assert.ok(parked.every((outcome) => outcome.reason.code === 'test.broken' && outcome.free && !outcome.unknown))
    assert.ok(calls.length < 70, `${calls.length} calls`)
  })

  test(`thirty equal bad items at the front and answers that name ${name} do not pass for a broken mapping`, async () => {
    const { calls, send } = otherSide(new Set(range(30)), hint, () => 'same words')

    const { outcomes, stopped } = await isolate(range(1_000), send, 'test.broken')

    assert.equal(stopped, null)
    assert.equal(outcomes.filter(({ kind }) => kind === 'delivered').length, 970)
    assert.ok(calls.length <= callsMax(1_000, 30), `${calls.length} calls`)
  })
}

test('items that are refused for different reasons do not pass for a broken mapping', async () => {
  const { send } = otherSide(new Set(range(40)))

  const { outcomes, stopped } = await isolate(range(40), send, 'test.broken')

  assert.equal(stopped, null)
  assert.ok(outcomes.every(({ kind }) => kind === 'rejected'))
})

/** Accepts and refuses like the other side above, then fails at the given call. */
function failingAt(call: number, error: Error, bad: ReadonlySet<number>) {
  const { calls, send } = otherSide(bad)
  const failing = async (some: readonly number[]): Promise<Receipt> => {
    if (calls.length + 1 === call) throw error
    return send(some)
  }
  return failing
}

test('a failure in the middle keeps what is decided and postpones the rest', async () => {
  const error = new TransientError('test.cut', 'cut', {
    certainty: 'unknown',
    retryAfterMs: 5_000,
    receipt: receipt('cut'),
  })
  // Calls: all eight, [0..3] accepted, [4..7] refused, then [4, 5] is cut.
  const send = failingAt(4, error, new Set([6]))

  const { outcomes, stopped } = await isolate(range(8), send, 'test.broken')

  assert.equal(stopped, error)
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['delivered', 'delivered', 'delivered', 'delivered', 'postponed', 'postponed', 'postponed', 'postponed'],
  )
  const reason = { code: 'test.cut', message: 'cut' }
  assert.deepEqual(outcomes[4], {
    kind: 'postponed',
    reason,
    unknown: true,
    free: false,
    retryAfterMs: 5_000,
    receipt: receipt('cut'),
  })
  assert.deepEqual(outcomes[6], {
    kind: 'postponed',
    reason,
    unknown: false,
    free: true,
    retryAfterMs: 5_000,
    receipt: null,
  })
})

test('throttling spends no attempt of any item', async () => {
  const error = new TransientError('test.throttled', 'slow down', { throttled: true })

  const { outcomes, stopped } = await isolate(range(3), failingAt(1, error, new Set()), 'test.broken')

  assert.equal(stopped, error)
  assert.ok(outcomes.every((outcome) => outcome.kind === 'postponed' && outcome.free && !outcome.unknown))
})

test('a terminal failure postpones the undecided items at no cost and is handed to the caller', async () => {
  const error = new TerminalError('test.denied', 'token revoked')

  const { outcomes, stopped } = await isolate(range(4), failingAt(3, error, new Set([0])), 'test.broken')

  assert.equal(stopped, error)
  assert.ok(outcomes.every((outcome) => outcome.kind === 'postponed' && outcome.free && !outcome.unknown))
})

test('every item has an outcome wherever the calls begin to fail', () =>
  fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 1, max: 40 }), async ([n, bad], call) => {
      const send = failingAt(call, new TransientError('test.cut', 'cut'), new Set(bad))

      const { outcomes } = await isolate(range(n), send, 'test.broken')

      assert.equal(outcomes.length, n)
      assert.ok(outcomes.every((outcome, item) => outcome?.kind !== 'delivered' || !bad.includes(item)))
      assert.ok(outcomes.every((outcome, item) => outcome?.kind !== 'rejected' || bad.includes(item)))
      assert.ok(outcomes.every((outcome) => outcome !== undefined))
    }),
  ))

test('no items make no call', async () => {
  const { calls, send } = otherSide(new Set())

  assert.deepEqual(await isolate([], send, 'test.broken'), { outcomes: [], stopped: null })
  assert.equal(calls.length, 0)
})

test('an error that is not about the call is not swallowed', async () => {
  const send = async (): Promise<Receipt> => {
    throw new TypeError('a mistake of ours')
  }

  await assert.rejects(isolate(range(2), send, 'test.broken'), { name: 'TypeError' })
})
