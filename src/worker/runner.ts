import type { Written } from '../core/destination.ts'
import { type CallError, type Receipt, TerminalError, TransientError } from '../core/errors.ts'
import type { Sync } from '../core/sync.ts'
import type { DeliveryRecord, Failing, Journal } from '../store/journal.ts'
import type { Pause, Pauses } from '../store/pauses.ts'
import type { Queue, QueuedEvent } from '../store/queue.ts'
import { backoffMs } from './backoff.ts'
import { mapDue, mapFresh, type Page } from './page.ts'
import { type Moment, type Parcel, settle } from './settle.ts'

export interface RunnerParts {
  readonly queue: Queue
  readonly journal: Journal
  readonly pauses: Pauses
  readonly now: () => number
  readonly random: () => number
  /** Resolves after so many milliseconds, or at once when `stopped` fires. */
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>
  /** Longest an event waits for company. */
  readonly flushMs: number
  /** Requests under way at the same time. */
  readonly calls: number
  readonly log: Log
}

/** One line of the log: what happened, and ids and counts. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, more: object) => void

export interface Runner {
  /** Stops reading, lets what is under way end, and resolves when all of it is recorded. */
  stop(): Promise<void>
  /** True once it runs no more: stopped, or paused until a person acts. */
  hasEnded(): boolean
}

const READ_EVENTS = 1000
// A page ends after so many events even when hardly any of them is for this sync.
const PAGE_EVENTS = 10_000
const IDLE_MS = 50
const RESTART_MS = 5000

/**
 * Runs one sync: reads its source's queue in pages, maps, sends several pages at a time, and records what became of
 * each. One runner per sync; runners share nothing, so a slow destination delays nobody else.
 */
export function startRunner(sync: Sync, parts: RunnerParts, after: Promise<void> = Promise.resolve()): Runner {
  const stopped = new AbortController()
  let ended = false
  const running = after
    .then(() => keepRunning(sync, parts, stopped.signal))
    .finally(() => {
      ended = true
    })
  return {
    hasEnded: () => ended,
    stop() {
      stopped.abort()
      return running
    },
  }
}

/** A full disk or a bug ends a run; what it had not recorded is read again by the next one. */
async function keepRunning(sync: Sync, parts: RunnerParts, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    try {
      await new Run(sync, parts, stopped).loop()
      return
    } catch (error) {
      parts.log('error', 'Sync stopped, starting again', { sync: sync.name, error })
      await parts.wait(RESTART_MS, stopped)
    }
  }
}

/** A page on its way; `end` is null for one that is tried again. */
interface Unit {
  readonly end: number | null
  recorded: boolean
}

class Run {
  readonly #sync: Sync
  readonly #parts: RunnerParts
  readonly #stopped: AbortSignal
  /** Everything up to here was read by this run. */
  #read = 0
  /** Recorded by an earlier run, beyond the place it had reached. */
  #skip: ReadonlySet<number> = new Set()
  /** Pages in the order they were read; the reader's place moves when the first ones are recorded. */
  #units: Unit[] = []
  #underWay = new Set<Promise<void>>()
  #retrying = false
  #failures = 0
  #failing: Failing | null = null
  #paused = false
  #crash: unknown = null
  /** Records are written one after another, so that the place never runs ahead of the deliveries. */
  #recording: Promise<void> = Promise.resolve()

  constructor(sync: Sync, parts: RunnerParts, stopped: AbortSignal) {
    this.#sync = sync
    this.#parts = parts
    this.#stopped = stopped
  }

