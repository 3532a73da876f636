import type { Reason } from '../../core/outcome.ts'
import type { Answer, EventRoute, Problem, ReceivedEvents, SenderRequest } from '../../event_sources/event_source.ts'
import { QueueUnavailableError } from '../../store/queue.ts'
import type { Claim } from './claims.ts'
import { cutBytes, cutText } from './cut_text.ts'
import type { Desk } from './desk.ts'
import { findSource, type Match, matchProblem, matchSource } from './match_source.ts'
import type { IngestOutcome } from './options.ts'
import { badRequest, busy, internal, invalidWriteKey, overAllowance, unavailable } from './problems.ts'
import type { ReadBody } from './read_body.ts'
import { type Readable, readable, tooLarge } from './readable.ts'

type Found = Match<EventRoute>

/** What a request comes to: the answer, and what the metrics call it. */
export interface Verdict {
  readonly outcome: IngestOutcome
  readonly answer: Answer
}

/** `none`: the request has no body by its nature, such as a pixel. */
export type Body = Exclude<ReadBody, { readonly kind: 'cut' }> | { readonly kind: 'none' }

/** A request with events before its body is read, and who may have sent it. */
export interface Arrived {
  readonly request: SenderRequest
  readonly claims: readonly Claim<EventRoute>[]
  /** The path as it is registered, without anything a client chose. */
  readonly path: string
}

/**
 * One request with events, from its bytes to the answer: finds its source, reads it, and has the events on stable storage
 * before it says yes. Never rejects.
 */
export async function takeEvents(arrived: Arrived, body: Body, desk: Desk): Promise<Verdict> {
  const early = matchSource(arrived.claims, arrived.request, desk.sources)
  const route = early?.route ?? arrived.claims[0]!.route
  try {
    if (body.kind === 'busy' || desk.waiting.isFull()) return refusal('busy', route, busy(dice(desk)))
    if (early === null) return await takeByBody(arrived, bodyOf(body, arrived.request, route, desk), desk)
    return await take(early, bodyOf(body, arrived.request, route, desk), arrived.request, desk)
  } catch (error) {
    return failure(route, error, desk)
  }
}

/** The way of requests whose write key stands in their body, if anywhere. */
async function takeByBody(arrived: Arrived, read: Readable, desk: Desk): Promise<Verdict> {
  const seen = read.kind === 'readable' ? read.request : arrived.request
  const match = await findSource(arrived.claims, seen, desk)
  return match === null ? withoutSource(arrived, seen, read, desk) : take(match, read, arrived.request, desk)
}

// Not async, like those it calls: a function that waits holds on to all it was given, and the garbage collector would
// carry every parsed body along until its events are written.
function take(match: Found, read: Readable, bare: SenderRequest, desk: Desk): Promise<Verdict> {
  const problem = matchProblem(match, bare)
  if (problem !== null) {
    return Promise.resolve(refusal(problem.status === 403 ? 'origin' : 'unknown_key', match.route, problem))
  }
  if (read.kind === 'unreadable') return refuseBody(match, read.reason, cutBytes(read.bytes), desk)
  const received = match.route.receive(read.request)
  if (received.kind === 'unusable') return refuseBody(match, received.reason, shown(read.request), desk)
  return keep(match, received, bare.receivedAt, desk)
}

function bodyOf(body: Exclude<Body, { kind: 'busy' }>, bare: SenderRequest, route: EventRoute, desk: Desk): Readable {
  if (body.kind === 'none') return { kind: 'readable', request: bare }
  if (body.kind === 'whole') return readable(body.bytes, bare, desk.limits, route.takesArrays)
  return tooLarge(body.head, desk.limits.bodyBytesMax)
}

/** What was refused, to look at. */
const shown = ({ body, query }: SenderRequest): string => cutText(JSON.stringify(body ?? query))

/** Nobody we know sent it: it is counted, and its body is not kept. */
function withoutSource({ claims, path }: Arrived, seen: SenderRequest, read: Readable, desk: Desk): Verdict {
  desk.noteUnknownKey(path)
  const { route } = claims[0]!
  const hasKey = route.credentials(seen).length > 0
  if (read.kind === 'unreadable' && !hasKey) return refusal('unknown_key', route, badRequest(read.reason))
  return refusal('unknown_key', route, invalidWriteKey(hasKey ? 'unknown' : 'none'))
}

/** Nothing in the body can be used: it goes to the list of rejects as a whole. */
async function refuseBody({ source, route }: Found, reason: Reason, body: string, desk: Desk): Promise<Verdict> {
  await desk.queue.add([], [{ source: source.name, at: desk.now(), reason, body }])
  desk.metrics.events(source.name, { accepted: 0, duplicate: 0, rejected: 1 })
  return refusal('refused', route, badRequest(reason))
}

function keep(found: Found, received: ReceivedEvents, receivedAt: number, desk: Desk): Promise<Verdict> {
  const seconds = desk.secondsToWait(found.source, received.events.length)
  if (seconds > 0) return Promise.resolve(refusal('busy', found.route, overAllowance(seconds)))
  const bytes = received.events.reduce((sum, { payload }) => sum + payload.length, 0)
  if (!desk.waiting.take(bytes)) return Promise.resolve(refusal('busy', found.route, busy(dice(desk))))
  const verdict = verdictOn(found.route, received)
  return write(found.source.name, received, receivedAt, desk)
    .finally(() => desk.waiting.give(bytes))
    .then(() => verdict)
}

/** What is answered once everything is written. */
function verdictOn(route: EventRoute, received: ReceivedEvents): Verdict {
  const [first] = received.refused
  if (first !== undefined && received.events.length === 0) return refusal('refused', route, badRequest(first.reason))
  return { outcome: 'kept', answer: route.success(received) }
}

function write(source: string, received: ReceivedEvents, receivedAt: number, desk: Desk): Promise<void> {
  const events = received.events.map((event) => ({ ...event, source, receivedAt }))
  const rejects = received.refused.map(({ reason, body }) => ({ source, at: receivedAt, reason, body: cutText(body) }))
  const [accepted, rejected] = [events.length, rejects.length]
  if (accepted + rejected === 0) return Promise.resolve()
  return desk.queue.add(events, rejects).then((added) => {
    const duplicate = added.reduce((count, it) => (it === 'duplicate' ? count + 1 : count), 0)
    desk.metrics.events(source, { accepted, duplicate, rejected })
  })
}

function failure(route: EventRoute, error: unknown, desk: Desk): Verdict {
  if (error instanceof QueueUnavailableError) {
    desk.noteUnavailable(error)
    return refusal('unavailable', route, unavailable(dice(desk)))
  }
  desk.noteFailure(error)
  return refusal('failed', route, internal())
}

const refusal = (outcome: IngestOutcome, route: EventRoute, problem: Problem): Verdict => ({
  outcome,
  answer: route.problem(problem),
})

// Spreads the return of those who are told to wait.
const dice = (desk: Desk): number => desk.random(1)[0] ?? 0
