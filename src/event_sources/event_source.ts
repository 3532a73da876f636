import type { JsonObject } from '../core/json.ts'
import type { Reason } from '../core/outcome.ts'

/**
 * Everything we know about one kind of client that may send us events: the requests it makes, and the answers it needs.
 * A new one is one file here and one line in the catalog.
 */
export interface Sender {
  /** `type` of the event sources it serves, such as `segment`. */
  readonly type: string
  /** One sentence for the person who chooses it. */
  readonly about: string
  /** Two senders may list the same path: the type of the event source behind the write key then decides. */
  readonly routes: readonly Route[]
}

/** One kind of request a client makes. */
export type Route = EventRoute | DocumentRoute | OpenRoute

interface AnyRoute {
  readonly method: 'GET' | 'POST'
  /** Exact paths; `:name` stands for one path element. */
  readonly paths: readonly string[]
  /** Browsers send cookies along and then insist on seeing their own origin in the answer. */
  readonly withCredentials?: true
}

/** Brings events. */
export interface EventRoute extends AnyRoute {
  readonly kind: 'events'
  /** A body may be an array of events or batches; it is handed on as `{ batch: […] }`. */
  readonly takesArrays?: true
  /** Where the write key may be, likeliest first. Asked before the body is read (`body` null) and once more after. */
  credentials(request: SenderRequest): readonly Credential[]
  /** Takes the events out of a request. Never throws, whatever the body holds. */
  receive(request: SenderRequest): Received
  success(received: ReceivedEvents): Answer
  problem(problem: Problem): Answer
}

/** Fetches something that belongs to an event source, such as its settings. Keeps nothing of what it is sent. */
export interface DocumentRoute extends AnyRoute {
  readonly kind: 'document'
  credentials(request: SenderRequest): readonly Credential[]
  document(request: SenderRequest, writeKey: string): Answer
  problem(problem: Problem): Answer
}

/** Needs no write key; a body is read to its end and dropped. */
export interface OpenRoute extends AnyRoute {
  readonly kind: 'open'
  answer(request: SenderRequest): Answer
}

/** A request as a sender sees it: the body inflated, decoded and parsed, its size and depth checked. */
export interface SenderRequest {
  /** Values of `:name` in the path. */
  readonly params: { readonly [name: string]: string | undefined }
  readonly query: { readonly [name: string]: string | readonly string[] | undefined }
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  /** Null when there is none, and as long as it is not read. */
  readonly body: JsonObject | null
  /** A number of the body, such as 1e999, is past what a double holds and was read as Infinity. */
  readonly hasInfinity: boolean
  /** Address of the client, after trusted proxies; null when the connection is already gone. */
  readonly ip: string | null
  /** How the client reached us: `events.shop.example`, perhaps with a port. */
  readonly host: string
  readonly protocol: 'http' | 'https'
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  readonly limits: EventLimits
  /** A fresh id, for an event that came without one. */
  readonly newId: () => string
}

/** How large what we take may be. */
export interface EventLimits {
  /** Bytes of one event as UTF-8 JSON. */
  readonly eventBytesMax: number
  readonly batchEventsMax: number
  /** Arrays and objects inside one another. */
  readonly depthMax: number
}

/** A write key, and where it stood: only a header is not a public place. */
export interface Credential {
  readonly writeKey: string
  /** What came with the key to prove it, such as the password of Basic authorization; empty when nothing did. */
  readonly secret: string
  readonly place: 'header' | 'body' | 'url'
}

/** What a request brought. */
export type Received = ReceivedEvents | UnusableBody

/** The events of a request, sorted into kept and refused. */
export interface ReceivedEvents {
  readonly kind: 'received'
  readonly events: readonly ReceivedEvent[]
  readonly refused: readonly RefusedEvent[]
}

/** Nothing in the request can be used, for one reason. */
export interface UnusableBody {
  readonly kind: 'unusable'
  readonly reason: Reason
}

/** An event, normalised, as it will be kept. */
export interface ReceivedEvent {
  readonly messageId: string
  /** Event name of a track call, page name of a page call, else the type. */
  readonly name: string
  /** The whole event as JSON text. */
  readonly payload: string
}

/** One event that can never be kept. */
export interface RefusedEvent {
  /** Place in the batch, from 0. */
  readonly index: number
  readonly reason: Reason
  /** What was refused, as JSON text. */
  readonly body: string
}

/** Why a whole request is refused. Each sender puts it in the words its clients understand. */
export interface Problem {
  /** What fits best in HTTP; a sender may choose another when its clients would misread this one. */
  readonly status: 400 | 401 | 403 | 429 | 500 | 503
  readonly reason: Reason
  /** Whole seconds to wait before trying again; null when trying again cannot help. */
  readonly retryAfterSeconds: number | null
}

/** An answer as it goes over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string | Uint8Array
}
