import type { Reason } from '../../core/outcome.ts'
import type { SenderRequest } from '../../event_sources/event_source.ts'
import { parseBody } from '../../event_sources/parse_body.ts'
import { type IngestCode, ingestReason } from '../../event_sources/reasons.ts'
import { inflate } from './inflate.ts'
import type { IngestLimits } from './options.ts'

/** A request with its body, or why the body cannot be read. */
export type Readable =
  | { readonly kind: 'readable'; readonly request: SenderRequest }
  /** `bytes`: as much as we got at, to look at. */
  | { readonly kind: 'unreadable'; readonly reason: Reason; readonly bytes: Buffer }

const INFLATED_HERE = new Set(['', 'identity', 'gzip', 'x-gzip'])

/** Puts the bytes of a body, inflated and parsed, into the request they came with. */
export function readable(
  bytes: Buffer,
  bare: SenderRequest,
  limits: IngestLimits,
  takesArrays: boolean | undefined,
): Readable {
  const inflated = inflate(bytes, limits.bodyBytesMax)
  if (inflated.kind === 'too_large') return tooLarge(NOTHING, limits.bodyBytesMax)
  if (inflated.kind === 'broken') return unreadable('ingest.body_not_gzip', 'its gzip stream is broken')
  const parsed = parseBody(inflated.bytes, limits.depthMax, takesArrays)
  if (parsed.kind === 'parsed') {
    return { kind: 'readable', request: { ...bare, body: parsed.body, hasInfinity: parsed.hasInfinity } }
  }
  const encoding = String(bare.headers['content-encoding'] ?? '')
  if (INFLATED_HERE.has(encoding.toLowerCase())) return { ...parsed, bytes: inflated.bytes }
  return unreadable('ingest.body_encoding', `it is encoded as ${JSON.stringify(encoding.slice(0, 20))}`)
}

/** A body over the limit, as it came or inflated. */
export function tooLarge(bytes: Buffer, bytesMax: number): Readable {
  const reason = ingestReason('ingest.body_too_large', `Cannot read the body: it is larger than ${bytesMax} bytes`)
  return { kind: 'unreadable', reason, bytes }
}

const NOTHING = Buffer.alloc(0) // of a body we cannot unpack there is nothing to look at

function unreadable(code: IngestCode, found: string): Readable {
  return { kind: 'unreadable', reason: ingestReason(code, `Cannot read the body: ${found}`), bytes: NOTHING }
}
