import { setTimeout } from 'node:timers/promises'

const LOOK_EVERY_MS = 25
const PATIENCE_MS = 20_000

/**
 * Looks again and again until there is something to see, and gives it: anything but null, undefined and false.
 * @throws Error naming `what` when there is nothing after 20 s
 */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  while (performance.now() < end) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    await setTimeout(LOOK_EVERY_MS)
  }
  throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain: ${what}`)
}
