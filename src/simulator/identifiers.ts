import { isIP, isIPv4 } from 'node:net'

/** Members of `user` that arrive hashed, alone or in a list. */
export const HASHED_FIELDS = ['email', 'phone', 'external_id'] as const

/** SHA-256 of nothing: somebody hashed an empty field. */
const DIGEST_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export type DigestForm = 'digest' | 'uppercase' | 'of_nothing' | 'unhashed'

/** What a hashed identifier looks like. A digest of a wrongly written phone cannot be told from a right one. */
export function digestForm(value: string): DigestForm {
  if (value === DIGEST_OF_NOTHING) return 'of_nothing'
  if (/^[0-9a-f]{64}$/.test(value)) return 'digest'
  return /^[0-9a-fA-F]{64}$/.test(value) ? 'uppercase' : 'unhashed'
}

const PRIVATE_IPV4 =
  /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./
const PRIVATE_IPV6 = /^(?:::1?$|f[cd]|fe[89ab])/i

/** Whether an address can belong to a visitor, as TikTok wants it: public IPv4 or IPv6. */
export function ipForm(ip: string): 'public' | 'private' | 'invalid' {
  if (isIP(ip) === 0) return 'invalid'
  const isPrivate = isIPv4(ip) ? PRIVATE_IPV4.test(ip) : PRIVATE_IPV6.test(ip)
  return isPrivate ? 'private' : 'public'
}

const SHOWN = 3

/** Enough of a value to recognise it, never all of it: `ann…(11)`. */
export function mask(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  const shown = Math.min(SHOWN, Math.floor(text.length / 4))
  return `${text.slice(0, shown)}…(${text.length})`
}
