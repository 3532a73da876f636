import { type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyHttpOptions } from 'fastify'

/** How long a client may take, in milliseconds. */
export interface ServerTimes {
  /** A client must have sent its headers by then. */
  readonly headersMs: number
  /** A client must have sent its whole request by then. */
  readonly requestMs: number
  /** How often the two are looked at. */
  readonly checkMs: number
}

const TIMES: ServerTimes = { headersMs: 10_000, requestMs: 30_000, checkMs: 1_000 }
const HEADER_BYTES_MAX = 16 * 1024

/** Options for the Fastify server that carries `ingest`: a client that dribbles its request is cut off, and so is one that writes HTTP two ways. */
export function ingestServerOptions(times: Partial<ServerTimes> = {}): FastifyHttpOptions<Server> {
  const { headersMs, requestMs, checkMs } = { ...TIMES, ...times }
  return {
    requestTimeout: requestMs,
    exposeHeadRoutes: false,
    clientErrorHandler: answerClientError,
    http: {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize: HEADER_BYTES_MAX,
      insecureHTTPParser: false,
    },
  }
}

const STATUS_BY_CODE: { readonly [code: string]: number } = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

// Not a request we could route: Node hands over the bare connection.
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = STATUS_BY_CODE[error.code ?? ''] ?? 400
  const message = `Cannot read the request: ${STATUS_CODES[status]?.toLowerCase()}`
  const body = JSON.stringify({ success: false, code: 'invalid_request', message, error: message })
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n`
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}
