import type { z } from 'zod'
import type { Config } from '../config.ts'
import type { Outside } from '../connect.ts'
import type { StreamSyncOutside } from '../open_stream_sync.ts'
import type { Store } from '../store/store.ts'
import type { LoadedMemory } from './loaded_slices.ts'
import type { SignIns } from './sign_ins.ts'

/** What every route may use. */
export interface Context {
  readonly store: Store
  readonly config: Config
  readonly outside: Outside
  /** Address of the local TikTok's page, when one runs beside us. */
  readonly simulatorUrl: string | null
  readonly demo: boolean
  readonly version: string
  /** People who are at TikTok to sign in. */
  readonly signIns: SignIns
  /** What asking TikTok on behalf of a sync takes. */
  readonly streamOutside: StreamSyncOutside
  /** What warehouses were last heard to hold. */
  readonly loaded: LoadedMemory
}

/** Who is asking. */
export interface Caller {
  /** For the audit log: `console` or `api`. */
  readonly who: string
}

interface AnyRoute<Params, Query, Body> {
  /** Below `/api/v1`; `:name` stands for one path element. */
  readonly path: string
  /** One sentence for the API's documentation. */
  readonly about: string
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
}

export interface Input<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly caller: Caller
  /** Address the caller knows us under, such as `http://127.0.0.1:8700`. */
  readonly origin: string
}

/** Looks only. */
export interface ReadRoute<Params, Query> extends AnyRoute<Params, Query, never> {
  readonly method: 'GET'
  answer(context: Context, input: Input<Params, Query, undefined>): Promise<unknown>
}

/**
 * Changes something: needs a session, a role, a token against forged requests, and leaves a line in the audit log. All
 * four come from this shape; a changing route that is not of it cannot be registered.
 */
export interface WriteRoute<Params, Query, Body> extends AnyRoute<Params, Query, Body> {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly role: 'operator'
  /** Verb and object for the audit log, such as `resource.put`; null only when nothing is changed (a preview, a dry run). */
  readonly audit: string | null
  answer(context: Context, input: Input<Params, Query, Body>): Promise<Written>
}

/** What a changing route did. */
export interface Written {
  readonly answer: unknown
  /** What was changed, such as `sync/shop-to-pixel`; null when nothing was. */
  readonly subject: string | null
  readonly detail?: string
  /** What the browser that asked is to keep, as the header `set-cookie` says it. */
  readonly cookie?: string
}

// biome-ignore lint/suspicious/noExplicitAny: a list holds routes of every shape
export type ApiRoute = ReadRoute<any, any> | WriteRoute<any, any, any>

export function read<Params = unknown, Query = unknown>(route: Omit<ReadRoute<Params, Query>, 'method'>): ApiRoute {
  return { ...route, method: 'GET' }
}

export function write<Params = unknown, Query = unknown, Body = unknown>(
  route: Omit<WriteRoute<Params, Query, Body>, 'role'>,
): ApiRoute {
  return { ...route, role: 'operator' }
}

/** Answered with this status and these words. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number
  readonly code: string
  readonly problems: readonly { path: string; message: string; position?: number }[]

  constructor(status: number, code: string, message: string, problems: ApiFailure['problems'] = []) {
    super(message)
    this.status = status
    this.code = code
    this.problems = problems
  }
}

export const notFound = (what: string): ApiFailure => new ApiFailure(404, 'api.not_found', `There is no ${what}`)
