import type { IncomingMessage } from 'node:http'
import type { ByteBudget } from './byte_budget.ts'

/** What came of reading a body. */
export type ReadBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** `head`: its first bytes. `isDrained`: the client has sent all of it, so it will read our answer. */
  | { readonly kind: 'too_large'; readonly head: Buffer; readonly isDrained: boolean }
  /** Too many bodies have arrived in part. */
  | { readonly kind: 'busy' }
  /** The client went away. */
  | { readonly kind: 'cut' }

// A client that is still writing sees a reset connection instead of our answer, and sends it all again. So a body that is
// too large is read on and dropped, within reason.
const DRAIN_BYTES_MAX = 8 * 1024 * 1024
const NOTHING = Buffer.alloc(0)
const HEAD_BYTES = 64 * 1024 // as much of a refused body as is kept

/** Reads a request to its end, keeping at most `bytesMax`. Never rejects. */
export function readBody(request: IncomingMessage, bytesMax: number, partial: ByteBudget): Promise<ReadBody> {
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let head: Buffer = NOTHING
    let received = 0
    let kept = 0
    let charged = 0
    const end = (body: ReadBody) => {
      partial.give(charged)
      charged = 0
      resolve(body)
    }
    const stop = (body: ReadBody) => {
      request.removeAllListeners('data')
      request.pause()
      end(body)
    }
    request.on('data', (chunk: Buffer) => {
      if (received === 0) head = chunk.subarray(0, HEAD_BYTES)
      received += chunk.length
      if (received > DRAIN_BYTES_MAX) return stop({ kind: 'too_large', head, isDrained: false })
      if (received > bytesMax) return
      chunks.push(chunk)
      kept += chunk.length
      if (kept === length) return // the last one: nothing is held while waiting
      if (!partial.take(chunk.length)) return stop({ kind: 'busy' })
      charged += chunk.length
    })
    request.on('end', () =>
      end(received > kept ? { kind: 'too_large', head, isDrained: true } : { kind: 'whole', bytes: joined(chunks) }),
    )
    request.on('error', () => end({ kind: 'cut' }))
    request.on('close', () => end({ kind: 'cut' }))
  })
}

const joined = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
