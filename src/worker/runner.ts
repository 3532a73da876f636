import type { Written } from '../core/destination.ts'
import { type CallError, type Receipt, TerminalError, TransientError } from '../core/errors.ts'
import type { Reason } from '../core/outcome.ts'
import type { Sync } from '../core/sync.ts'
import type { DeliveryRecord, Journal } from '../store/journal.ts'
import type { Pause, Pauses } from '../store/pauses.ts'
import type { Queue } from '../store/queue.ts'
import { Pace } from './pace.ts'
import { mapDue, type Page } from './page.ts'
import { PageReader, READ_EVENTS } from './page_reader.ts'
import { Recorder, type Unit } from './recorder.ts'
import { type Parcel, settle } from './settle.ts'

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
  /** See `PageReaderParts`. */
  readonly isCurrent?: () => Promise<boolean>
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

const IDLE_MS = 50
// An idle sync looks for new events often, which is cheap, and for retries seldom.
const RETRIES_EVERY_MS = 500
// A wait is cut into pieces, so that a person who resumes a sync need not wait for all of it.
const LOOK_MS = 1000
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

/** A store that fails, or a bug, ends a run; what it had not recorded is read again by the next one. */
async function keepRunning(sync: Sync, parts: RunnerParts, stopped: AbortSignal): Promise<void> {
  while (!stopped.aborted) {
    try {
      return await run(sync, parts, stopped)
    } catch (error) {
      parts.log('error', 'Sync stopped, starting again', { sync: sync.name, error })
      await parts.wait(RESTART_MS, stopped)
    }
  }
}

/** One run, from the place where the last one left off until it is stopped, paused or fails. */
async function run(sync: Sync, parts: RunnerParts, stopped: AbortSignal): Promise<void> {
  const { queue, journal } = parts
  const { position, failing } = await journal.attach(sync.name, sync.source, queue)
  const recorded = await journal.recordedAfter(sync.name, position)
  const reader = new PageReader(sync, parts, stopped, { position, recorded })
  const whenStuck = async (error: unknown) => {
    parts.log('error', 'Cannot record what became of events, trying again', { sync: sync.name, error })
    if (stopped.aborted) throw error
    await parts.wait(RESTART_MS, stopped)
  }
  const recorder = new Recorder(sync, { journal, whenStuck })
  await new Run(sync, parts, stopped, reader, recorder, new Pace(sync.name, parts, failing)).loop()
}

class Run {
  readonly #sync: Sync
  readonly #parts: RunnerParts
  readonly #stopped: AbortSignal
  readonly #reader: PageReader
  readonly #recorder: Recorder
  readonly #pace: Pace
  readonly #underWay = new Set<Promise<void>>()
  #isRetrying = false
  /** When to look for retries next. */
  #retriesAt = 0
  #isPaused = false
  #crash: unknown = null

  constructor(
    sync: Sync,
    parts: RunnerParts,
    stopped: AbortSignal,
    reader: PageReader,
    recorder: Recorder,
    pace: Pace,
  ) {
    this.#sync = sync
    this.#parts = parts
    this.#stopped = stopped
    this.#reader = reader
    this.#recorder = recorder
    this.#pace = pace
  }