  async loop(): Promise<void> {
    await this.#start()
    while (!this.#stopped.aborted) {
      if (this.#paused || this.#crash !== null) break
      if (await this.#mustWait()) continue
      const started = (await this.#startRetry()) || (await this.#startFresh())
      if (!started) await this.#wait(IDLE_MS)
    }
    await Promise.all(this.#underWay)
    if (this.#crash !== null) throw this.#crash
  }

  async #start(): Promise<void> {
    const { queue, journal } = this.#parts
    const { name, source } = this.#sync
    const reader = await journal.attach(name, source, queue)
    this.#read = reader.position
    this.#failing = reader.failing
    this.#skip = await journal.recordedAfter(name, reader.position)
  }

  async #mustWait(): Promise<boolean> {
    const { now, calls } = this.#parts
    if (this.#failing && this.#failing.retryAt > now()) {
      await this.#wait(Math.min(this.#failing.retryAt - now(), 1000))
      return true
    }
    // While calls fail one page at a time asks whether they work again.
    if (this.#underWay.size < (this.#failing ? 1 : calls)) return false
    await Promise.race(this.#underWay)
    return true
  }

  async #startRetry(): Promise<boolean> {
    if (this.#retrying) return false
    const { queue, journal, now } = this.#parts
    const due = await journal.due(this.#sync.name, now(), READ_EVENTS)
    if (due.length === 0) return false
    this.#retrying = true
    const events = await queue.get([...new Set(due.map(({ seq }) => seq))])
    this.#launch(mapDue(this.#sync, due, events, now()), { end: null, recorded: false })
    return true
  }

  async #startFresh(): Promise<boolean> {
    const page = await this.#readPage()
    if (page === null) return false
    const unit = { end: this.#read, recorded: false }
    this.#units.push(unit)
    this.#launch(page, unit)
    return true
  }

  /** Reads until a request is full, the queue is at its end, or enough events have been looked at; null when there are none. */
  async #readPage(): Promise<Page | null> {
    const { batchSize } = this.#sync.destination
    const page: Page = { parcels: [], decided: [], rematched: [] }
    let seen = 0
    while (page.parcels.length < batchSize && seen < PAGE_EVENTS) {
      const events = await this.#readEvents(seen === 0)
      if (events.length === 0) break
      seen += events.length
      this.#read = events.at(-1)!.seq
      const unseen = this.#skip.size === 0 ? events : events.filter(({ seq }) => !this.#skip.has(seq))
      const mapped = mapFresh(this.#sync, unseen, this.#parts.now())
      page.parcels.push(...mapped.parcels)
      page.decided.push(...mapped.decided)
      if (events.length < READ_EVENTS) break
    }
    return seen === 0 ? null : page
  }

  /** The next events; a first handful waits a moment for company. */
  async #readEvents(first: boolean): Promise<readonly QueuedEvent[]> {
    const { queue, flushMs, now } = this.#parts
    const read = () => queue.read(this.#sync.source, this.#read, READ_EVENTS)
    const events = await read()
    const oldest = events[0]
    if (!first || !oldest || events.length === READ_EVENTS) return events
    const left = Math.min(flushMs, oldest.receivedAt + flushMs - now())
    if (left <= 0) return events
    await this.#wait(left)
    return read()
  }

  #launch(page: Page, unit: Unit): void {
    const work = this.#deliver(page, unit)
      .catch((error: unknown) => {
        this.#crash ??= error
      })
      .finally(() => {
        this.#underWay.delete(work)
        if (unit.end === null) this.#retrying = false
      })
    this.#underWay.add(work)
  }

  async #deliver(page: Page, unit: Unit): Promise<void> {
    const receipts: Receipt[] = []
    const records: DeliveryRecord[] = [...page.decided]
    let stopped: CallError | null = null
    for (const parcels of batches(page.parcels, this.#sync.destination.batchSize)) {
      const written: Written = stopped ? untouched(parcels, stopped) : await this.#write(parcels)
      stopped ??= written.stopped
      records.push(...settle(parcels, written, receipts, this.#moment()))
    }
    await this.#record(records, page.rematched, receipts, unit)
    if (page.parcels.length > 0) await this.#learn(stopped)
  }

  #moment(): Moment {
    return { now: this.#parts.now(), random: this.#parts.random }
  }

  #write(parcels: readonly Parcel[]): Promise<Written> {
    return this.#sync.destination.write(parcels.map(({ item }) => item))
  }

  #record(
    deliveries: readonly DeliveryRecord[],
    rematched: readonly number[],
    calls: readonly Receipt[],
    unit: Unit,
  ): Promise<void> {
    const { journal, now } = this.#parts
    const { name, source, revision } = this.#sync
    this.#recording = this.#recording.then(async () => {
      unit.recorded = true
      const fresh = unit.end !== null
      const entry = { sync: name, source, revision, fresh, deliveries, rematched, calls, now: now() }
      await journal.record({ ...entry, position: this.#positionReached() })
      this.#units = this.#units.slice(this.#recordedAtFront())
    })
    return this.#recording
  }

  #recordedAtFront(): number {
    const open = this.#units.findIndex(({ recorded }) => !recorded)
    return open < 0 ? this.#units.length : open
  }

  #positionReached(): number | null {
    return this.#units[this.#recordedAtFront() - 1]?.end ?? null
  }

  /** What the last calls say about the next ones. */
  async #learn(stopped: CallError | null): Promise<void> {
    if (stopped instanceof TerminalError) return this.#pause(stopped)
    if (stopped instanceof TransientError) return this.#backOff(stopped)
    if (stopped === null && this.#failing) {
      this.#failures = 0
      this.#failing = null
      await this.#parts.journal.setFailing(this.#sync.name, null)
    }
  }

  async #pause(error: TerminalError): Promise<void> {
    const { pauses, now, log } = this.#parts
    const pause: Pause = {
      subject: pausedSubject(this.#sync, error),
      since: now(),
      code: error.code,
      message: error.message,
    }
    this.#paused = true
    await pauses.pause(pause)
    log('error', 'Paused until a person acts', pause)
  }

  async #backOff(error: TransientError): Promise<void> {
    const { journal, now, random, log } = this.#parts
    // Several calls under way fail together; only the first of them counts.
    if (this.#failing && this.#failing.retryAt > now()) return
    this.#failures++
    const waitMs = Math.max(error.retryAfterMs ?? 0, 1000, backoffMs(this.#failures, random))
    const since = this.#failing?.since ?? now()
    this.#failing = { since, retryAt: now() + waitMs, message: error.message }
    await journal.setFailing(this.#sync.name, this.#failing)
    log('warn', 'Calls fail, waiting', { sync: this.#sync.name, code: error.code, waitMs })
  }

  #wait(ms: number): Promise<void> {
    return this.#parts.wait(ms, this.#stopped)
  }
}

/** Token trouble stops the whole account; a missing permission or a broken mapping only this sync. */
function pausedSubject(sync: Sync, error: TerminalError): string {
  return error.code === 'tiktok.token_invalid' ? `account/${sync.account}` : `sync/${sync.name}`
}

/** Parcels that may share a request, at most `size` together. */
function* batches(parcels: readonly Parcel[], size: number): Generator<readonly Parcel[]> {
  const byKey = Map.groupBy(parcels, ({ item }) => item.batchKey)
  for (const alike of byKey.values()) {
    for (let start = 0; start < alike.length; start += size) yield alike.slice(start, start + size)
  }
}

/** Outcomes of parcels whose turn never came because an earlier call of their page failed. */
function untouched(parcels: readonly Parcel[], { code, message }: CallError): Written {
  const postponed = {
    kind: 'postponed',
    reason: { code, message },
    unknown: false,
    free: true,
    retryAfterMs: null,
    receipt: null,
  } as const
  return { outcomes: parcels.map(() => postponed), stopped: null }
}
