import { CallError, TransientError } from '../core/errors.ts'
import type { OnNote } from '../core/stream.ts'
import type { Answer, TikTok } from './client.ts'
import type { Endpoint } from './endpoint.ts'
import type { RateBudget } from './rate_budget.ts'

/** TikTok's API for reading: it keeps to the budget, and tries again what another try can help, within seconds or minutes. */
export interface Reader {
  /** Throws a CallError when trying again has not helped, or cannot. */
  call<Params extends object, Data>(endpoint: Endpoint<Params, Data>, params: Params): Promise<Answer<Data>>
  /** What is worth telling on the run's page. */
  readonly note: OnNote
  /** Waits; ends early, by throwing, when the run is stopped. */
  wait(ms: number): Promise<void>
  /** Milliseconds since 1970. */
  now(): number
  /** Stands for the run: readers of one run share it, and what is learnt of TikTok on the way is kept by it. */
  readonly run: object
}

export interface ReaderOptions {
  /** Shared by all who call with the same developer app. */
  readonly budget: RateBudget
  readonly onNote: OnNote
  /** Resolves after so many milliseconds, or early when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 up to 1. */
  readonly random: () => number
  readonly now: () => number
  /** Stops everything: the next call or wait throws its reason. */
  readonly signal: AbortSignal
  /** Given to all readers of one run; a reader is a run of its own when it is left out. */
  readonly run?: object
}

/** Ours: a run that waits longer than this for one call is better begun again later. */
const PATIENCE_MS = 15 * 60_000
const TRIES_MAX = 6
/** TikTok blocks a request for ten minutes once it has timed out three times. */
const TRIES_TIMED_OUT_MAX = 2
const FIRST_WAIT_MS = 1_000
const WAIT_MAX_MS = 60_000
/** Throttling is told by the minute, so a second's wait only adds to it. */
const THROTTLED_WAIT_MS = 5_000

/** Opens TikTok's API for one run. */
export function createReader(tiktok: TikTok, options: ReaderOptions): Reader {
  const { budget, onNote, now, signal } = options

  async function wait(ms: number): Promise<void> {
    signal.throwIfAborted()
    await options.sleep(ms, signal)
    signal.throwIfAborted()
  }

  async function waitTelling(ms: number, because: string): Promise<void> {
    const from = now()
    await wait(ms)
    onNote({ kind: 'waited', waitedMs: now() - from, because })
  }

  async function takeBudget(advertiserId: string | null): Promise<void> {
    const from = now()
    for (let ms = budget.take(advertiserId); ms > 0; ms = budget.take(advertiserId)) await wait(ms)
    if (now() > from) onNote({ kind: 'waited', waitedMs: now() - from, because: 'The budget of calls' })
  }

  async function callOnce<Params extends object, Data>(
    endpoint: Endpoint<Params, Data>,
    params: Params,
  ): Promise<Answer<Data>> {
    await takeBudget(advertiserOf(params))
    signal.throwIfAborted()
    const { path } = endpoint
    try {
      const answer = await tiktok.call(endpoint, params)
      const { requestId, durationMs } = answer.receipt
      onNote({ kind: 'call', path, requestId, durationMs })
      return answer
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      const { receipt } = error
      onNote({ kind: 'call', path, requestId: receipt?.requestId ?? null, durationMs: receipt?.durationMs ?? 0 })
      throw error
    }
  }

  return {
    note: onNote,
    wait,
    now,
    run: options.run ?? {},
    async call(endpoint, params) {
      const startedAt = now()
      for (let tries = 1, throttles = 0; ; tries += 1) {
        try {
          return await callOnce(endpoint, params)
        } catch (error) {
          if (!(error instanceof CallError)) throw error
          const throttled = error instanceof TransientError && error.throttled
          if (throttled) {
            throttles += 1
            budget.slowDown(advertiserOf(params), error.retryAfterMs)
          }
          const triesMax = triesMaxOf(error, endpoint.isShrinkable === true)
          if (!throttled && tries - throttles >= triesMax) throw error
          const ms = pauseAfter(error, throttled ? throttles : tries - throttles, options.random)
          if (now() + ms - startedAt > PATIENCE_MS) throw error
          onNote({ kind: 'retried', code: error.code, message: error.message })
          await waitTelling(ms, throttled ? 'TikTok asked us to slow down' : error.message)
        }
      }
    },
  }
}

// 40700 and 70001 are refusals by their numbers, and yet other connectors see them pass at the next try.
const FICKLE: ReadonlySet<number | null | undefined> = new Set([40_700, 70_001])
const TRIES_FICKLE_MAX = 3

function triesMaxOf(error: CallError, isShrinkable: boolean): number {
  if (FICKLE.has(error.receipt?.code)) return TRIES_FICKLE_MAX
  if (!(error instanceof TransientError) || error.code === 'tiktok.redirected') return 1
  if (isTimeout(error)) return isShrinkable ? 1 : TRIES_TIMED_OUT_MAX
  return TRIES_MAX
}

const TIMEOUT_CODES: ReadonlySet<number | null | undefined> = new Set([50_002, 51_010])

/** Whether the call took too long, for us or for TikTok: less at once may work. */
export function isTimeout(error: CallError): boolean {
  return error.code === 'tiktok.timeout' || error.receipt?.status === 504 || TIMEOUT_CODES.has(error.receipt?.code)
}

/** Full jitter: somewhere between nothing and twice as much as the time before, and not before TikTok said. */
function pauseAfter(error: CallError, failures: number, random: () => number): number {
  const first = error instanceof TransientError && error.throttled ? THROTTLED_WAIT_MS : FIRST_WAIT_MS
  const jittered = Math.round(random() * Math.min(WAIT_MAX_MS, first * 2 ** (failures - 1)))
  const asked = error instanceof TransientError ? (error.retryAfterMs ?? 0) : 0
  return asked + jittered
}

function advertiserOf(params: object): string | null {
  const id = 'advertiser_id' in params ? params.advertiser_id : null
  return typeof id === 'string' ? id : null
}