  async loop(): Promise<void> {
    try {
      while (!this.#stopped.aborted && !this.#isPaused && this.#crash === null) {
        if (await this.#hadToWait()) continue
        const started = (await this.#startRetry()) || (await this.#startFresh())
        if (!started) await this.#wait(IDLE_MS)
      }
    } finally {
      // Also after a crash: the next run must not send what is still under way.
      await Promise.all(this.#underWay)
    }
    if (this.#crash !== null) throw this.#crash
  }

  async #hadToWait(): Promise<boolean> {
    const waitMs = this.#recorder.isStuck ? LOOK_MS : this.#pace.waitMs
    if (waitMs > 0) {
      await this.#wait(Math.min(waitMs, LOOK_MS))
      return true
    }
    // While calls fail one page at a time asks whether they work again.
    if (this.#underWay.size < (this.#pace.isFailing ? 1 : this.#parts.calls)) return false
    await Promise.race(this.#underWay)
    return true
  }

  async #startRetry(): Promise<boolean> {
    const { queue, journal, now } = this.#parts
    if (this.#isRetrying || now() < this.#retriesAt) return false
    const due = await journal.due(this.#sync.name, now(), READ_EVENTS)
    if (due.length === 0) {
      this.#retriesAt = now() + RETRIES_EVERY_MS
      return false
    }
    const events = await queue.get([...new Set(due.map(({ seq }) => seq))])
    this.#isRetrying = true
    this.#launch(mapDue(this.#sync, due, events, now()), this.#recorder.expect(null))
    return true
  }

  async #startFresh(): Promise<boolean> {
    const page = await this.#reader.next()
    if (page === null) return false
    this.#launch(page, this.#recorder.expect(this.#reader.position))
    return true
  }

  #launch(page: Page, unit: Unit): void {
    const work = this.#deliver(page, unit)
      .catch((error: unknown) => {
        this.#crash ??= error
      })
      .finally(() => {
        this.#underWay.delete(work)
        if (unit.end === null) this.#isRetrying = false
      })
    this.#underWay.add(work)
  }

  async #deliver(page: Page, unit: Unit): Promise<void> {
    const { now, random } = this.#parts
    const calls: Receipt[] = []
    const deliveries: DeliveryRecord[] = [...page.decided]
    let stopped: CallError | null = null
    for (const parcels of batches(page.parcels, this.#sync.destination.batchSize)) {
      const written: Written = stopped ? untouched(parcels, stopped) : await this.#write(parcels)
      stopped ??= written.stopped
      deliveries.push(...settle(parcels, written, calls, { now: now(), random }))
    }
    const { revision } = this.#sync
    await this.#recorder.write(unit, { revision, deliveries, rematched: page.rematched, calls, now: now() })
    if (page.parcels.length > 0) await this.#learn(stopped)
  }

  /** A bug in sending costs the items a try and not the sync its life: what they have met is unknown. */
  async #write(parcels: readonly Parcel[]): Promise<Written> {
    try {
      const written = await this.#sync.destination.write(parcels.map(({ item }) => item))
      if (written.outcomes.length === parcels.length) return written
      throw new Error(
        `Cannot send ${parcels.length} items: the destination said of ${written.outcomes.length} what came of them`,
      )
    } catch (error) {
      this.#parts.log('error', 'Sending broke', { sync: this.#sync.name, error })
      const reason = { code: 'delivery.failed', message: `Sending broke: ${(error as Error).message}` }
      return { outcomes: postponed(parcels, reason, { unknown: true, free: false }), stopped: null }
    }
  }

  /** What the last calls say about the next ones. */
  async #learn(stopped: CallError | null): Promise<void> {
    if (stopped instanceof TerminalError) return this.#pause(stopped)
    if (stopped === null) return this.#pace.worked()
    if (!(stopped instanceof TransientError)) return
    const waitMs = await this.#pace.failed(stopped)
    if (waitMs === null) return
    this.#parts.log('warn', 'Calls fail, waiting', { sync: this.#sync.name, code: stopped.code, waitMs })
  }

  async #pause({ code, message }: TerminalError): Promise<void> {
    // Several calls under way meet the same end; one of them says so.
    if (this.#isPaused) return
    this.#isPaused = true
    const { pauses, now, log } = this.#parts
    const pause: Pause = { subject: pausedSubject(this.#sync, code), since: now(), code, message }
    await pauses.pause(pause)
    log('error', 'Paused until a person acts', pause)
  }

  #wait(ms: number): Promise<void> {
    return this.#parts.wait(ms, this.#stopped)
  }
}

/** Token trouble stops the whole account; a missing permission or a broken mapping only this sync. */
function pausedSubject(sync: Sync, code: string): string {
  return code === 'tiktok.token_invalid' ? `account/${sync.account}` : `sync/${sync.name}`
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
  return { outcomes: postponed(parcels, { code, message }, { unknown: false, free: true }), stopped: null }
}

function postponed(
  parcels: readonly Parcel[],
  reason: Reason,
  how: { readonly unknown: boolean; readonly free: boolean },
): Written['outcomes'] {
  return parcels.map(() => ({ kind: 'postponed', reason, ...how, retryAfterMs: null, receipt: null }))
}
