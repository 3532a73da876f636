import type { Destination, Item } from '../src/core/destination.ts'
import { RefusedError, TerminalError, TransientError } from '../src/core/errors.ts'
import { isolate } from '../src/core/isolate.ts'
import { isObject, type JsonObject } from '../src/core/json.ts'
import type { Route, Sync } from '../src/core/sync.ts'
import { type Deliveries, openDeliveries } from '../src/store/deliveries.ts'
import { openJournal } from '../src/store/journal.ts'
import { openPauses, type Pauses } from '../src/store/pauses.ts'
import { openSqliteState, type State } from '../src/store/state.ts'
import { type Runner, type RunnerParts, startRunner } from '../src/worker/runner.ts'
import { aReceipt } from './entries.ts'
import { memoryQueue } from './memory_queue.ts'
import { anEvent, START } from './queue_suite.ts'
import { VirtualTime } from './virtual_time.ts'

/** What a call of the fake destination comes to: accepted, or the error it throws. */
export type Verdict = 'ok' | 'unknown' | 'not_sent' | 'throttled' | 'token' | 'permission' | 'bad'

export interface FakeDestination extends Destination {
  /** Items of every call, in the order of the calls. */
  readonly calls: (readonly string[])[]
  /** Calls under way at the same time, at most. */
  readonly busiest: () => number
}

/** A destination that answers as told: `answer` sees the items of each call and may take its time. */
export function fakeDestination(
  now: () => number,
  answer: (items: readonly string[]) => Verdict | Promise<Verdict> = () => 'ok',
  batchSize = 10,
): FakeDestination {
  const calls: (readonly string[])[] = []
  let underWay = 0
  let busiest = 0

  async function send(items: readonly Item[]) {
    const texts = items.map(({ text }) => text)
    calls.push(texts)
    busiest = Math.max(busiest, ++underWay)
    const sentAt = now()
    try {
      const verdict = await answer(texts)
      const receipt = aReceipt({ sentAt, items: items.length, message: verdict })
      throwIfBad(verdict, receipt)
      return receipt
    } finally {
      underWay--
    }
  }

  return {
    fields: {},
    batchSize,
    calls,
    busiest: () => busiest,
    prepare: (row) => ({
      kind: 'ready',
      item: { text: JSON.stringify(row), batchKey: String(row['key'] ?? '') },
      warnings: [],
    }),
    explain: () => [],
    request: () => ({ method: 'POST', url: '', body: '' }),
    write: (items) => isolate(items, send, 'tiktok.mapping_broken'),
  }
}

function throwIfBad(verdict: Verdict, receipt: ReturnType<typeof aReceipt>): void {
  switch (verdict) {
    case 'ok':
      return
    case 'unknown':
    case 'not_sent':
      throw new TransientError('tiktok.server_error', 'HTTP 503', { certainty: verdict, receipt })
    case 'throttled':
      throw new TransientError('tiktok.throttled', 'Slow down', { throttled: true, retryAfterMs: 7000, receipt })
    case 'token':
      throw new TerminalError('tiktok.token_invalid', 'Connect the account again', { receipt })
    case 'permission':
      throw new TerminalError('tiktok.no_permission', 'Give the account access', { receipt })
    case 'bad':
      throw new RefusedError('tiktok.refused', 'Wrong currency', { receipt })
  }
}

/** A route that takes every event and sends its `n`. */
export function aRoute(more: Partial<Route> = {}): Route {
  return { name: 'all', enabled: true, matches: () => true, map: ({ n }) => ({ n: n! }), ...more }
}

export function aSync(destination: Destination, more: Partial<Sync> = {}): Sync {
  const name = more.name ?? 'shop-to-pixel'
  return { name, source: 'shop', revision: 1, version: '1', routes: [aRoute()], destination, account: 'main', ...more }
}

