/** Mixes whole numbers into 32 bits; the same numbers always give the same bits (murmur3's finaliser). */
export function mix(...numbers: readonly number[]): number {
  let bits = 0x9e3779b9
  for (const number of numbers) {
    bits = Math.imul(bits ^ (number | 0), 0x85ebca6b)
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
    bits ^= bits >>> 16
  }
  return bits >>> 0
}

/** A number in [0, 1) for a seed and a purpose. */
export const draw = (seed: number, purpose: number): number => mix(seed, purpose) / 2 ** 32

/** A number from `low` to `high`, as often in each half of the ratio: prices and budgets lie like that. */
export const drawRatio = (seed: number, purpose: number, low: number, high: number): number =>
  low * (high / low) ** draw(seed, purpose)

/** One of a list. */
export const pick = <T>(list: readonly T[], seed: number, purpose: number): T =>
  list[Math.floor(draw(seed, purpose) * list.length)]!
