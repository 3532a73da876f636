import type { Reason } from '../../core/outcome.ts'
import type { Problem } from '../../event_sources/event_source.ts'
import { ingestReason } from '../../event_sources/reasons.ts'

/** The request can never work as it is. */
export const badRequest = (reason: Reason): Problem => ({ status: 400, reason, retryAfterSeconds: null })

/**
 * No event source has the key. Status 400, not 401: some mobile libraries send a stored batch for ever unless they get 400.
 * A source that wants more than its key is for servers, and those understand 401.
 */
export function invalidWriteKey(found: keyof typeof FOUND): Problem {
  const reason = ingestReason('ingest.invalid_write_key', `Cannot tell the event source: ${FOUND[found]}`)
  return { status: found === 'none' || found === 'unknown' ? 400 : 401, reason, retryAfterSeconds: null }
}

const FOUND = {
  none: 'the request has no write key',
  unknown: 'no source has this write key',
  not_in_header: 'this source takes its write key only in a header',
  wrong_secret: 'the secret beside the write key is wrong',
}

/** The page is not one that may send for this source. */
export function originNotAllowed(): Problem {
  const reason = ingestReason('ingest.origin_not_allowed', 'Cannot take events of this page: its origin may not send')
  return { status: 403, reason, retryAfterSeconds: null }
}

/** More is waiting for the disk than we may hold. */
export function busy(dice: number): Problem {
  const reason = ingestReason('ingest.busy', 'Cannot take more events now: too many wait to be written')
  return { status: 429, reason, retryAfterSeconds: 1 + (dice % 5) }
}

/** The source has handed in more events than it is allowed. */
export function overAllowance(seconds: number): Problem {
  const reason = ingestReason('ingest.busy', 'Cannot take more events of this source now: it sends too many')
  return { status: 429, reason, retryAfterSeconds: seconds }
}

/** The queue cannot keep anything: disk full or failing. */
export function unavailable(dice: number): Problem {
  const reason = ingestReason('ingest.unavailable', 'Cannot keep events now: the queue cannot write')
  return { status: 503, reason, retryAfterSeconds: 5 + (dice % 10) }
}

/** Our own fault. */
export function internal(): Problem {
  const reason = ingestReason('ingest.internal', 'Cannot take the events: something went wrong here')
  return { status: 500, reason, retryAfterSeconds: null }
}
