/** What a person allowed on the consent page. */
export interface Consent {
  readonly appId: string
  readonly advertisers: readonly string[]
  /** In ms. */
  readonly givenAt: number
}

const CODE_LIFE_MS = 3_600_000 // a code of TikTok's works for an hour

/** The consents whose code has not been turned into a token yet. */
export class Consents {
  readonly #byCode = new Map<string, Consent>()

  give(code: string, consent: Consent): void {
    this.#byCode.set(code, consent)
  }

  /** Uses up a code. Null when it is unknown, used, older than an hour or another app's. `at` in ms. */
  redeem(code: string, appId: string, at: number): Consent | null {
    const consent = this.#byCode.get(code)
    if (consent === undefined || consent.appId !== appId) return null
    this.#byCode.delete(code)
    return at - consent.givenAt < CODE_LIFE_MS ? consent : null
  }

  clear(): void {
    this.#byCode.clear()
  }
}
