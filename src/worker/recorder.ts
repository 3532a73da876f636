import type { Entry, Journal } from '../store/journal.ts'

/** A page on its way; `end` is the last place it has read, null for deliveries that are tried again. */
export interface Unit {
  readonly end: number | null
  isWritten: boolean
}

/** What became of a page, without what the recorder knows itself. */
export type Outcomes = Pick<Entry, 'revision' | 'deliveries' | 'rematched' | 'calls' | 'now'>

export interface RecorderParts {
  readonly journal: Journal
  /** Told of a journal that cannot be written to; resolves when it is worth another try, throws to give up. */
  readonly whenStuck: (error: unknown) => Promise<void>
}

/**
 * Writes down what became of pages, one after another, whatever order they end in. The sync's place only moves when all
 * pages before it are written, so that the next run leaves nothing out.
 */
export class Recorder {
  readonly #sync: { readonly name: string; readonly source: string }
  readonly #parts: RecorderParts
  /** In the order they were read, from the first that is not written. */
  readonly #units: Unit[] = []
  #writing: Promise<void> = Promise.resolve()
  #isStuck = false

  constructor(sync: { readonly name: string; readonly source: string }, parts: RecorderParts) {
    this.#sync = sync
    this.#parts = parts
  }

  /** True while the journal cannot be written to: what is sent now could not be recorded. */
  get isStuck(): boolean {
    return this.#isStuck
  }

  /** Expects a page; call in the order of reading. */
  expect(end: number | null): Unit {
    const unit = { end, isWritten: false }
    if (end !== null) this.#units.push(unit)
    return unit
  }

  write(unit: Unit, outcomes: Outcomes): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNext(unit, outcomes))
    return this.#writing
  }

  async #writeNext(unit: Unit, outcomes: Outcomes): Promise<void> {
    unit.isWritten = true
    const left = this.#units.findIndex(({ isWritten }) => !isWritten)
    const passed = left < 0 ? this.#units.length : left
    const position = this.#units[passed - 1]?.end ?? null
    const { name: sync, source } = this.#sync
    await this.#record({ ...outcomes, sync, source, position, fresh: unit.end !== null })
    this.#units.splice(0, passed)
  }

  /** What TikTok has answered is not thrown away because a disk is full: it is held until it can be written. */
  async #record(entry: Entry): Promise<void> {
    for (let { fresh } = entry; ; fresh = false) {
      try {
        await this.#parts.journal.record({ ...entry, fresh })
        this.#isStuck = false
        return
      } catch (error) {
        this.#isStuck = true
        await this.#parts.whenStuck(error)
        // It may be written although we were told otherwise; not fresh, it is compared with what is there.
      }
    }
  }
}
