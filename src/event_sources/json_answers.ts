import type { Answer, Problem, ReceivedEvents } from './event_source.ts'

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' }
const LISTED_MAX = 20 // refused events named in an answer; all of them are in the list of rejects

/** What Segment's clients take for success: status 200 and this body. Some take any other 2xx for a failure. */
export const SUCCESS: Answer = { status: 200, headers: HEADERS, body: '{"success":true}' }

/** Success; when some events of the batch were refused, which and why. Clients read no further than `success`. */
export function successAnswer({ refused }: ReceivedEvents): Answer {
  if (refused.length === 0) return SUCCESS
  const listed = refused
    .slice(0, LISTED_MAX)
    .map(({ index, reason }) => ({ index, ...reason, code: bare(reason.code) }))
  return jsonAnswer(200, { success: true, refusedCount: refused.length, refused: listed })
}

/**
 * The shape of every error: `code` and `message` as text, without which the Python client sends the batch again, and
 * `error`, which the Ruby client reads.
 */
export function problemAnswer({ status, reason, retryAfterSeconds }: Problem): Answer {
  const message = reason.remedy === undefined ? reason.message : `${reason.message}; ${reason.remedy}`
  const answer = jsonAnswer(status, { success: false, code: bare(reason.code), message, error: message })
  if (retryAfterSeconds === null) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } }
}

/** Any value as a JSON answer. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, headers: HEADERS, body: JSON.stringify(value) }
}

const bare = (code: string): string => code.slice(code.indexOf('.') + 1)
