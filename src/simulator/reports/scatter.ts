/** 32 bits from two whole numbers, the same ones for the same numbers (murmur3's finaliser). Called millions of times. */
export function scatter(seed: number, salt: number): number {
  let bits = Math.imul(seed ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  bits = Math.imul(bits ^ (bits >>> 16), 0x27d4eb2f)
  return (bits ^ (bits >>> 15)) >>> 0
}

/** One more than the greatest number of 32 bits. */
export const BITS_32 = 2 ** 32

/** A number in [0, 1) from two whole numbers. */
export const chance = (seed: number, salt: number): number => scatter(seed, salt) / BITS_32

/** A number for a text, the same one for the same text (FNV-1a). */
export function textSeed(text: string): number {
  let bits = 0x811c9dc5
  for (let index = 0; index < text.length; index++) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193)
  return bits >>> 0
}
