import { gunzipSync } from 'node:zlib'
import { isObject } from './json.ts'

/** One HTTP request, read to its end. */
export interface Call {
  readonly method: string
  /** Without the query; always with a slash at the end. */
  readonly path: string
  readonly query: URLSearchParams
  /** The Access-Token header, or null when it is missing or empty. */
  readonly token: string | null
  readonly contentType: string
  readonly encoding: string
  readonly userAgent: string
  /** Where the caller has found us: name and port. */
  readonly host: string
  /** The body, unpacked when it came as gzip. */
  readonly body: Buffer
  /** When it arrived, by the simulator's clock, in ms. */
  readonly at: number
  /** The body as JSON, parsed once; undefined when it is no JSON. */
  json(): unknown
}

/** What can be asked of a request: URL, headers and the body as it came. */
export interface RawCall {
  readonly method: string
  readonly url: URL
  header(name: string): string
  readonly body: Buffer
  readonly at: number
}

function unpacked(body: Buffer, encoding: string, bytesMax: number): Buffer {
  if (encoding !== 'gzip') return body
  try {
    return gunzipSync(body, { maxOutputLength: bytesMax })
  } catch {
    return Buffer.alloc(0) // broken gzip is no JSON, and is refused as such
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`)

/** A request in the words of the simulator. A gzip body may unpack to `bytesMax` at most. */
export function readCall(raw: RawCall, bytesMax: number): Call {
  const encoding = raw.header('content-encoding').toLowerCase()
  const body = unpacked(raw.body, encoding, bytesMax)
  let parsed: { readonly json: unknown } | null = null
  return {
    method: raw.method,
    path: withSlash(raw.url.pathname),
    query: raw.url.searchParams,
    token: raw.header('access-token') || null,
    contentType: raw.header('content-type'),
    encoding,
    userAgent: raw.header('user-agent'),
    host: raw.header('host'),
    body,
    at: raw.at,
    json: () => {
      parsed ??= { json: parse(body) }
      return parsed.json
    },
  }
}

const ID_KEYS = ['event_source_id', 'pixel_code', 'event_set_id', 'tiktok_app_id', 'app_id']

/** The event source a body names, in any generation's words, or null. */
export function eventSourceIdOf(json: unknown): string | null {
  if (!isObject(json)) return null
  const key = ID_KEYS.find((key) => typeof json[key] === 'string')
  return key === undefined ? null : String(json[key])
}

/** How many events a body carries: the length of its list, 1 without a list, null when it is no JSON object. */
export function itemCountOf(json: unknown): number | null {
  if (!isObject(json)) return null
  const list = json['data'] ?? json['batch']
  return Array.isArray(list) ? list.length : 1
}
