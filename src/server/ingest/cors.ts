import type { Route } from '../../event_sources/event_source.ts'

type Headers = { readonly [name: string]: string }

// Headers that senders are known to set from a page. A list, since `*` does not cover Authorization (Fetch, "CORS protocol").
const ALLOWED_HEADERS =
  'authorization, content-type, x-retry-count, x-write-key, x-mp-key, x-enable-debug, anonymousid, sentat'
const PREFLIGHT_SECONDS = 7200 // the longest Chrome keeps an answer

/** Headers that let a page of any origin read our answer, above all Retry-After. */
export function corsHeaders(origin: string, route: Pick<Route, 'withCredentials'>): Headers {
  return route.withCredentials ? { ...OPEN, ...withCredentials(origin) } : OPEN
}

/** Headers of the answer to an OPTIONS request, before a page may send anything. */
export function preflightHeaders(origin: string, route: Pick<Route, 'withCredentials'>): Headers {
  return route.withCredentials ? { ...PREFLIGHT, ...withCredentials(origin) } : PREFLIGHT
}

const OPEN: Headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After, X-MP-Max-Age',
  vary: 'Origin',
}

const PREFLIGHT: Headers = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': ALLOWED_HEADERS,
  'access-control-max-age': String(PREFLIGHT_SECONDS),
  vary: 'Origin',
}

const withCredentials = (origin: string): Headers => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
})
