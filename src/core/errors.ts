/**
 * Something went wrong with the whole call, not with one item. The class says what happens next;
 * `code` is stable (`area.reason`, listed in docs/reference/errors.md).
 */
export abstract class CallError extends Error {
  abstract override readonly name: string
  readonly code: string
  /** What the other side answered, when it answered. */
  readonly receipt: Receipt | null

  constructor(code: string, message: string, options: ErrorOptions & { receipt?: Receipt | null } = {}) {
    super(message, options)
    this.code = code
    this.receipt = options.receipt ?? null
  }
}

/** One call to the other side, as the books and the trace show it. */
export interface Receipt {
  readonly method: string
  readonly url: string
  readonly sentAt: number
  readonly durationMs: number
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** TikTok's verdict in the body; null when the body was not TikTok's envelope. */
  readonly code: number | null
  readonly message: string
  readonly requestId: string | null
  readonly items: number
}

/** What a transient failure says about the items: surely not taken, or possibly taken. */
export type Certainty = 'not_sent' | 'unknown'

/** Trying again later can help: throttling, a timeout, a 5xx. */
export class TransientError extends CallError {
  override readonly name = 'TransientError'
  /** `unknown`: the items may have arrived (timeout, cut answer). They go again with the same ids. */
  readonly certainty: Certainty
  /** Throttling is nobody's fault: it spends no attempt of any item. */
  readonly throttled: boolean
  /** Wait at least this long before the next call, when the other side said so. */
  readonly retryAfterMs: number | null

  constructor(
    code: string,
    message: string,
    options: ErrorOptions & {
      receipt?: Receipt | null
      certainty?: Certainty
      throttled?: boolean
      retryAfterMs?: number | null
    } = {},
  ) {
    super(code, message, options)
    this.certainty = options.certainty ?? 'not_sent'
    this.throttled = options.throttled ?? false
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** Trying again cannot help until a person changes something: a token, a permission, a setting. */
export class TerminalError extends CallError {
  override readonly name = 'TerminalError'
}

/** The other side refused what we sent because some item in it is wrong. Never sent again unchanged. */
export class RefusedError extends CallError {
  override readonly name = 'RefusedError'
  /** Position of the first bad item, when the answer named it. */
  readonly index: number | null

  constructor(
    code: string,
    message: string,
    options: ErrorOptions & { receipt?: Receipt | null; index?: number | null } = {},
  ) {
    super(code, message, options)
    this.index = options.index ?? null
  }
}
