import { gunzipSync } from 'node:zlib'

/** A body without its compression, or why there is none. */
export type Inflated =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'broken' }

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * The body as it was before compression, at most `bytesMax`. The bytes decide, not the header: no JSON starts like gzip,
 * and proxies inflate without taking the header away. Synchronous, since the cap keeps it below a millisecond or two.
 */
export function inflate(bytes: Buffer, bytesMax: number): Inflated {
  if (!isGzip(bytes)) return { kind: 'whole', bytes }
  try {
    return { kind: 'whole', bytes: gunzipSync(bytes, { maxOutputLength: bytesMax }) }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? { kind: 'too_large' } : { kind: 'broken' }
  }
}
