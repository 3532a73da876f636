/** Numbers in [0, 1), the same ones for the same seed (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many small hex digits. */
export const hexText = (digits: number, random: () => number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')

const HEX_DIGITS = 20

/** `20230314130039` and 20 uppercase hex digits: the shape of every `request_id` TikTok has been seen to give. */
export function requestId(now: number, random: () => number): string {
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)
  return stamp + hexText(HEX_DIGITS, random).toUpperCase()
}
