const FIRST_MS = 1000
const LONGEST_MS = 900_000

/**
 * How long to wait after a failed try, the first being number 1: anywhere between nothing and a bound that doubles from
 * one second to 15 minutes, so that what failed together does not come back together ("full jitter").
 */
export function backoffMs(attempt: number, random: () => number): number {
  const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20))
  return Math.round(random() * bound)
}
