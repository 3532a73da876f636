import { hash } from 'node:crypto'
import type { Json } from '../core/json.ts'
import { maskText } from './mask.ts'
import type { EventReasonCode, Findings } from './reasons.ts'

/** A value that would match nobody, and why. */
export interface Unusable {
  readonly code: EventReasonCode
  readonly why: string
}

/** Brings an identifier into the form that is hashed; '' when nothing is left of it. */
export type Normalise = (text: string) => string | Unusable

/** SHA-256 of UTF-8 text as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** Whether the text is a SHA-256 digest already, in hex digits of either case. */
export function isHashed(text: string): boolean {
  return text.length === 64 && /^[0-9a-f]+$/i.test(text)
}

/**
 * The digest TikTok matches one identifier by, or why there is none; '' when nothing is left after normalising, as the
 * digest of nothing would match nobody. A digest is never hashed again.
 * Source: Events API 2.0, Customer information.
 */
export function digest(text: string, normalise: Normalise): string | Unusable {
  const trimmed = text.trim()
  if (isHashed(trimmed)) return trimmed.toLowerCase()
  const normal = normalise(trimmed)
  return typeof normal === 'string' && normal !== '' ? sha256(normal) : normal
}

/**
 * Digests of one or many identifiers, each once; undefined when none is usable. One stays a text, as TikTok takes both
 * forms. What is unusable is left out with a warning: the rest of the event still counts.
 */
export function digests(
  value: Json | undefined,
  normalise: Normalise,
  field: string,
  findings: Findings,
): string | readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) return digestOne(value, normalise, field, findings)
  const found = new Set<string>()
  for (const one of value) {
    const digested = digestOne(one, normalise, field, findings)
    if (digested !== undefined) found.add(digested)
  }
  if (found.size > 1) return [...found]
  return found.values().next().value
}

/** Digest of a person's one name or postal code, else as `digests`. */
export function digestOne(
  value: Json | undefined,
  normalise: Normalise,
  field: string,
  findings: Findings,
): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' && typeof value !== 'number') {
    findings.warn('mapping.wrong_type', field, `Left out ${field}: it is neither text nor a number`)
    return undefined
  }
  const digested = digest(String(value), normalise)
  if (typeof digested === 'string') return digested === '' ? undefined : digested
  findings.warn(digested.code, field, `Left out ${field} ${maskText(String(value).trim())}: ${digested.why}`)
  return undefined
}

const MD5: Unusable = {
  code: 'tiktok.unusable_identifier',
  why: 'it is hashed, but not with SHA-256, the only form TikTok matches',
}
const NO_EMAIL: Unusable = { code: 'tiktok.unusable_identifier', why: 'it is not an email address' }

/** Whether the text is a digest of another kind, such as MD5 or SHA-1, in hex digits. */
export function isOtherDigest(text: string): boolean {
  return (text.length === 32 || text.length === 40 || text.length === 128) && /^[0-9a-f]+$/i.test(text)
}

/** Trimmed and lower-cased. Dots and plus signs stay, whoever the mail provider is. */
export function normaliseEmail(text: string): string | Unusable {
  const email = text.trim().toLowerCase()
  const at = email.indexOf('@')
  if (at > 0 && at < email.length - 1 && !/\s/.test(email)) return email
  if (email === '') return ''
  return isOtherDigest(email) ? MD5 : NO_EMAIL
}

/** Trimmed, and nothing else: an id of the company may tell upper from lower case. */
export function normaliseExternalId(text: string): string {
  return text.trim()
}
