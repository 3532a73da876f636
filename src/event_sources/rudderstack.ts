import { receiveBatch, receiveSingle } from './calls.ts'
import { credentialsOf } from './credentials.ts'
import type { CallType } from './event_identity.ts'
import type { Answer, DocumentRoute, EventRoute, Sender, SenderRequest } from './event_source.ts'
import { jsonAnswer, problemAnswer } from './json_answers.ts'
import { pixelRoute } from './pixel.ts'
import { batchRoute, CALLS, singleRoute } from './segment.ts'

/**
 * Calls of the browser library repeat the anonymous id, in base64, in a header of its own; it stands in where the event
 * has none. Everything else an event of theirs has of its own (`originalTimestamp`, `sentAt`, `channel`) is read for
 * every sender.
 */
const withAnonymousId =
  (receive: EventRoute['receive']): EventRoute['receive'] =>
  (request) => {
    const header = request.headers['anonymousid']
    if (typeof header !== 'string' || request.body === null || request.body['anonymousId']) return receive(request)
    const anonymousId = Buffer.from(header, 'base64').toString().toWellFormed()
    return receive({ ...request, body: { ...request.body, anonymousId } })
  }

const single = ([call, type]: [string, CallType]): EventRoute => ({
  ...singleRoute(call, type),
  receive: withAnonymousId((request) => receiveSingle(request, type)),
})

// navigator.sendBeacon sends cookies along, and cannot set a header for the key.
const beacon: EventRoute = {
  ...batchRoute,
  paths: ['/beacon/v1/batch'],
  withCredentials: true,
  receive: receiveBatch,
}

/** What the browser library must read before it sends anything: that its source is on, and that it has nothing else to load. */
function sourceConfig(_request: SenderRequest, writeKey: string): Answer {
  const config = { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } }
  const source = {
    id: writeKey,
    name: writeKey,
    writeKey,
    enabled: true,
    workspaceId: 'backbeat',
    config,
    connections: [],
    destinations: [],
    dataplanes: {},
  }
  return jsonAnswer(200, { source, updatedAt: '1970-01-01T00:00:00.000Z' })
}

const config: DocumentRoute = {
  kind: 'document',
  method: 'GET',
  paths: ['/sourceConfig', '/sourceConfig/', '/:folder/sourceConfig', '/:folder/sourceConfig/'],
  credentials: credentialsOf,
  document: sourceConfig,
  problem: problemAnswer,
}

/** RudderStack: the same calls as Segment's, and a few addresses of its own. */
export const rudderstack: Sender = {
  type: 'rudderstack',
  about: "RudderStack's libraries, with this server as their data plane",
  routes: [batchRoute, ...Object.entries(CALLS).map(single), beacon, pixelRoute('/pixel/v1', CALLS), config],
}
