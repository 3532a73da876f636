import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ZodType, z } from 'zod'
import { ApiFailure, type ApiRoute, type Context } from './api_route.ts'
import type { Auth } from './auth.ts'
import { originOf } from './origin.ts'
import { auditRoutes } from './routes/audit.ts'
import { deadLetterRoutes } from './routes/dead_letters.ts'
import { eventRoutes } from './routes/events.ts'
import { explainRoutes } from './routes/explain.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { overviewRoutes } from './routes/overview.ts'
import { reportingRoutes } from './routes/reporting.ts'
import { resourceRoutes } from './routes/resources.ts'
import { runRoutes } from './routes/runs.ts'
import { schemaChangeRoutes } from './routes/schema_changes.ts'
import { schemaRoutes } from './routes/schemas.ts'
import { streamSyncRoutes } from './routes/stream_syncs.ts'
import { warehouseRoutes } from './routes/warehouses.ts'

/** Every route of the API but those that log people in. */
export const API_ROUTES: readonly ApiRoute[] = [
  ...overviewRoutes,
  ...resourceRoutes,
  ...eventRoutes,
  ...explainRoutes,
  ...deadLetterRoutes,
  ...oauthRoutes,
  ...runRoutes,
  ...schemaChangeRoutes,
  ...streamSyncRoutes,
  ...warehouseRoutes,
  ...schemaRoutes,
  ...reportingRoutes,
  ...auditRoutes,
]

/** Registers the API's routes. What a route needs to be safe is done here, once, for all of them. */
export function registerApi(server: FastifyInstance, context: Context, auth: Auth): void {
  for (const route of API_ROUTES) {
    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => (route.method === 'GET' ? look(route, request) : change(route, request, reply)),
    })
  }

  const origin = (request: FastifyRequest) => originOf(request, context.config.BACKBEAT_PUBLIC_URL)

  async function look(route: Extract<ApiRoute, { method: 'GET' }>, request: FastifyRequest): Promise<unknown> {
    const caller = await auth.reader(request)
    return route.answer(context, { ...inputOf(route, request), body: undefined, caller, origin: origin(request) })
  }

  async function change(
    route: Exclude<ApiRoute, { method: 'GET' }>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const caller = await auth.operator(request)
    const input = { ...inputOf(route, request), caller, origin: origin(request) }
    const { answer, subject, detail = '', cookie } = await route.answer(context, input)
    if (subject !== null && route.audit !== null) {
      await context.store.audit.write({
        at: context.outside.now(),
        who: caller.who,
        what: route.audit,
        subject,
        detail,
      })
    }
    if (cookie !== undefined) reply.header('set-cookie', cookie)
    return reply.send(answer)
  }
}

function inputOf(route: ApiRoute, request: FastifyRequest) {
  return {
    params: parse(route.params, request.params, 'path'),
    query: parse(route.query, request.query, 'query'),
    body: parse(route.body, request.body ?? {}, 'body'),
  }
}

function parse(schema: ZodType | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const { path, message } = problems[0]!
  throw new ApiFailure(400, 'api.bad_request', `Cannot read the ${where}: ${path || 'it'}: ${message}`, problems)
}

/** The API's description, from the same routes. */
export function describeApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of API_ROUTES) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = describeRoute(route)
  }
  return { openapi: '3.1.0', info: { title: 'Backbeat', version }, paths }
}

function describeRoute(route: ApiRoute): object {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')]
  return {
    summary: route.about,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { content: { 'application/json': { schema: schemaOf(route.body) } } } }),
    responses: { 200: { description: 'Done' }, default: { description: 'Refused; `error` says why' } },
  }
}

function parametersOf(schema: ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!schema) return []
  const { properties = {} } = schemaOf(schema) as { properties?: Record<string, object> }
  return Object.entries(properties).map(([name, type]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: type,
  }))
}

const schemaOf = (schema: ZodType): object => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
