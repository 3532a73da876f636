const KINDS = ['campaign', 'adgroup', 'ad', 'smart_plus_ad', 'material', 'audience', 'identity'] as const

/** What an id can be of. */
export type IdKind = (typeof KINDS)[number]

/** Most entities of a kind an advertiser can have. */
export const SERIALS = 2 ** 21

/**
 * An id as TikTok's are: the second it was made in the upper half, so that a newer one is greater, and 19 digits until
 * the year 2038. The lower half says whose it is (8 bits), what it is (3 bits) and counts (21 bits).
 */
export function idOf(kind: IdKind, createdAt: number, advertiser: number, serial: number): string {
  const low = (advertiser % 256) * 2 ** 24 + KINDS.indexOf(kind) * 2 ** 21 + (serial % SERIALS)
  return ((BigInt(Math.floor(createdAt / 1000)) << 32n) | BigInt(low)).toString()
}
