import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type {
  Answer,
  DocumentRoute,
  EventRoute,
  OpenRoute,
  Route,
  SenderRequest,
} from '../../event_sources/event_source.ts'
import { problemAnswer } from '../../event_sources/json_answers.ts'
import { type Claim, type ClaimedPath, claimedPaths, preflightPaths } from './claims.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { type Desk, openDesk } from './desk.ts'
import { findSource, matchProblem } from './match_source.ts'
import type { IngestOptions } from './options.ts'
import { internal, invalidWriteKey } from './problems.ts'
import { type ReadBody, readBody } from './read_body.ts'
import { readable } from './readable.ts'
import { senderRequest } from './sender_request.ts'
import { type Body, takeEvents } from './take_events.ts'

/**
 * The door for events, as a Fastify plugin: serves every path of the given senders and puts what they send into the
 * queue. Give its server the options of `ingestServerOptions`. Throws when two senders want different things of one path.
 */
export function ingest(options: IngestOptions): FastifyPluginCallback {
  const desk = openDesk(options)
  const paths = claimedPaths(options.senders)
  return (server, _options, done) => {
    takeAnyBody(server, desk)
    server.setErrorHandler((error, request, reply) => {
      desk.noteFailure(error)
      return send(request, reply, problemAnswer(internal()), {})
    })
    for (const { method, path, claims } of paths) {
      server.route({ method, url: path, exposeHeadRoute: false, handler: serve({ method, path, claims }, desk) })
    }
    for (const [path, route] of preflightPaths(options.senders)) {
      server.options(path, (request, reply) => {
        return reply
          .code(204)
          .headers(preflightHeaders(request.headers.origin ?? '*', route))
          .send()
      })
    }
    done()
  }
}

/** Reads the body of every request itself, as bytes, whatever its Content-Type says: clients put anything there. */
function takeAnyBody(server: FastifyInstance, desk: Desk): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (_request: FastifyRequest, raw: IncomingMessage) =>
    readBody(raw, desk.limits.bodyBytesMax, desk.partial),
  )
  server.addHook('onRequest', (request, _reply, next) => {
    // Fastify refuses a Content-Type that is not one before it asks any parser.
    request.raw.headers['content-type'] = 'application/octet-stream'
    next()
  })
}

function serve({ path, claims }: ClaimedPath, desk: Desk): RouteHandlerMethod {
  switch (claims[0].route.kind) {
    case 'events':
      return serveEvents(path, claims as readonly Claim<EventRoute>[], desk)
    case 'document':
      return serveDocument(claims as readonly Claim<DocumentRoute>[], desk)
    case 'open':
      return serveOpen(claims[0].route, desk)
  }
}

function serveEvents(path: string, claims: readonly Claim<EventRoute>[], desk: Desk): RouteHandlerMethod {
  return async (request, reply) => {
    const body = (request.body ?? { kind: 'none' }) as Body | (ReadBody & { kind: 'cut' })
    if (body.kind === 'cut') {
      desk.metrics.request('cut')
      return reply.hijack()
    }
    const arrived = { request: senderRequest(request, desk), claims, path }
    const { outcome, answer } = await takeEvents(arrived, body, desk)
    desk.metrics.request(outcome)
    // Otherwise the rest of the body would be read as the next request.
    if (body.kind === 'busy' || (body.kind === 'too_large' && !body.isDrained)) reply.header('connection', 'close')
    return send(request, reply, answer, claims[0]!.route)
  }
}

function serveDocument(claims: readonly Claim<DocumentRoute>[], desk: Desk): RouteHandlerMethod {
  return async (raw, reply) => {
    const request = withBody(senderRequest(raw, desk), raw.body as ReadBody | undefined, desk)
    const match = await findSource(claims, request, desk)
    if (match === null) return send(raw, reply, claims[0]!.route.problem(invalidWriteKey('unknown')), claims[0]!.route)
    const problem = matchProblem(match, request)
    const answer = problem ? match.route.problem(problem) : match.route.document(request, match.source.writeKey)
    // A cache may give the answer for one page to another, so it says to all that they may read it.
    reply.headers(corsHeaders('*', match.route))
    return send(raw, reply, answer, match.route)
  }
}

// A document is given whatever the body is; one that cannot be read is none.
function withBody(bare: SenderRequest, body: ReadBody | undefined, desk: Desk): SenderRequest {
  if (body?.kind !== 'whole') return bare
  const read = readable(body.bytes, bare, desk.limits, false)
  return read.kind === 'readable' ? read.request : bare
}

const serveOpen =
  (route: OpenRoute, desk: Desk): RouteHandlerMethod =>
  async (request, reply) =>
    send(request, reply, route.answer(senderRequest(request, desk)), route)

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  route: Pick<Route, 'withCredentials'>,
): FastifyReply {
  const { origin } = request.headers
  if (origin !== undefined) reply.headers(corsHeaders(origin, route))
  return reply.code(answer.status).headers(answer.headers).send(answer.body)
}
