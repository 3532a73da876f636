import type { Written } from './destination.ts'
import { CallError, type Receipt, RefusedError, TerminalError, TransientError } from './errors.ts'
import type { Outcome, Reason } from './outcome.ts'

/** Equal refusals of single items, with nothing delivered, after which the mapping and not an item is to blame. */
const REFUSALS_MAX = 20

/** Items that are still undecided and travel together. */
interface Group {
  readonly positions: readonly number[]
  /** Alone because an answer named it; if it is accepted, such answers are not to be trusted. */
  readonly named: boolean
}

/**
 * Sends items together; when they are refused, parts them until each bad item stands alone with its own refusal.
 * k bad ones among n cost at most 2k·⌈log2(n/k)⌉ + 2k + 1 calls, fewer when answers name the bad item truthfully.
 * When 20 single items in a row were refused with the same words and none was delivered, the rest is postponed and
 * `stopped` is a TerminalError with `brokenCode`. `send` resolves when all its items were taken, and throws a CallError otherwise.
 */
export async function isolate<Item>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<Receipt>,
  brokenCode: string,
): Promise<Written> {
  const search = new Search(items.length, brokenCode)
  for (let group = search.next(); group; group = search.next()) {
    const some = group.positions.map((position) => items[position]!)
    try {
      search.accepted(group, await send(some))
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      search.failed(group, error)
    }
  }
  return search.written()
}

/** What is known so far, and what to ask next. */
class Search {
  readonly #outcomes: (Outcome | undefined)[]
  readonly #brokenCode: string
  /** In the order of the batch. Which end is asked next costs nothing: every part of a refused group is asked once. */
  #pending: Group[]
  /** Names are followed from the first answer on until one is missing or wrong; mixed with halving they would cost more than they save. */
  #trusted = true
  #delivered = false
  #refusal = ''
  #refusals = 0
  #stopped: CallError | null = null

  constructor(size: number, brokenCode: string) {
    this.#outcomes = new Array<Outcome | undefined>(size).fill(undefined)
    this.#brokenCode = brokenCode
    this.#pending = size > 0 ? [{ positions: Array.from({ length: size }, (_, i) => i), named: false }] : []
  }

  next(): Group | undefined {
    return this.#looksBroken() ? this.#pending.pop() : this.#pending.shift()
  }

  accepted(group: Group, receipt: Receipt): void {
    this.#delivered = true
    this.#decide(group, { kind: 'delivered', receipt })
    if (group.named) this.#distrust()
  }

  failed(group: Group, error: CallError): void {
    if (!(error instanceof RefusedError)) this.#stop(group, error)
    else if (group.positions.length > 1) this.#part(group, error)
    else this.#reject(group, error)
  }

  written(): Written {
    return { outcomes: this.#outcomes as Outcome[], stopped: this.#stopped }
  }

  // Bad items often stand side by side. So the last proof that all are bad is looked for at the other end of the batch.
  #looksBroken(): boolean {
    return !this.#delivered && this.#refusals === REFUSALS_MAX - 1
  }

  #part(group: Group, error: RefusedError): void {
    const parts = this.#trusted && !this.#looksBroken() ? apart(group, error.index) : null
    if (parts === null) this.#trusted = false
    if (this.#looksBroken()) this.#pending.push(...halves(group))
    else this.#pending.unshift(...(parts ?? halves(group)))
  }

  /** The named item was good, so a bad one is among the others, which are next: asking them all would be a call for nothing. */
  #distrust(): void {
    this.#trusted = false
    const others = this.#pending.shift()
    if (others) this.#pending.unshift(...halves(others))
  }

  #reject(group: Group, error: RefusedError): void {
    this.#decide(group, { kind: 'rejected', reason: reasonOf(error), receipt: error.receipt })
    const words = `${error.code} ${error.receipt?.message ?? error.message}`
    this.#refusals = words === this.#refusal ? this.#refusals + 1 : 1
    this.#refusal = words
    if (this.#refusals >= REFUSALS_MAX && !this.#delivered) this.#stopBroken(error)
  }

  #stopBroken(error: RefusedError): void {
    const message = `Cannot deliver: ${REFUSALS_MAX} items, each sent alone, were refused with the same words; correct the mapping, then retry (${error.message})`
    this.#postponeRest(new TerminalError(this.#brokenCode, message, { receipt: error.receipt, cause: error }))
  }

  #stop(group: Group, error: CallError): void {
    const transient = error instanceof TransientError
    this.#decide(group, {
      kind: 'postponed',
      reason: reasonOf(error),
      unknown: transient && error.certainty === 'unknown',
      free: !transient || error.throttled,
      retryAfterMs: transient ? error.retryAfterMs : null,
      receipt: error.receipt,
    })
    this.#postponeRest(error)
  }

  /** These items were not in the call that failed: they surely did not arrive, and it is no fault of theirs. */
  #postponeRest(error: CallError): void {
    const retryAfterMs = error instanceof TransientError ? error.retryAfterMs : null
    const reason = reasonOf(error)
    for (const group of this.#pending) {
      this.#decide(group, { kind: 'postponed', reason, unknown: false, free: true, retryAfterMs, receipt: null })
    }
    this.#pending = []
    this.#stopped = error
  }

  #decide(group: Group, outcome: Outcome): void {
    for (const position of group.positions) this.#outcomes[position] = outcome
  }
}

function reasonOf({ code, message }: CallError): Reason {
  return { code, message }
}

/** The named item alone, then all others; null when the answer named none of them. */
function apart({ positions }: Group, index: number | null): Group[] | null {
  const named = index === null ? undefined : positions[index]
  if (named === undefined) return null
  return [
    { positions: [named], named: true },
    { positions: positions.filter((position) => position !== named), named: false },
  ]
}

/** Cut at a power of two: cut in the very middle, ragged sizes would cost more calls than promised. */
function halves({ positions }: Group): Group[] {
  if (positions.length === 1) return [{ positions, named: false }]
  const cut = 2 ** Math.floor(Math.log2(positions.length - 1))
  return [
    { positions: positions.slice(0, cut), named: false },
    { positions: positions.slice(cut), named: false },
  ]
}
