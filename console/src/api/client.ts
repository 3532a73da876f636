import type { ApiError, Problem, Session } from '../../../src/server/contract.ts'
import { setReachable } from './connection.ts'

/** Where the API lives, seen from the page. */
export const API = '/api/v1'

/** Our server answered with an error. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number
  readonly code: string
  readonly problems: readonly Problem[]

  constructor(status: number, error: ApiError['error']) {
    super(error.message)
    this.status = status
    this.code = error.code
    this.problems = error.problems ?? []
  }
}

/** No answer came: the server is down, restarting, or the network is. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

// What a proxy answers in place of a server that is down.
const GATEWAY_STATUS = new Set([502, 504])

let csrf = ''

/** Calls our API and gives the parsed answer. Throws `ApiFailure` or `Unreachable`. */
export async function call<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  if (method !== 'GET' && csrf === '') await readSession()
  const answer = await send(method, path, body, signal)
  // A restarted server knows no token of before: take the new one and ask once more.
  if (answer.status === 403 && method !== 'GET' && (await hasNewToken())) {
    return parse(await send(method, path, body, signal))
  }
  return parse(answer)
}

/** Reads a path whose answer is plain text. Throws `ApiFailure` or `Unreachable`. */
export async function readText(path: string, signal?: AbortSignal): Promise<string> {
  const answer = await send('GET', path, undefined, signal)
  return answer.ok ? answer.text() : parse<string>(answer)
}

/** Reads the session and keeps its token for the writes that follow. */
export async function readSession(signal?: AbortSignal): Promise<Session> {
  return keepToken(await parse<Session>(await send('GET', '/session', undefined, signal)))
}

/** Logs in. A wrong password throws `ApiFailure` with status 401. */
export async function logIn(password: string): Promise<Session> {
  return keepToken(await call<Session>('POST', '/session', { password }))
}

const keepToken = (session: Session): Session => {
  csrf = session.csrf
  return session
}

async function hasNewToken(): Promise<boolean> {
  const before = csrf
  return (await readSession()).csrf !== before
}

async function send(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }),
  }
  const text = body === undefined ? null : JSON.stringify(body)
  try {
    const answer = await fetch(API + path, { method, headers, body: text, signal: signal ?? null })
    setReachable(!GATEWAY_STATUS.has(answer.status))
    return answer
  } catch (cause) {
    if (signal?.aborted) throw cause
    setReachable(false)
    throw new Unreachable('Backbeat does not answer', { cause })
  }
}

async function parse<T>(answer: Response): Promise<T> {
  const text = await answer.text()
  const body = text === '' ? null : parseJson(text)
  if (answer.ok) return body as T
  throw new ApiFailure(answer.status, errorOf(body, answer))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function errorOf(body: unknown, answer: Response): ApiError['error'] {
  const error = (body as Partial<ApiError> | null)?.error
  if (error && typeof error.message === 'string') return error
  return { code: 'http.status', message: `The server answered ${answer.status} ${answer.statusText}` }
}
