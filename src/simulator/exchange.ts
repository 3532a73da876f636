import { type Answer, refused } from './answer.ts'
import { type Call, eventSourceIdOf, itemCountOf } from './call.ts'
import type { FaultOrder } from './fault_kinds.ts'
import { mask } from './identifiers.ts'
import { requestId } from './random.ts'
import { faultAnswer, faultReply, gatewayPage, type Reply, spoken, takesIn } from './reply.ts'
import type { LoggedRequest } from './request_log.ts'
import { answerCall } from './routes.ts'
import { shifted } from './shift.ts'
import type { Simulation } from './simulation.ts'

/** What goes back for one call, when, and what is on record about it. */
export interface Exchange {
  readonly reply: Reply
  readonly latencyMs: number
  readonly logged: LoggedRequest
}

interface Said {
  readonly reply: Reply
  /** TikTok's words in the reply; null when it is not TikTok's. */
  readonly answer: Answer | null
}

const UNTOLD = refused(0, '')

function say(call: Call, fault: FaultOrder | null, id: string, simulation: Simulation): Said {
  const { settings } = simulation.world
  if (fault?.fault === 'shift') {
    simulation.world = shifted(simulation.world, call)
    return say(call, null, id, simulation)
  }
  const own = fault === null || takesIn(fault) ? answerCall(call, simulation) : UNTOLD
  if (fault === null) return { reply: spoken(own, id, settings), answer: own }
  const answer = faultAnswer(fault, call)
  if (answer !== null) return { reply: spoken(answer, id, settings), answer }
  return { reply: faultReply(fault, own, id), answer: fault.fault === 'huge' ? own : null }
}

function statusOf(reply: Reply): number | null {
  switch (reply.kind) {
    case 'whole':
      return reply.status
    case 'half':
    case 'huge':
      return 200
    case 'silence':
      return reply.ms === null ? null : 504
    case 'cut':
      return null
  }
}

function record(
  call: Call,
  { reply, answer }: Said,
  fault: FaultOrder | null,
  id: string,
  startedAt: number,
): Omit<LoggedRequest, 'id'> {
  const json = call.body.length === 0 ? null : call.json()
  return {
    at: new Date(call.at).toISOString(),
    method: call.method,
    path: call.path,
    token: call.token === null ? null : mask(call.token),
    event_source_id: eventSourceIdOf(json),
    items: itemCountOf(json),
    status: statusOf(reply),
    code: answer?.code ?? null,
    message: answer?.message ?? null,
    request_id: id,
    fault: fault?.fault ?? null,
    content_type: call.contentType,
    user_agent: call.userAgent,
    duration_ms: Math.round(performance.now() - startedAt),
  }
}

/** The bodies of these calls are secrets from end to end. */
const bodyToKeep = ({ path, body }: Call) => (path.includes('/oauth2/') ? Buffer.alloc(0) : body)

/** Answers a call to TikTok's paths, with the faults on order, and puts it on record. */
export function exchange(call: Call, simulation: Simulation): Exchange {
  const startedAt = performance.now()
  const id = requestId(call.at, simulation.random)
  const { latencyMs, fault } = simulation.faults.strike(call)
  simulation.reporting.timeOuts.note(call, fault)
  const said = say(call, fault, id, simulation)
  const logged = simulation.requests.add(record(call, said, fault, id, startedAt), bodyToKeep(call))
  return { reply: said.reply, latencyMs: latencyMs + simulation.world.settings.latency_ms, logged }
}

/** The gateway's answer to a body that was too long to be read; `call` has none. */
export function exchangeTooLarge(call: Call, simulation: Simulation): Exchange {
  const said = { reply: gatewayPage(413), answer: null }
  const id = requestId(call.at, simulation.random)
  return {
    ...said,
    latencyMs: 0,
    logged: simulation.requests.add(record(call, said, null, id, performance.now()), call.body),
  }
}
