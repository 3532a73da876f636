import { isIP } from 'node:net'

/**
 * Address of the client behind `hops` trusted proxies. Each proxy appends to X-Forwarded-For the address it was called
 * from, so the client stands `hops` places from the right, counting our own peer; what is further left anyone can write.
 * Null when what stands there is no address.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined, hops: number): string | null {
  if (hops === 0 || forwardedFor === undefined) return address(peer)
  const path = [...forwardedFor.split(','), peer ?? '']
  return address(path[Math.max(0, path.length - 1 - hops)])
}

// Some proxies add the port; a socket that serves both families shows IPv4 as ::ffff:192.0.2.1.
function address(text: string | undefined): string | null {
  if (text === undefined) return null
  if (isIP(text) === 4) return text
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
  const plain = isIP(bare) === 0 ? bare.replace(/:\d+$/, '') : bare
  return isIP(plain) === 0 ? null : plain
}
