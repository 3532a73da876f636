import type { WireRequest } from '../core/destination.ts'
import type { Json, JsonObject } from '../core/json.ts'

/** Who is to blame for a refusal: one of the items, or what stands around them. */
export type Blame = { readonly on: 'item'; readonly index: number | null } | { readonly on: 'setting' }

/** One TikTok endpoint: all that differs from the others, and nothing else. */
export interface Endpoint<Params extends object, Data> {
  readonly method: 'GET' | 'POST'
  /** With the slash at the end; without it TikTok redirects. */
  readonly path: string
  /** The page of TikTok's documentation this was written from. */
  readonly docs: string
  /** Checks `data` of the answer; throws an Error when TikTok's shape is not the one we know. */
  readonly parse: (data: Json) => Data
  /** Reads a good answer that comes without TikTok's envelope, such as a file; throws an Error when it is none. */
  readonly parseText?: (text: string) => Data
  /** Most bytes of an answer; a megabyte when left out. */
  readonly answerBytesMax?: number
  /** JSON text of the body, when it is more than `JSON.stringify` of the parameters. */
  readonly write?: (params: Params) => string
  /** Reads the words of a refusal; without it some unnamed item is to blame. */
  readonly blame?: (message: string) => Blame
  /** Parameters that nobody may read in a receipt or an error, such as an app's secret. */
  readonly secrets?: readonly string[]
  /** It is called without a token, since it gives one. */
  readonly isOpen?: true
  /**
   * The caller asks for less when the call takes too long. TikTok punishes a report that times out and is asked for again
   * as it was, so a reader never repeats such a call.
   */
  readonly isShrinkable?: true
}

/** The request a call would make, without its token. */
export function requestOf<Params extends object, Data>(
  { method, path, write }: Endpoint<Params, Data>,
  params: Params,
  baseUrl: string,
): WireRequest {
  if (method === 'GET') return { method, url: baseUrl + path + query(params), body: '' }
  return { method, url: baseUrl + path, body: write ? write(params) : JSON.stringify(params) }
}

/** Text stands as it is, anything else as JSON text; what is undefined is left out. */
function query(params: object): string {
  const given = Object.entries(params as JsonObject).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  const texts = given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
  return `?${new URLSearchParams(texts as [string, string][])}`
}
