import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ApiFailure, type Context } from '../api_route.ts'
import type { Auth } from '../auth.ts'
import type { Session } from '../contract.ts'

const credentials = z.object({ password: z.string().max(1000) })

/** The only routes that answer before anybody is logged in. */
export function sessionRoutes(server: FastifyInstance, context: Context, auth: Auth): void {
  const shown = (login: Session['login'], csrf: string): Session => ({
    login,
    csrf,
    version: context.version,
    demo: context.demo,
    simulatorUrl: context.simulatorUrl,
    ingestUrl: context.config.BACKBEAT_PUBLIC_URL ?? `http://${hostAndPort(server)}`,
  })

  server.get('/session', async (request) => {
    const { login, csrf } = await auth.state(request)
    return shown(login, csrf)
  })
  server.post('/session', async (request, reply) => {
    const parsed = credentials.safeParse(request.body)
    if (!parsed.success) throw new ApiFailure(400, 'api.bad_request', 'Cannot log in: "password" is missing')
    const { csrf } = await auth.login(request, reply, parsed.data.password)
    return shown('done', csrf)
  })
  server.delete('/session', async (request, reply) => {
    await auth.operator(request)
    await auth.logout(request, reply)
    return shown('required', '')
  })
}

function hostAndPort(server: FastifyInstance): string {
  const address = server.server.address()
  if (address === null || typeof address === 'string') return '127.0.0.1'
  const isEverywhere = address.address === '0.0.0.0' || address.address === '::'
  const host = isEverywhere ? '127.0.0.1' : address.address
  return `${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
