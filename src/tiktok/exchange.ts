import type { WireRequest } from '../core/destination.ts'
import type { Certainty } from '../core/errors.ts'

/** An answer, whatever it says. */
export interface Answered {
  readonly kind: 'answered'
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
  readonly location: string | null
  /** Header `X-Tt-Ads-Throttle`. */
  readonly truncation: string | null
}

/** No answer, or not all of it. */
export interface Failed {
  readonly kind: 'failed'
  /** 0 when not even a status arrived. */
  readonly status: number
  readonly code: 'tiktok.unreachable' | 'tiktok.timeout' | 'tiktok.cut' | 'tiktok.answer_too_large'
  readonly certainty: Certainty
  readonly what: string
  readonly cause: unknown
}

export interface ExchangeOptions {
  readonly send: typeof fetch
  /** Null: a call without one. */
  readonly accessToken: string | null
  readonly timeoutMs: number
  readonly answerBytesMax?: number | undefined
}

const ANSWER_BYTES_MAX = 1024 * 1024

/** Makes one HTTP call and reads the whole answer. Never throws, never follows a redirect, never tries twice. */
export async function exchange(request: WireRequest, options: ExchangeOptions): Promise<Answered | Failed> {
  const signal = AbortSignal.timeout(options.timeoutMs)
  const { answerBytesMax = ANSWER_BYTES_MAX } = options
  let response: Response | null = null
  try {
    response = await options.send(request.url, {
      method: request.method,
      headers: {
        'Content-Type': 'application/json',
        ...(options.accessToken !== null && { 'Access-Token': options.accessToken }),
      },
      redirect: 'manual',
      signal,
      ...(request.method === 'POST' && { body: request.body }),
    })
    const text = await readText(response, answerBytesMax)
    if (text === null) return tooLarge(response.status, answerBytesMax)
    return {
      kind: 'answered',
      status: response.status,
      text,
      retryAfter: response.headers.get('retry-after'),
      location: response.headers.get('location'),
      truncation: response.headers.get('x-tt-ads-throttle'),
    }
  } catch (cause) {
    return failed(cause, response?.status ?? 0, options.timeoutMs)
  }
}

/** The body as text; null when it is larger than it can be, and then the rest is not read. */
async function readText({ body }: Response, bytesMax: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > bytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tooLarge(status: number, bytesMax: number): Failed {
  const what = `the answer is larger than ${bytesMax} bytes`
  return { kind: 'failed', status, code: 'tiktok.answer_too_large', certainty: 'unknown', what, cause: undefined }
}

/** Errors that come before the first byte of a request leaves: no connection, no name, no trust in the certificate. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|ERR_SSL_\w+|\w*CERT\w*|\w+_ISSUER_\w+|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/

function failed(cause: unknown, status: number, timeoutMs: number): Failed {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    const what = `no full answer within ${timeoutMs} ms`
    return { kind: 'failed', status, code: 'tiktok.timeout', certainty: 'unknown', what, cause }
  }
  const code = systemCode(cause)
  if (status === 0 && BEFORE_SENDING.test(code)) {
    return {
      kind: 'failed',
      status,
      code: 'tiktok.unreachable',
      certainty: 'not_sent',
      what: `no connection (${code})`,
      cause,
    }
  }
  const what = `the connection broke off (${code || String(cause)})`
  return { kind: 'failed', status, code: 'tiktok.cut', certainty: 'unknown', what, cause }
}

/** `fetch` hides the system's error code in a chain of causes; '' when there is none. */
function systemCode(error: unknown): string {
  for (let link = error; link instanceof Error; link = link.cause) {
    if ('code' in link && typeof link.code === 'string') return link.code
  }
  return ''
}
