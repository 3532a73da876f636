/**
 * A local TikTok: its Events API, its advertisers with their campaigns and its sign-in on 127.0.0.1, as strict as TikTok
 * and far more talkative. For trying things out, for tests and for CI; it needs no account and calls nobody.
 *
 * - TikTok's paths to send to: `POST /open_api/v1.3/event/track/`, the 1.0 endpoints `pixel|offline|app/track|batch/` under
 *   v1.2 and v1.3. Token `simulator-token`, pixel `CSIMULATOR0000000001`, offline set `7000000000000000101`, CRM set
 *   `7000000000000000102`, app `7000000000000000103`.
 * - TikTok's paths to read from, under `GET /open_api/v1.3/`: `routes.ts` lists them. Advertisers `7000000000000000001` (US
 *   dollars, New York), `…2` (euros, Berlin), `…3` (listed, but not to be read) and `…4` (yen, Tokyo).
 * - TikTok's reports: `GET report/integrated/get/` and `report/task/create|check|download|cancel/`. Figures are a function of the
 *   seed and the time (`reports/`): they grow, are corrected as TikTok's are, and hold the events that were received.
 * - TikTok's sign-in: the page `/portal/auth`, `POST /open_api/v1.3/oauth2/access_token/` and `revoke_token/`; developer app
 *   `7000000000000000201` with the secret `simulator-secret`.
 * - Its own paths, under `/__simulator/`: `events` (what TikTok would count), `requests`, `diagnostics`, `faults`, `clock`,
 *   `world`, `pixel`, `ttclid` (a click on an ad), `truth` (figures as they are), `reset`; each is described at its function in `control/`.
 * - `/` is a page that shows all of it and orders faults.
 *
 * How a call goes: read (`body.ts`, `call.ts`) → faults on order (`faults.ts`) → path and token (`routes.ts`, `access.ts`)
 * → the endpoint's checks (`endpoints/`, `check_event.ts`, `entities/`) → counted and diagnosed (`intake.ts`, `ledger.ts`) → reply
 * (`reply.ts`, `wire.ts`) and record (`exchange.ts`). Where TikTok's behaviour is not publicly known there is a setting
 * (`settings.ts`). It shares no code with the client it is there to check.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { readBody } from './body.ts'
import { type Call, readCall } from './call.ts'
import type { WorldPatch } from './change_world.ts'
import { consentReply } from './consent/consent.ts'
import { exchange, exchangeTooLarge } from './exchange.ts'
import type { LoggedRequest } from './request_log.ts'
import { newSimulation, type Simulation } from './simulation.ts'
import { controlReply, foreignOrigin, pageReply } from './site.ts'
import { write } from './wire.ts'

/** How to start a simulator. */
export interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly host?: string
  /** Clock in ms since 1970. */
  readonly now?: () => number
  /** Gets one line for each call to TikTok's paths. */
  readonly log?: (line: string) => void
  /** Changes to the first world, as a JSON merge patch. */
  readonly world?: WorldPatch
  /** Faults with a probability and request ids are the same for the same seed. */
  readonly seed?: number
}

/** A simulator that answers. */
export interface RunningSimulator {
  readonly port: number
  /** Without a slash at the end. */
  readonly url: string
  /** Stops at once; calls that still wait for their answer are cut. */
  close(): Promise<void>
}

interface Surroundings {
  readonly simulation: Simulation
  readonly log: (line: string) => void
  readonly signal: AbortSignal
}

const KEEP_ALIVE_MS = 75_000 // what nginx, which TikTok's gateway is, does by default

const lineOf = ({ method, path, status, code, items, fault, duration_ms }: LoggedRequest): string =>
  [`${method} ${path} ${status ?? 'no answer'}`, `code ${code}`, `${items ?? 0} events`, `${duration_ms} ms`, fault]
    .filter(Boolean)
    .join(', ')

async function callOf(
  request: IncomingMessage,
  { simulation }: Surroundings,
): Promise<{ call: Call; isTooLarge: boolean }> {
  const bytesMax = simulation.world.settings.body_bytes_max
  const body = await readBody(request, bytesMax)
  const raw = {
    method: request.method ?? 'GET',
    url: URL.parse(request.url ?? '/', 'http://127.0.0.1') ?? new URL('http://127.0.0.1/malformed/'),
    header: (name: string) => `${request.headers[name] ?? ''}`,
    body: body ?? Buffer.alloc(0),
    at: simulation.clock.now(),
  }
  return { call: readCall(raw, bytesMax), isTooLarge: body === null }
}

const isForeign = ({ method, headers }: IncomingMessage) =>
  method !== 'GET' && headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host

async function serveTikTok(
  call: Call,
  isTooLarge: boolean,
  response: ServerResponse,
  { simulation, log, signal }: Surroundings,
) {
  const { reply, latencyMs, logged } = isTooLarge ? exchangeTooLarge(call, simulation) : exchange(call, simulation)
  log(lineOf(logged))
  if (isTooLarge) response.setHeader('connection', 'close')
  if (latencyMs > 0) await setTimeout(latencyMs, undefined, { signal })
  await write(response, reply, signal)
}

async function serve(request: IncomingMessage, response: ServerResponse, around: Surroundings): Promise<void> {
  const { call, isTooLarge } = await callOf(request, around)
  if (call.path.startsWith('/__simulator/')) {
    return write(response, isForeign(request) ? foreignOrigin() : controlReply(call, around.simulation), around.signal)
  }
  const page = pageReply(call) ?? consentReply(call, around.simulation)
  return page === null ? serveTikTok(call, isTooLarge, response, around) : write(response, page, around.signal)
}

/** A sender that hung up, or our own closing, is nothing to tell; anything else is a fault of the simulator. */
function giveUp(
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  { log, signal }: Surroundings,
): void {
  if (!signal.aborted && !request.destroyed) {
    const path = request.url?.split('?')[0] // a query can hold a secret
    log(`Cannot answer ${request.method} ${path}: ${error}`)
  }
  response.destroy()
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })

/** Starts a local TikTok. Rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const { port, host = '127.0.0.1', now = Date.now, log = () => undefined, world = {}, seed = 1 } = options
  const closing = new AbortController()
  const around = { simulation: newSimulation({ now, seed, world }), log, signal: closing.signal }
  const server = createServer((request, response) => {
    serve(request, response, around).catch((error) => giveUp(error, request, response, around))
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await listening(server, port, host)
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    url: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        closing.abort()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