/** A worker's surroundings: a queue and a state in memory, and time that passes when told. */
export interface World {
  readonly time: VirtualTime
  readonly parts: RunnerParts
  readonly state: State
  readonly deliveries: Deliveries
  readonly pauses: Pauses
  /** Lines of the log. */
  readonly logged: string[]
  /** Hands in events `{ n }` with these numbers. */
  readonly receive: (...numbers: number[]) => Promise<void>
  readonly receiveRaw: (payload: string) => Promise<void>
  /** The books of the sync, or of the source when there is none of the name. */
  readonly books: (sync?: string) => Promise<Record<string, number>>
  readonly position: (sync?: string) => Promise<number>
}

export async function aWorld({
  slowness = 1,
  ...more
}: Partial<RunnerParts> & { slowness?: number } = {}): Promise<World> {
  const time = new VirtualTime(START, slowness)
  const state = await openSqliteState(':memory:')
  const queue = memoryQueue()
  const journal = openJournal(state)
  const pauses = openPauses(state)
  const logged: string[] = []
  let events = 0
  const receiveRaw = async (payload: string) => {
    await queue.add([anEvent({ messageId: `m${++events}`, receivedAt: time.now(), payload })])
  }
  return {
    time,
    state,
    pauses,
    logged,
    deliveries: openDeliveries(state),
    parts: {
      queue,
      journal,
      pauses,
      now: time.now,
      wait: time.wait,
      random: () => 0.5,
      flushMs: 0,
      calls: 4,
      log: (level, message) => logged.push(`${level}: ${message}`),
      ...more,
    },
    async receive(...numbers) {
      for (const n of numbers) await receiveRaw(JSON.stringify({ n }))
    },
    receiveRaw,
    async books(sync) {
      const { accepted, duplicate } = await queue.intake('shop')
      const verdicts = await journal.verdicts(sync ? 'sync' : 'source', sync ?? 'shop')
      const settled = Object.values(verdicts).reduce((sum, count) => sum + count, duplicate)
      const base = sync ? await journal.base(sync) : { accepted: 0, duplicate: 0 }
      const books = { ...verdicts, pending: accepted - base.accepted + base.duplicate - settled }
      return Object.fromEntries(Object.entries(books).filter(([, count]) => count !== 0))
    },
    async position(sync = 'shop-to-pixel') {
      return (await journal.readers()).find((reader) => reader.sync === sync)!.position
    },
  }
}

/** Numbers of the events that were sent, call by call. */
export const sent = ({ calls }: FakeDestination): number[][] =>
  calls.map((texts) => texts.map((text) => numberIn(JSON.parse(text))))

function numberIn(row: unknown): number {
  return isObject(row) ? ((row as JsonObject)['n'] as number) : Number.NaN
}

/** Answers that a test gives when it wants to, in any order. */
export function gate(): {
  readonly answer: (items: readonly string[]) => Promise<Verdict>
  readonly open: (call: number, verdict?: Verdict) => void
} {
  const waiting: ((verdict: Verdict) => void)[] = []
  return {
    answer: () => new Promise((resolve) => waiting.push(resolve)),
    open: (call, verdict = 'ok') => waiting[call]!(verdict),
  }
}

/** Starts a sync; it is attached when this resolves, so that whatever is received then is its business. */
export async function start(world: World, sync: Sync): Promise<Runner> {
  const runner = startRunner(sync, world.parts)
  await world.time.pass(0)
  return runner
}

/** Stops a runner, gives its calls time to end, and forgets the world. */
export async function end(world: World, runner: Runner): Promise<void> {
  const stopped = runner.stop()
  await world.time.pass(60_000)
  await stopped
  await world.state.close()
}

/** A destination whose calls come to `verdict()`, and when each was made, in milliseconds since the start. */
export function scripted(world: World, verdict: () => Verdict): { times: number[]; destination: FakeDestination } {
  const times: number[] = []
  const answer = (): Verdict => {
    times.push(world.time.now() - START)
    return verdict()
  }
  return { times, destination: fakeDestination(world.time.now, answer) }
}
