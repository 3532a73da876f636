import { browserBundle, browserScript } from './browser_script.ts'
import { receiveBatch, receiveSingle } from './calls.ts'
import { credentialInPath, credentialsOf } from './credentials.ts'
import type { CallType } from './event_identity.ts'
import type { DocumentRoute, EventRoute, OpenRoute, Sender } from './event_source.ts'
import { problemAnswer, SUCCESS, successAnswer } from './json_answers.ts'
import { pixelRoute } from './pixel.ts'
import { settingsDocument } from './settings_document.ts'

/** Last element of the path → type of the call. The first letter is what analytics.js sends. */
export const CALLS: { readonly [call: string]: CallType } = {
  track: 'track',
  page: 'page',
  screen: 'screen',
  identify: 'identify',
  group: 'group',
  alias: 'alias',
  t: 'track',
  p: 'page',
  s: 'screen',
  i: 'identify',
  g: 'group',
  a: 'alias',
}

const BATCHES = ['batch', 'b', 'import']

/**
 * Some settings of the clients hold `/v1` and some do not, so people give it twice or not at all; others put a folder
 * of their proxy in front.
 */
const bases = (path: string): readonly string[] => [`/v1/${path}`, `/${path}`, `/:folder/v1/${path}`]

// A whole batch address given as the base address; `:folder/batch` is a path of the client's own choice.
const batchPaths = (path: string): readonly string[] =>
  [...bases(path), `/v1/batch/${path}`, `/v1/batch/v1/${path}`, `/:folder/${path}`].flatMap((it) => [it, `${it}/`])

/** A route for one call a request. */
export const singleRoute = (call: string, type: CallType): EventRoute => ({
  kind: 'events',
  method: 'POST',
  paths: bases(call),
  credentials: credentialsOf,
  receive: (request) => receiveSingle(request, type),
  success: successAnswer,
  problem: problemAnswer,
})

/** The route for many calls a request. */
export const batchRoute: EventRoute = {
  kind: 'events',
  method: 'POST',
  paths: BATCHES.flatMap(batchPaths),
  credentials: credentialsOf,
  receive: receiveBatch,
  success: successAnswer,
  problem: problemAnswer,
}

// What the libraries measure about themselves. Nobody here needs it, and they send it again unless it is taken.
const ownMetrics: OpenRoute = { kind: 'open', method: 'POST', paths: bases('m'), answer: () => SUCCESS }

const settings: DocumentRoute = {
  kind: 'document',
  method: 'GET',
  paths: [...bases('projects/:writeKey/settings'), '/v1/batch/projects/:writeKey/settings'],
  credentials: credentialInPath,
  document: settingsDocument,
  problem: problemAnswer,
}

const script: DocumentRoute = {
  kind: 'document',
  method: 'GET',
  paths: ['analytics.min.js', 'analytics.js', 'platform/analytics.min.js', 'platform/analytics.js'].map(
    (name) => `/analytics.js/v1/:writeKey/${name}`,
  ),
  credentials: credentialInPath,
  document: browserScript,
  problem: problemAnswer,
}

const bundles: OpenRoute = {
  kind: 'open',
  method: 'GET',
  paths: ['/analytics-next/bundles/:file'],
  answer: browserBundle,
}

/** Segment: the HTTP tracking API as all of Segment's libraries use it, unmodified. */
export const segment: Sender = {
  type: 'segment',
  about: "Segment's libraries (analytics.js, Node, Python, Go, mobile) and its HTTP tracking API",
  routes: [
    batchRoute,
    ...Object.entries(CALLS).map(([call, type]) => singleRoute(call, type)),
    pixelRoute('/v1/pixel', CALLS),
    settings,
    script,
    bundles,
    ownMetrics,
  ],
}
