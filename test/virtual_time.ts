/** Time that passes only when a test says so. Waits end in the order of their ends. */
export class VirtualTime {
  #now: number
  #waits: { readonly at: number; readonly end: () => void }[] = []
  /** Waits take so many times longer than asked, which nobody may mind: an idle year is over soon. */
  readonly #slowness: number

  constructor(start: number, slowness = 1) {
    this.#now = start
    this.#slowness = slowness
  }

  readonly now = (): number => this.#now

  readonly wait = (ms: number, stopped?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (stopped?.aborted) return resolve()
      const wait = { at: this.#now + ms * this.#slowness, end: resolve }
      this.#waits.push(wait)
      stopped?.addEventListener('abort', () => this.#end(wait), { once: true })
    })

  /** Lets so many milliseconds pass, and all that happens in them. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await turn()
      const next = this.#waits.toSorted((a, b) => a.at - b.at)[0]
      if (!next || next.at > end) break
      this.#now = Math.max(this.#now, next.at)
      this.#end(next)
    }
    this.#now = end
  }

  /** Lets time pass until something holds; fails when it does not within `withinMs`. */
  async until(holds: () => boolean | Promise<boolean>, withinMs = 3_600_000): Promise<void> {
    const end = this.#now + withinMs
    while (!(await holds())) {
      if (this.#now >= end) throw new Error(`Still not so after ${withinMs} ms: ${holds}`)
      await this.pass(Math.min(50, end - this.#now))
    }
  }

  #end(wait: { readonly at: number; readonly end: () => void }): void {
    this.#waits = this.#waits.filter((one) => one !== wait)
    wait.end()
  }
}

/** Everything that can go on without time passing has gone on: promises settle between two turns of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
