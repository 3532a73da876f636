import { type ZodType, z } from 'zod'
import type { SpecSchema } from '../../src/files/spec_schema.ts'
import { API_ROUTES } from '../../src/server/api.ts'
import type { ApiRoute } from '../../src/server/api_route.ts'
import { code, page, table } from './markdown.ts'
import { shapeOf } from './spec_table.ts'

/** Every route of the API. */
export function apiPage(): string {
  return page('API', 'the routes in src/server', INTRODUCTION, ...API_ROUTES.flatMap(routeText))
}

const INTRODUCTION = `Everything the console does goes through here, below \`/api/v1\`. The same description, for programs, is at
\`/api/v1/openapi.json\`; the shape of every answer is in \`src/server/contract.ts\`. Times are milliseconds since 1970. Personal data is
masked unless a call asks for it, which the audit log notes.

Without a password the API answers on this machine only. With one, \`POST /session {"password": …}\` gives a session cookie,
\`GET /session\` the token that a browser sends back with every change as \`x-csrf-token\`, and \`DELETE /session\` ends it.
\`GET /events/stream\` gives rows of events as they come in and change, as server-sent events.

An error is \`{ "error": { "code", "message", "problems" } }\`; see [error codes](errors.md).`

function routeText(route: ApiRoute): readonly string[] {
  const change =
    route.method === 'GET' ? '' : route.audit === null ? ' Changes nothing.' : ` Audited as ${code(route.audit)}.`
  const fields = [...fieldsOf(route.params, 'path'), ...fieldsOf(route.query, 'query'), ...fieldsOf(route.body, 'body')]
  return [
    `## ${route.method} ${route.path}`,
    `${route.about}${change}`,
    ...(fields.length > 0 ? [table(['Field', 'In', 'Value', 'Required'], fields)] : []),
  ]
}

function fieldsOf(schema: ZodType | undefined, place: string): readonly (readonly string[])[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as SpecSchema
  return Object.entries(properties).map(([name, field]) => [
    code(name),
    place,
    shapeOf(field),
    required.includes(name) ? 'yes' : '',
  ])
}
