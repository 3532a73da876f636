import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { tempFolder } from '../../test/temp_folder.ts'
import { readConfig } from '../config.ts'
import { openStore, type Store } from '../store/store.ts'
import { createMetrics } from './metrics.ts'
import { createServer } from './server.ts'

/** Parsed JSON that a test reads without checking; the assertion is the check. */
// biome-ignore lint/suspicious/noExplicitAny: answers differ by route, and each test asserts their shape
type Parsed = any

export interface Answered {
  readonly status: number
  readonly body: Parsed
  readonly headers: Readonly<Record<string, unknown>>
}

/** A server on a store of its own, asked without a network. */
export interface TestServer {
  readonly server: FastifyInstance
  readonly store: Store
  readonly folder: string
  /** Asks below `/api/v1`. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, more?: InjectOptions): Promise<Answered>
}

export interface TestServerOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly fetch?: typeof fetch
  readonly now?: () => number
}

/** For tests of this folder: a server that ends with the test. */
export async function aServer(t: TestContext, options: TestServerOptions = {}): Promise<TestServer> {
  const folder = tempFolder(t)
  const config = readConfig({ BACKBEAT_DATA: folder, ...options.environment })
  const { fetch = () => Promise.reject(new Error('no network here')), now = Date.now } = options
  const store = await openStore(config, now)
  const stopped = new AbortController()
  const server = await createServer({
    store,
    config,
    outside: { fetch, now, timeoutMs: 5000 },
    simulatorUrl: null,
    demo: false,
    version: '0.0.0',
    random: randomBytes,
    log: { warn: () => {}, error: (fields) => console.error(fields) },
    metrics: createMetrics(store),
    consoleFolder: 'nowhere',
    stopped: stopped.signal,
  })
  t.after(async () => {
    stopped.abort()
    await server.close()
    await store.close()
  })
  return {
    server,
    store,
    folder,
    async ask(method, path, body, more = {}) {
      const request = { method, url: `/api/v1${path}`, ...(body !== undefined && { payload: body }), ...more }
      const { statusCode, body: text, headers } = await server.inject(request as InjectOptions)
      const isJson = String(headers['content-type']).startsWith('application/json')
      return { status: statusCode, body: isJson ? JSON.parse(text) : text, headers }
    },
  }
}
