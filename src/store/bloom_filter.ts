/** A set that may say yes wrongly (about 1 in 1,000) and never says no wrongly. Keys are whole numbers below 2^53. */
export interface BloomFilter {
  add(key: number): void
  mayHave(key: number): boolean
}

const BITS_PER_KEY = 16
// All probes of a key fall into one 64-byte block, so a look-up costs one cache miss.
const WORDS_PER_BLOCK = 16
const PROBES = 7

export function bloomFilter(capacity: number): BloomFilter {
  const blocks = Math.max(1, Math.ceil((capacity * BITS_PER_KEY) / (WORDS_PER_BLOCK * 32)))
  const words = new Int32Array(blocks * WORDS_PER_BLOCK)

  function probe(key: number, set: boolean): boolean {
    const low = key % 0x1_0000_0000
    const high = Math.floor(key / 0x1_0000_0000)
    const base = (high % blocks) * WORDS_PER_BLOCK
    let bits = Math.imul(low ^ (high << 7), 0x9e3779b1)
    for (let i = 0; i < PROBES; i++) {
      const position = (bits >>> 23) & 511
      const word = base + (position >>> 5)
      const mask = 1 << (position & 31)
      if (set) words[word]! |= mask
      else if ((words[word]! & mask) === 0) return false
      bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b) + i
    }
    return true
  }

  return {
    add: (key) => void probe(key, true),
    mayHave: (key) => probe(key, false),
  }
}
