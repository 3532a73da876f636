/** Longer waits are not believed: a quarter of an hour later it costs one call to find out. */
const WAIT_MAX_MS = 15 * 60_000

/** Milliseconds that a Retry-After header asks for, given in seconds or as a date; null when it says nothing usable. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : null
  const wait = seconds === null ? Date.parse(header) - now : seconds * 1000
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), WAIT_MAX_MS)
}
