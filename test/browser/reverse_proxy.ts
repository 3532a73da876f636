import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { listen } from './site.ts'

/** A request that went through. */
export interface Passed {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Milliseconds on a clock that only goes forward. */
  readonly at: number
  /** As the sender saw it. */
  readonly status: number
}

export interface ReverseProxy {
  readonly url: string
  readonly passed: readonly Passed[]
  /** Answers the next request with events with 429, to come back in a second: after it was kept, or having dropped it. */
  throttleNext(its: Fate): void
}

type Fate = 'kept' | 'dropped'

/** Address of every visitor, as the proxy tells it. */
export const VISITOR_IP = '93.184.216.34'

/** What a throttled sender is told to wait. */
export const RETRY_AFTER_SECONDS = 1

/** What stands in front of a server in real life: it says where each request came from, and sometimes it throttles. */
export async function openReverseProxy(t: TestContext, target: string): Promise<ReverseProxy> {
  const passed: Passed[] = []
  let throttle: Fate | null = null

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = incoming
    const body = await textOf(incoming)
    const fate = method === 'POST' ? throttle : null
    if (fate !== null) throttle = null
    const answer = await ask(`${target}${path}`, method, forwarded(headers, fate), fate === 'dropped' ? '' : body)
    const status = fate === null ? answer.statusCode! : 429
    passed.push({ method, path, headers, at: performance.now(), status })
    if (fate !== null) response.setHeader('retry-after', RETRY_AFTER_SECONDS)
    response.writeHead(status, answer.headers)
    answer.pipe(response)
  }

  const url = await listen(t, (incoming, response) => {
    pass(incoming, response).catch(() => response.destroy())
  })
  return {
    url,
    passed,
    throttleNext(its) {
      throttle = its
    },
  }
}

// A dropped request goes on without its key and its body: the server keeps nothing of it, and the headers of the answer
// are still the server's own.
function forwarded(
  { 'content-length': _length, authorization, ...headers }: IncomingHttpHeaders,
  fate: Fate | null,
): IncomingHttpHeaders {
  return {
    ...headers,
    ...(fate !== 'dropped' && authorization !== undefined && { authorization }),
    'x-forwarded-for': VISITOR_IP,
  }
}

function ask(url: string, method: string, headers: IncomingHttpHeaders, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    })
    outgoing.on('error', reject)
    outgoing.on('response', resolve)
    outgoing.end(body)
  })
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
