import type { Route, Sender } from '../../event_sources/event_source.ts'

/** One sender's claim on a path. */
export interface Claim<R extends Route = Route> {
  /** `type` of the sender. */
  readonly type: string
  readonly route: R
}

/** A path to serve, and all who claim it, in the order of the senders. */
export interface ClaimedPath {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly claims: readonly [Claim, ...Claim[]]
}

/** Every path of every sender once. Throws when two senders want different kinds of things of one path. */
export function claimedPaths(senders: readonly Sender[]): readonly ClaimedPath[] {
  const paths = new Map<string, ClaimedPath>()
  for (const { type, route, path } of allPaths(senders)) {
    const id = `${route.method} ${path}`
    const known = paths.get(id)
    const claims: ClaimedPath['claims'] = known ? [...known.claims, { type, route }] : [{ type, route }]
    if (claims[0].route.kind !== route.kind) {
      throw new Error(`Cannot serve ${id}: "${claims[0].type}" and "${type}" take different kinds of requests there`)
    }
    paths.set(id, { method: route.method, path, claims })
  }
  return [...paths.values()]
}

/** Every path a page may ask about before it sends, with a route that says whether cookies come along. */
export function preflightPaths(senders: readonly Sender[]): ReadonlyMap<string, Route> {
  const all = allPaths(senders)
  const withCredentials = all.filter(({ route }) => route.withCredentials)
  return new Map([...all, ...withCredentials].map(({ path, route }) => [path, route]))
}

const allPaths = (senders: readonly Sender[]) =>
  senders.flatMap(({ type, routes }) => routes.flatMap((route) => route.paths.map((path) => ({ type, route, path }))))
