import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { senders } from '../catalog.ts'
import { CallError } from '../core/errors.ts'
import { streamSyncOutside } from '../open_stream_sync.ts'
import { openSessions } from '../store/sessions.ts'
import { describeApi, registerApi } from './api.ts'
import { ApiFailure, type Context } from './api_route.ts'
import { type Auth, createAuth } from './auth.ts'
import { eventStream } from './event_stream.ts'
import { ingest } from './ingest/ingest.ts'
import type { IngestLog } from './ingest/options.ts'
import { ingestServerOptions } from './ingest/server_options.ts'
import type { Metrics } from './metrics.ts'
import { oauthCallback } from './routes/oauth_callback.ts'
import { sessionRoutes } from './routes/session.ts'
import { createSignIns } from './sign_ins.ts'
import { watchSources } from './watch_sources.ts'

export interface ServerParts extends Omit<Context, 'signIns' | 'streamOutside' | 'loaded'> {
  readonly random: (bytes: number) => Uint8Array
  readonly log: IngestLog
  readonly metrics: Metrics
  /** Where the built console is. */
  readonly consoleFolder: string
  readonly stopped: AbortSignal
}

// The console brings no script and no font from elsewhere; its styles are set from code.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

const CONSOLE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const API_BODY_BYTES = 1024 * 1024

/** The server: the senders' door, the API, the console, and the addresses that machines watch. Not listening yet. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { store, config, log, outside, random, metrics } = parts
  const server = fastify({ ...ingestServerOptions(), bodyLimit: API_BODY_BYTES })
  const auth = createAuth({
    sessions: openSessions(store.state),
    now: outside.now,
    hosts: hostsOf(config),
    isHttps: config.BACKBEAT_PUBLIC_URL?.startsWith('https://') ?? false,
  })
  const sources = await watchSources(store, parts.stopped)

  await server.register(
    ingest({
      queue: store.queue,
      senders,
      sources: sources.find,
      refreshSources: sources.refresh,
      now: outside.now,
      random,
      trustProxyHops: config.BACKBEAT_TRUST_PROXY,
      metrics: metrics.ingest,
      log,
    }),
  )
  const context = {
    ...parts,
    signIns: createSignIns({ random, now: outside.now }),
    streamOutside: streamSyncOutside(config, { ...outside, random: Math.random, wait: waitUnlessStopped }),
    loaded: new Map(),
  }
  await server.register((api) => registerPrivate(api, context, auth), { prefix: '/api/v1' })
  await server.register((open) => registerOpen(open, parts))
  await server.register((console) => registerConsole(console, parts.consoleFolder))
  return server
}

async function waitUnlessStopped(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {})
}

function hostsOf({ BACKBEAT_HOST, BACKBEAT_PUBLIC_URL }: Context['config']): readonly string[] {
  const own = BACKBEAT_PUBLIC_URL === null ? [] : [new URL(BACKBEAT_PUBLIC_URL).hostname]
  const isEverywhere = BACKBEAT_HOST === '0.0.0.0' || BACKBEAT_HOST === '::'
  return ['127.0.0.1', 'localhost', '[::1]', BACKBEAT_HOST, ...own, ...(isEverywhere && own.length === 0 ? ['*'] : [])]
}

async function registerPrivate(api: FastifyInstance, parts: ServerParts & Context, auth: Auth): Promise<void> {
  api.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  api.setErrorHandler(answerFailure(parts.log))
  api.get('/openapi.json', async () => describeApi(parts.version))
  sessionRoutes(api, parts, auth)
  eventStream(api, parts, auth)
  oauthCallback(api, parts, auth)
  registerApi(api, parts, auth)
}

function answerFailure(log: IngestLog): Parameters<FastifyInstance['setErrorHandler']>[0] {
  return (error, _request, reply) => {
    if (error instanceof ApiFailure) {
      const { status, code, message, problems } = error
      return reply.code(status).send({ error: { code, message, ...(problems.length > 0 && { problems }) } })
    }
    // What we asked of TikTok or of a warehouse went wrong there; people are told in its words.
    if (error instanceof CallError) {
      return reply.code(502).send({ error: { code: error.code, message: error.message } })
    }
    if ((error as Error).name === 'TimeoutError') {
      const message = 'There was no answer within half a minute; ask for less, or try again later'
      return reply.code(504).send({ error: { code: 'api.slow', message } })
    }
    const { statusCode = 500, message } = error as { statusCode?: number; message: string }
    if (statusCode < 500) return reply.code(statusCode).send({ error: { code: 'api.bad_request', message } })
    log.error({ error }, 'API route failed')
    return reply
      .code(500)
      .send({ error: { code: 'api.internal', message: 'Something went wrong here; the log says what' } })
  }
}

/** What machines watch; says nothing that is not already public. */
async function registerOpen(open: FastifyInstance, { store, metrics }: ServerParts): Promise<void> {
  open.get('/healthz', async () => ({ ok: true }))
  open.get('/readyz', async (_request, reply) => {
    const ready = await store.queue.head().then(
      () => true,
      () => false,
    )
    return reply.code(ready ? 200 : 503).send({ ok: ready })
  })
  open.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(await metrics.print()))
}

async function registerConsole(server: FastifyInstance, folder: string): Promise<void> {
  server.addHook('onSend', async (_request, reply) => void reply.headers(CONSOLE_HEADERS))
  if (!existsSync(join(folder, 'index.html'))) {
    server.get('/', async (_request, reply) =>
      reply.code(503).send('The console is not built yet; run "npm start", which builds it'),
    )
    return
  }
  await server.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    // What is built under assets/ has its digest in its name; everything else may change with the next version.
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  })
  // Addresses inside the console are its own business: each of them is the same page.
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (isPage) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return reply
      .code(404)
      .send({ error: { code: 'api.not_found', message: `There is no ${request.url.split('?')[0]}` } })
  })
}
