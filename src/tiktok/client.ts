import type { WireRequest } from '../core/destination.ts'
import { type Receipt, TerminalError, TransientError } from '../core/errors.ts'
import { type Endpoint, requestOf } from './endpoint.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type Answered, exchange, type Failed } from './exchange.ts'
import { scrub } from './mask.ts'
import { judge, noAnswer } from './verdict.ts'

/** TikTok's own address. */
export const BASE_URL = 'https://business-api.tiktok.com/open_api/v1.3'

export interface Answer<Data> {
  readonly data: Data
  readonly receipt: Receipt
  /** What TikTok says, in a header, when it cut the answer short; null when the answer is whole. */
  readonly truncation: string | null
}

/** TikTok's API with one account's token. */
export interface TikTok {
  /** Makes exactly one HTTP call and never waits to try again. Throws a CallError, which carries the receipt. */
  call<Params extends object, Data>(
    endpoint: Endpoint<Params, Data>,
    params: Params,
    /** How many items the parameters carry, for the receipt. */
    items?: number,
  ): Promise<Answer<Data>>
  /** The request that `call` would make, without the token. */
  request<Params extends object, Data>(endpoint: Endpoint<Params, Data>, params: Params): WireRequest
}

export interface TikTokOptions {
  readonly accessToken: string
  /** Another address that speaks TikTok's API, such as a local one. No slash at the end. */
  readonly baseUrl?: string
  /** Time for the whole call, from connecting to the last byte of the answer. */
  readonly timeoutMs?: number
  readonly fetch?: typeof fetch
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

const TIMEOUT_MS = 30_000
const MESSAGE_LENGTH_MAX = 500

/** Opens TikTok's API. Throws an Error when the base URL is not an address. */
export function createTikTok(options: TikTokOptions): TikTok {
  const { accessToken, timeoutMs = TIMEOUT_MS, fetch: send = fetch, now = Date.now } = options
  const baseUrl = checkBaseUrl(options.baseUrl ?? BASE_URL)

  return {
    request: (endpoint, params) => requestOf(endpoint, params, baseUrl),

    async call(endpoint, params, items = 0) {
      const request = requestOf(endpoint, params, baseUrl)
      const doing = `${endpoint.method} ${endpoint.path}`
      if (!endpoint.isOpen) checkToken(accessToken, doing)
      const token = endpoint.isOpen ? null : accessToken
      const hide = hider([...(token ? [token] : []), ...secretsIn(endpoint, params)])
      const sentAt = now()
      const { answerBytesMax } = endpoint
      const outcome = await exchange(request, { send, accessToken: token, timeoutMs, answerBytesMax })
      const envelope = outcome.kind === 'answered' ? readEnvelope(outcome.text) : null
      const receivedAt = now()
      const receipt: Receipt = {
        method: request.method,
        url: hide(request.url),
        sentAt,
        durationMs: receivedAt - sentAt,
        ...said(outcome, envelope, (message) => scrub(hide(message)).slice(0, MESSAGE_LENGTH_MAX)),
        items,
      }
      const call = { doing, receipt, blame: endpoint.blame, now: receivedAt }
      if (outcome.kind === 'failed') throw noAnswer(call, outcome)
      const { truncation } = outcome
      const { parseText } = endpoint
      if (parseText && envelope === null && outcome.status === 200) {
        return { data: orUnreadable(() => parseText(outcome.text), doing, receipt), receipt, truncation }
      }
      const data = judge(call, outcome, envelope)
      return { data: orUnreadable(() => endpoint.parse(data), doing, receipt), receipt, truncation }
    },
  }
}

function said(
  outcome: Answered | Failed,
  envelope: Envelope | null,
  shorten: (message: string) => string,
): Pick<Receipt, 'status' | 'code' | 'message' | 'requestId'> {
  if (envelope === null) {
    const message = outcome.kind === 'failed' ? outcome.what : `HTTP ${outcome.status}`
    return { status: outcome.status, code: null, message, requestId: null }
  }
  const { code, message, requestId } = envelope
  return { status: outcome.status, code, message: shorten(message), requestId }
}

function orUnreadable<Data>(parse: () => Data, doing: string, receipt: Receipt): Data {
  try {
    return parse()
  } catch (cause) {
    throw new TransientError(
      'tiktok.unreadable_answer',
      `Cannot ${doing}: the answer has another shape than documented`,
      {
        receipt,
        certainty: 'unknown',
        cause,
      },
    )
  }
}

function secretsIn<Params extends object, Data>({ secrets = [] }: Endpoint<Params, Data>, params: Params): string[] {
  const values = secrets.map((name) => (params as Readonly<Record<string, unknown>>)[name])
  return values.filter((value) => typeof value === 'string')
}

/** Replaces secrets, as they stand in words and in addresses. */
function hider(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.filter((secret) => secret !== '').flatMap((secret) => [secret, inQuery(secret)]))
  return (text) => [...forms].reduce((hidden, form) => hidden.replaceAll(form, '***'), text)
}

const inQuery = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1)

// A token that cannot stand in a header would be quoted, in full, in the error that `fetch` throws.
function checkToken(accessToken: string, doing: string): void {
  if (/^[\x21-\x7e]+$/.test(accessToken)) return
  const what = accessToken === '' ? 'there is no access token' : 'the access token has characters that no token has'
  throw new TerminalError('tiktok.token_invalid', `Cannot ${doing}: ${what}; connect the account again`)
}

function checkBaseUrl(baseUrl: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new Error(`Cannot open TikTok's API: "${baseUrl}" is not an http or https address`)
  }
  return baseUrl.replace(/\/+$/, '')
}
