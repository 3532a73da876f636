import { hash, timingSafeEqual } from 'node:crypto'
import type { Credential, DocumentRoute, EventRoute, Problem, SenderRequest } from '../../event_sources/event_source.ts'
import type { Claim } from './claims.ts'
import type { ConfiguredSource, IngestOptions, SourceLookup } from './options.ts'
import { invalidWriteKey, originNotAllowed } from './problems.ts'

/** A request that has found its event source. */
export interface Match<Route extends EventRoute | DocumentRoute> {
  readonly source: ConfiguredSource
  readonly credential: Credential
  readonly route: Route
}

/**
 * The event source behind the first write key of the request that we know, and the route of the source's own sender; of
 * the first sender when its own does not claim the path. Null when no key is known.
 */
export function matchSource<Route extends EventRoute | DocumentRoute>(
  claims: readonly Claim<Route>[],
  request: SenderRequest,
  sources: SourceLookup,
): Match<Route> | null {
  for (const { route } of claims) {
    for (const credential of route.credentials(request)) {
      const source = sources(credential.writeKey)
      const claim = claims.find(({ type }) => type === source?.type)
      if (source !== undefined) return { source, credential, route: claim?.route ?? route }
    }
  }
  return null
}

/**
 * The same, having looked for changes of the configuration before it gives up: clients drop what is refused, so a key
 * that was made a moment ago must not be called unknown.
 */
export async function findSource<Route extends EventRoute | DocumentRoute>(
  claims: readonly Claim<Route>[],
  request: SenderRequest,
  { sources, refreshSources }: Pick<Required<IngestOptions>, 'sources' | 'refreshSources'>,
): Promise<Match<Route> | null> {
  const match = matchSource(claims, request, sources)
  if (match !== null || !(await refreshSources())) return match
  return matchSource(claims, request, sources)
}

/** Why a known source may not be used by this request, or null. */
export function matchProblem(
  { source, credential }: Match<EventRoute | DocumentRoute>,
  request: SenderRequest,
): Problem | null {
  if (source.strictKeys && credential.place !== 'header') return invalidWriteKey('not_in_header')
  if (source.secret !== undefined && !isSame(credential.secret, source.secret)) return invalidWriteKey('wrong_secret')
  const origin = request.headers['origin']
  if (typeof origin !== 'string' || source.allowedOrigins === undefined) return null
  return source.allowedOrigins.includes(origin) ? null : originNotAllowed()
}

// Digests have one length, and comparing them takes one time, whatever was guessed.
const isSame = (given: string, right: string): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', right, 'buffer'))
