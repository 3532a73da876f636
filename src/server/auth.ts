import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sessions } from '../store/sessions.ts'
import { ApiFailure, type Caller } from './api_route.ts'

/** Lets people in, and keeps other people's web pages out. */
export interface Auth {
  /** Who asks for something that changes nothing. @throws ApiFailure 401 */
  reader(request: FastifyRequest): Promise<Caller>
  /** Who asks for a change. @throws ApiFailure 401, or 403 when a foreign page could have sent it */
  operator(request: FastifyRequest): Promise<Caller>
  /** What the browser must send back with every change. */
  state(request: FastifyRequest): Promise<{ readonly login: 'none' | 'required' | 'done'; readonly csrf: string }>
  /** @throws ApiFailure 401 when the password is wrong, 429 after too many tries */
  login(request: FastifyRequest, reply: FastifyReply, password: string): Promise<{ readonly csrf: string }>
  logout(request: FastifyRequest, reply: FastifyReply): Promise<void>
}

export interface AuthOptions {
  readonly sessions: Sessions
  readonly now: () => number
  /** Names under which this server is reached; a request for any other was lured here. */
  readonly hosts: readonly string[]
  readonly isHttps: boolean
}

const COOKIE = 'backbeat_session'
const LOGIN_TRIES = 10
const LOGIN_WINDOW_MS = 60_000

export function createAuth({ sessions, now, hosts, isHttps }: AuthOptions): Auth {
  // Without a password there are no sessions; this one token stands for whoever uses this machine.
  const openToken = randomBytes(32).toString('base64url')
  const tries: number[] = []
  const name = isHttps ? `__Host-${COOKIE}` : COOKIE
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`

  async function session(request: FastifyRequest): Promise<{ csrf: string; id: string } | null> {
    const id = readCookie(request.headers.cookie, name)
    const found = id === null ? null : await sessions.touch(id, now())
    return found && id !== null ? { ...found, id } : null
  }

  async function csrfOf(request: FastifyRequest): Promise<string> {
    if (!(await sessions.hasPassword())) return openToken
    const found = await session(request)
    if (!found) throw new ApiFailure(401, 'api.login_required', 'Log in first')
    return found.csrf
  }

  function throttle(): void {
    while (tries[0] !== undefined && tries[0] < now() - LOGIN_WINDOW_MS) tries.shift()
    if (tries.length >= LOGIN_TRIES) throw new ApiFailure(429, 'api.too_many_logins', 'Too many tries; wait a minute')
    tries.push(now())
  }

  return {
    async reader(request) {
      refuseForeignHost(request, hosts)
      await csrfOf(request)
      return callerOf(request)
    },
    async operator(request) {
      refuseForeignHost(request, hosts)
      const csrf = await csrfOf(request)
      if (isFromBrowser(request) && !equal(String(request.headers['x-csrf-token'] ?? ''), csrf)) {
        throw new ApiFailure(403, 'api.forged', 'Refused: the request did not come from the console; reload the page')
      }
      return callerOf(request)
    },
    async state(request) {
      refuseForeignHost(request, hosts)
      if (!(await sessions.hasPassword())) return { login: 'none', csrf: openToken }
      const found = await session(request)
      return found ? { login: 'done', csrf: found.csrf } : { login: 'required', csrf: '' }
    },
    async login(request, reply, password) {
      refuseForeignHost(request, hosts)
      throttle()
      const opened = await sessions.open(password, now())
      if (!opened) throw new ApiFailure(401, 'api.wrong_password', 'The password is wrong')
      reply.header('set-cookie', `${name}=${opened.id}; ${attributes}`)
      return { csrf: opened.csrf }
    },
    async logout(request, reply) {
      const id = readCookie(request.headers.cookie, name)
      if (id !== null) await sessions.close(id)
      reply.header('set-cookie', `${name}=; ${attributes}; Max-Age=0`)
    },
  }
}

/** A page of somebody else that pointed its own name at this machine would be allowed to read our answers. */
function refuseForeignHost(request: FastifyRequest, hosts: readonly string[]): void {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (hosts.includes('*') || hosts.includes(host)) return
  throw new ApiFailure(
    403,
    'api.foreign_host',
    `Refused: "${host}" is not a name of this server; see BACKBEAT_PUBLIC_URL`,
  )
}

// Browsers always say where a changing request comes from; programs have no session to abuse.
function isFromBrowser({ headers }: FastifyRequest): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.cookie !== undefined
}

function callerOf(request: FastifyRequest): Caller {
  return { who: isFromBrowser(request) ? 'console' : 'api' }
}

/** A cookie of a request; null when there is none of that name. */
export function readCookie(header: string | undefined, name: string): string | null {
  const pair = header?.split(/; */).find((one) => one.startsWith(`${name}=`))
  return pair ? pair.slice(name.length + 1) : null
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
