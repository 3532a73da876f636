import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { receiveSingle } from './calls.ts'
import { credentialsOf } from './credentials.ts'
import type { CallType } from './event_identity.ts'
import type { Answer, Credential, EventRoute, Received, SenderRequest } from './event_source.ts'
import { type ParsedBody, parseBody } from './parse_body.ts'
import { ingestReason } from './reasons.ts'

// The smallest GIF: one transparent pixel.
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

// Whatever happened: a mail program shows anything else as a broken image.
const PIXEL: Answer = {
  status: 200,
  headers: {
    'content-type': 'image/gif',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  },
  body: GIF,
}

/**
 * Calls made by loading an image, from e-mails: the event is `?data=` (JSON in base64) or stands in the query itself,
 * `?userId=u&event=Opened&properties.campaign=May`. The answer is a transparent pixel, always; refusals are listed all the same.
 */
export function pixelRoute(path: string, calls: { readonly [call: string]: CallType }): EventRoute {
  return {
    kind: 'events',
    method: 'GET',
    paths: [`${path}/:call`],
    credentials: (request) => credentialsInEvent(request),
    receive: (request) => receivePixel(request, calls[request.params['call'] ?? '']),
    success: () => PIXEL,
    problem: () => PIXEL,
  }
}

function receivePixel(request: SenderRequest, call: CallType | undefined): Received {
  if (call === undefined) {
    return {
      kind: 'unusable',
      reason: ingestReason('ingest.event_type_unknown', 'Cannot read the pixel: no such call'),
    }
  }
  const parsed = eventOf(request)
  if (parsed.kind === 'unreadable') return { kind: 'unusable', reason: parsed.reason }
  return receiveSingle({ ...request, body: parsed.body, hasInfinity: parsed.hasInfinity }, call)
}

function credentialsInEvent(request: SenderRequest): readonly Credential[] {
  const parsed = eventOf(request)
  return credentialsOf(parsed.kind === 'parsed' ? { ...request, body: parsed.body } : request)
}

function eventOf({ query, limits }: SenderRequest): ParsedBody {
  const text = query['data']
  if (typeof text === 'string') return parseBody(Buffer.from(text, 'base64'), limits.depthMax)
  return unflatten(query, limits.depthMax)
}

/** `{ 'properties.price': '5' }` → `{ properties: { price: '5' } }`. Values stay text; of repeated names the last counts. */
function unflatten(query: SenderRequest['query'], depthMax: number): ParsedBody {
  const body = emptyObject()
  for (const [name, value] of Object.entries(query)) {
    const path = name.split('.')
    if (path.length > depthMax) {
      const found = `Cannot read the query: it nests deeper than ${depthMax} levels`
      return { kind: 'unreadable', reason: ingestReason('ingest.body_too_deep', found) }
    }
    const text = typeof value === 'string' ? value : value?.at(-1)
    if (text !== undefined) place(body, path, text.toWellFormed())
  }
  return { kind: 'parsed', body, hasInfinity: false }
}

function place(body: JsonObject, path: readonly string[], value: Json): void {
  const last = path.at(-1)!
  let node = body
  for (const name of path.slice(0, -1)) {
    const next = node[name]
    const child = isObject(next) ? next : emptyObject()
    node[name] = child
    node = child
  }
  node[last] = value
}

// Without a prototype, a parameter called __proto__ is a key like any other.
const emptyObject = (): JsonObject => Object.create(null)
