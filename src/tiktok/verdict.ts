import { type Receipt, RefusedError, TerminalError, TransientError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import { type Verdict, verdictOf } from './codes.ts'
import type { Blame } from './endpoint.ts'
import type { Envelope } from './envelope.ts'
import type { Answered, Failed } from './exchange.ts'
import { retryAfterMs } from './retry_after.ts'

/** Everything a verdict is reached from. */
export interface Call {
  /** `POST /event/track/`, for messages. */
  readonly doing: string
  readonly receipt: Receipt
  readonly blame: ((message: string) => Blame) | undefined
  readonly now: number
}

// Ours: TikTok blocks for a while after 61000 and does not say for how long.
const BLOCKED_WAIT_MS = 60_000
const BLOCKED = 61_000

/** There was no answer, or only a part of it. */
export function noAnswer({ doing, receipt }: Call, { code, what, certainty, cause }: Failed): TransientError {
  return new TransientError(code, `Cannot ${doing}: ${what}`, { certainty, receipt, cause })
}

/**
 * Data of a good answer; throws what any other answer means. HTTP decides only where TikTok's own code cannot:
 * on 429, on 5xx and where the body is not TikTok's. Good is HTTP 2xx with code 0 and nothing else.
 */
export function judge(call: Call, answer: Answered, envelope: Envelope | null): Json {
  const wait = retryAfterMs(answer.retryAfter, call.now)
  if (answer.status === 429) throw throttled(call, wait)
  if (answer.status >= 500) throw serverError(call, answer, envelope, wait)
  if (answer.status >= 300 && answer.status < 400) throw redirected(call, answer)
  if (envelope === null) throw answer.status === 413 ? tooLarge(call) : unreadable(call, answer)
  const verdict = verdictOf(envelope.code)
  if (verdict !== 'ok') throw failure(call, envelope, verdict, wait)
  if (answer.status >= 400) throw unreadable(call, answer)
  return envelope.data
}

function failure(call: Call, envelope: Envelope, verdict: Exclude<Verdict, 'ok'> | null, wait: number | null): Error {
  const { receipt } = call
  switch (verdict) {
    case 'partial':
      return new RefusedError('tiktok.partial', words(call), { receipt, index: firstFailed(envelope.data) })
    case 'refused':
      return refused(call)
    case 'token':
      return new TerminalError('tiktok.token_invalid', `${words(call)}; connect the account again`, { receipt })
    case 'permission':
      return noPermission(call)
    case 'gone':
      return gone(call)
    case 'too_large':
      return new RefusedError('tiktok.too_large', `${words(call)}; it must be asked in parts`, { receipt })
    case 'denied':
      return new TerminalError('tiktok.denied', words(call), { receipt })
    case 'throttled':
      return throttled(call, wait ?? (envelope.code === BLOCKED ? BLOCKED_WAIT_MS : null))
    case 'unavailable':
      return new TransientError('tiktok.unavailable', words(call), {
        receipt,
        certainty: 'unknown',
        retryAfterMs: wait,
      })
    case null:
      return new TransientError('tiktok.unknown_code', words(call), {
        receipt,
        certainty: 'unknown',
        retryAfterMs: wait,
      })
  }
}

// Some endpoints say with 40002 what others say with 40001 and 40300.
const NO_PERMISSION = /^No permission\b|\bis not accessible\b/i
const NO_ADVERTISER = /\badvertiser\b.*\b(?:doesn't exist|does not exist|has been deleted)\b/i

function noPermission(call: Call): TerminalError {
  return new TerminalError('tiktok.no_permission', `${words(call)}; give the account access`, { receipt: call.receipt })
}

function gone(call: Call): TerminalError {
  return new TerminalError('tiktok.gone', `${words(call)}; it was deleted, or is not of this account`, {
    receipt: call.receipt,
  })
}

function refused(call: Call): RefusedError | TerminalError {
  const { receipt } = call
  if (!call.blame && NO_PERMISSION.test(receipt.message)) return noPermission(call)
  if (!call.blame && NO_ADVERTISER.test(receipt.message)) return gone(call)
  const blame = call.blame?.(receipt.message) ?? { on: 'item', index: null }
  if (blame.on === 'setting') return new TerminalError('tiktok.wrong_setting', words(call), { receipt })
  return new RefusedError('tiktok.refused', words(call), { receipt, index: blame.index })
}

function throttled(call: Call, wait: number | null): TransientError {
  return new TransientError('tiktok.throttled', words(call), {
    receipt: call.receipt,
    throttled: true,
    retryAfterMs: wait,
  })
}

function serverError(call: Call, answer: Answered, envelope: Envelope | null, wait: number | null): TransientError {
  if (envelope && verdictOf(envelope.code) === 'throttled') return throttled(call, wait)
  const message = `Cannot ${call.doing}: the server answered HTTP ${answer.status}`
  return new TransientError('tiktok.server_error', message, {
    receipt: call.receipt,
    certainty: 'unknown',
    retryAfterMs: wait,
  })
}

function redirected({ doing, receipt }: Call, { status, location }: Answered): TransientError {
  const where = location ? ` to ${location.replace(/[?#].*$/s, '')}` : ''
  const message = `Cannot ${doing}: the answer was a redirect (HTTP ${status})${where}, which is not followed; check the base URL and any proxy`
  return new TransientError('tiktok.redirected', message, { receipt, certainty: 'unknown' })
}

function tooLarge({ doing, receipt }: Call): RefusedError {
  return new RefusedError('tiktok.too_large', `Cannot ${doing}: the request is too large (HTTP 413)`, { receipt })
}

function unreadable({ doing, receipt }: Call, { status, text }: Answered): TransientError {
  const what = text.trim() === '' ? 'the answer is empty' : "the answer is not in TikTok's form"
  return new TransientError('tiktok.unreadable_answer', `Cannot ${doing}: ${what} (HTTP ${status})`, {
    receipt,
    certainty: 'unknown',
  })
}

function words({ doing, receipt: { status, code, message, requestId } }: Call): string {
  const said = code === null ? `HTTP ${status}` : `${code} "${message}"`
  return `Cannot ${doing}: TikTok answered ${said}${requestId ? ` (request_id ${requestId})` : ''}`
}

/** Position of the first item that a partly taken batch lists as failed; only a hint, as nobody says from where it counts. */
function firstFailed(data: Json): number | null {
  const failed = data && typeof data === 'object' && !Array.isArray(data) ? data['failed_events'] : null
  const first = Array.isArray(failed) ? failed[0] : null
  const position = first && typeof first === 'object' && !Array.isArray(first) ? first['order_in_batch'] : null
  return Number.isSafeInteger(position) ? (position as number) : null
}
