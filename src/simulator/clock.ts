/** The simulator's time: the given clock plus an offset that tests move. Whole milliseconds since 1970. */
export class Clock {
  readonly #now: () => number
  #offsetMs = 0

  constructor(now: () => number) {
    this.#now = now
  }

  now(): number {
    return Math.floor(this.#now() + this.#offsetMs)
  }

  get offsetMs(): number {
    return this.#offsetMs
  }

  /** Time goes on from `ms`. */
  set(ms: number): void {
    this.#offsetMs = ms - this.#now()
  }

  advance(ms: number): void {
    this.#offsetMs += ms
  }

  reset(): void {
    this.#offsetMs = 0
  }
}
