import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { gatewayPage, type Reply } from './reply.ts'

const CHUNK = Buffer.alloc(2 ** 16, 'a')
const PLACE = '"padding":"'

function* paddingOf(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, Math.min(left, CHUNK.length))
}

async function writeHuge(response: ServerResponse, body: string, bytes: number): Promise<void> {
  const cut = body.lastIndexOf(PLACE) + PLACE.length
  function* parts(): Generator<Buffer> {
    yield Buffer.from(body.slice(0, cut))
    yield* paddingOf(bytes)
    yield Buffer.from(body.slice(cut))
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) + bytes })
  // A reader that has had enough hangs up; that is what this reply is for.
  await pipeline(Readable.from(parts()), response).catch(() => undefined)
}

function writeHalf(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.write(body.slice(0, body.length / 2), () => response.destroy())
}

/** Writes a reply, whatever it is. `signal` ends a silence when the server closes. */
export async function write(response: ServerResponse, reply: Reply, signal: AbortSignal): Promise<void> {
  switch (reply.kind) {
    case 'whole':
      response
        .writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) })
        .end(reply.body)
      return
    case 'half':
      return writeHalf(response, reply.body)
    case 'huge':
      return writeHuge(response, reply.body, reply.bytes)
    case 'cut':
      response.destroy()
      return
    case 'silence':
      if (reply.ms === null) return
      await setTimeout(reply.ms, undefined, { signal })
      return write(response, gatewayPage(504), signal)
  }
}
