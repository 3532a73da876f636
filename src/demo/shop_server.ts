import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { PRODUCTS } from './products.ts'

export interface ShopOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Where the shop sends its events, and where its links to the console lead. */
  readonly backbeatUrl: string
  readonly writeKey: string
  /** What became of the events with these messageIds, as the console's list has it; those not received yet are left out. */
  became(messageIds: readonly string[]): Promise<readonly object[]>
}

/** A shop that answers. */
export interface RunningShop {
  /** Without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

const FOLDER = join(import.meta.dirname, 'shop')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const ASKED_MOST = 20

/** Serves the sample shop on this machine only. Rejects when the port is taken. */
export async function startShop(options: ShopOptions): Promise<RunningShop> {
  const files = readFiles(options)
  const server = createServer((request, response) => {
    answer(request, response, files, options).catch(() => response.writeHead(500).end())
  })
  await listening(server, options.port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface File {
  readonly type: string
  readonly body: string
}

type Files = ReadonlyMap<string, File>

function readFiles({ backbeatUrl, writeKey }: ShopOptions): Files {
  const files = readdirSync(FOLDER).map((name): [string, File] => {
    const text = readFileSync(join(FOLDER, name), 'utf8')
    const body = text.replaceAll('{{BACKBEAT_URL}}', backbeatUrl).replaceAll('{{WRITE_KEY}}', writeKey)
    return [`/${name}`, { type: TYPES[extname(name)]!, body }]
  })
  return new Map([...files, ['/products.json', { type: 'application/json', body: JSON.stringify(PRODUCTS) }]])
}

async function answer(request: IncomingMessage, response: ServerResponse, files: Files, options: ShopOptions) {
  const url = URL.parse(request.url ?? '/', 'http://shop')
  if (request.method !== 'GET' || url === null) return void response.writeHead(405).end()
  if (url.pathname === '/became') {
    const rows = await options.became(url.searchParams.getAll('id').slice(0, ASKED_MOST))
    return send(response, { type: 'application/json', body: JSON.stringify(rows) })
  }
  // Places inside the shop are its page's business: each of them is the same file.
  const isFile = extname(url.pathname) !== ''
  const file = files.get(isFile ? url.pathname : '/index.html')
  if (file === undefined) return void response.writeHead(404).end()
  send(response, file)
}

function send(response: ServerResponse, { type, body }: File): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
  response.end(body)
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
