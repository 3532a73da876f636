interface Bucket {
  left: number
  at: number
}

/** One bucket a token, filled at a steady rate up to one second's worth. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes one request out of the token's bucket; false when it is empty. `at` in ms. */
  take(token: string, perSecond: number, at: number): boolean {
    const bucket = this.#buckets.get(token) ?? { left: perSecond, at }
    const refill = (Math.max(0, at - bucket.at) * perSecond) / 1000
    const left = Math.min(perSecond, bucket.left + refill)
    const isAllowed = left >= 1
    this.#buckets.set(token, { left: isAllowed ? left - 1 : left, at })
    return isAllowed
  }

  clear(): void {
    this.#buckets.clear()
  }
}
