import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { closeBooks, type DeliveryState } from '../src/core/books.ts'
import { type Deliveries, openDeliveries } from '../src/store/deliveries.ts'
import { type DeliveryRecord, type Journal, openJournal } from '../src/store/journal.ts'
import type { State } from '../src/store/state.ts'
import { BooksModel, type ModelSync } from './books_model.ts'
import { aDelivery, anEntry } from './entries.ts'
import { START } from './queue_suite.ts'

const SOURCES = ['shop', 'app']
// Each sync has a source for life; three of them share one.
const SYNCS = ['shop/a', 'shop/b', 'shop/c', 'app/d']
const STATES: readonly DeliveryState[] = ['delivered', 'dead', 'filtered', 'suppressed', 'retry']

/** After any history of syncs that begin, read, try again, are replayed and go, the books equal a count from scratch. */
export function testBooks(
  name: string,
  open: () => Promise<State>,
  { skip, runs }: { readonly skip: string | false; readonly runs: number },
): void {
  test(`${name}: after every step of any history the books are exact`, { skip }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
        const state = await open()
        try {
          const history = new History(openJournal(state), openDeliveries(state))
          for (const step of steps) {
            await history.take(step)
            await history.compare()
          }
        } finally {
          await state.close()
        }
      }),
      { numRuns: runs },
    )
  })
}

const KINDS = ['receive', 'attach', 'read', 'read', 'read', 'retry', 'retry', 'replay', 'remove', 'forget'] as const

/** What happens next. The numbers choose among what is possible then: of `n` things, the `pick % n`th. */
interface Step {
  readonly kind: (typeof KINDS)[number]
  readonly pick: number
  readonly sizes: readonly number[]
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat(11),
  sizes: fc.array(fc.nat(9999), { minLength: 6, maxLength: 6 }),
})

class History {
  readonly #journal: Journal
  readonly #deliveries: Deliveries
  readonly #model = new BooksModel()

  constructor(journal: Journal, deliveries: Deliveries) {
    this.#journal = journal
    this.#deliveries = deliveries
  }

  async take({ kind, pick, sizes }: Step): Promise<void> {
    const name = choose(SYNCS, pick)
    const sync = this.#model.syncs.get(name)
    switch (kind) {
      case 'receive':
        return this.#receive(choose(SOURCES, pick), sizes)
      case 'attach':
        return this.#attach(name)
      case 'read':
        return sync && this.#read(sync, sizes)
      case 'retry':
        return sync && this.#retry(sync, sizes)
      case 'replay':
        return this.#replay(sync, pick, sizes)
      case 'forget':
        return this.#forget()
      case 'remove':
        return sync && this.#remove(sync, sizes)
    }
  }

  #receive(source: string, [events, duplicates]: readonly number[]): void {
    const model = this.#model
    for (let i = 0; i < events! % 6; i++) model.events.push({ seq: model.events.length + 1, source })
    model.duplicates.set(source, model.duplicatesOf(source) + (duplicates! % 3))
  }

  async #attach(name: string): Promise<void> {
    const source = sourceOf(name)
    this.#model.attach(name, source)
    await this.#journal.attach(name, source, { intake: async () => this.#model.intakeOf(source) })
  }

  /** Reads some unread events, perhaps leaving out the first: pages end in any order. */
  async #read(sync: ModelSync, [skip, count, ...kinds]: readonly number[]): Promise<void> {
    const unread = this.#model.unreadBy(sync)
    const seqs = unread.slice(skip! % 3, (skip! % 3) + 1 + (count! % 5))
    const deliveries = seqs.flatMap((seq) => outcomes(seq, choose(kinds, seq)))
    for (const { seq, mapping, state } of deliveries) this.#model.put(sync, seq, mapping, state)
    const left = this.#model.unreadBy(sync)
    const position = (left[0] ?? this.#model.events.length + 1) - 1
    if (sync.attached) await this.#journal.record({ ...entryOf(sync), position, deliveries })
  }

  /** Tries some of what is due again; what matched nothing before may match now. */
  async #retry(sync: ModelSync, [count, ...kinds]: readonly number[]): Promise<void> {
    const due = await this.#journal.due(sync.name, START, 1 + (count! % 5))
    const rematched: number[] = []
    const deliveries = due.flatMap(({ seq, mapping, calls }) => {
      const state = choose(STATES, choose(kinds, seq))
      if (mapping !== '' || state === 'filtered')
        return aDelivery({ seq, mapping, state, dueAt: START, earlierCalls: calls })
      rematched.push(seq)
      sync.recorded.delete(seq)
      return ['first', 'second'].map((name) => aDelivery({ seq, mapping: name, state, dueAt: START }))
    })
    for (const { seq, mapping, state } of deliveries) this.#model.put(sync, seq, mapping, state)
    await this.#journal.record({ ...entryOf(sync), fresh: false, rematched, deliveries })
  }

  async #replay(sync: ModelSync | undefined, pick: number, [count, few]: readonly number[]): Promise<void> {
    const states = choose([['dead'], ['filtered'], ['dead', 'retry'], STATES] as const, count!)
    const seqs = few! % 2 ? this.#model.events.map(({ seq }) => seq).filter((seq) => (seq + pick) % 3 === 0) : null
    const meant = [...this.#model.syncs.values()].filter((one) => one.attached && (!sync || one === sync))
    const replayed = new Set<number>()
    for (const one of meant) {
      for (const { seq, mapping } of this.#model.inState(one, states)) {
        if (this.#model.forgotten.has(seq) || (seqs && !seqs.includes(seq))) continue
        this.#model.put(one, seq, mapping, 'retry')
        replayed.add(seq)
      }
    }
    const choice = { states, ...(sync && { sync: sync.name }), ...(seqs && { seqs }) }
    const { events } = await this.#deliveries.countReplay(choice, START)
    assert.equal(events, replayed.size)
    assert.equal(await this.#deliveries.replay(choice, START), replayed.size)
  }

  /** Settles what a sync has left; the others go on meanwhile, and what comes then is none of its business. */
  async #remove(sync: ModelSync, sizes: readonly number[]): Promise<void> {
    if (!sync.attached) return
    await this.#settle(sync)
    await this.#receive(sync.source, sizes)
    const other = this.#model.syncs.get(choose(SYNCS, sizes[2]!))
    if (other && other !== sync) await this.#read(other, sizes)
    assert.equal(await this.#journal.detach(sync.name), true)
    sync.attached = false
  }

  async #settle(sync: ModelSync): Promise<void> {
    const unread = this.#model.unreadBy(sync).map((seq) => aDelivery({ seq, mapping: '', state: 'filtered' }))
    const waiting = this.#model.inState(sync, ['retry']).map((key) => aDelivery({ ...key, state: 'dead' }))
    for (const { seq, mapping, state } of [...unread, ...waiting]) this.#model.put(sync, seq, mapping, state)
    await this.#journal.record({ ...entryOf(sync), position: this.#model.events.length, deliveries: unread })
    await this.#journal.record({ ...entryOf(sync), fresh: false, deliveries: waiting })
  }

  /** Forgets the deliveries of all that is settled; the books must not notice. */
  async #forget(): Promise<void> {
    const settled = this.#model.settledSeqs()
    const before = this.#model.forgotten.size
    for (const seq of settled) this.#model.forgotten.add(seq)
    assert.equal(await this.#deliveries.prune(START + 1), this.#model.forgotten.size - before)
  }

  async compare(): Promise<void> {
    for (const source of SOURCES) {
      const verdicts = await this.#journal.verdicts('source', source)
      const { accepted, duplicate } = this.#model.intakeOf(source)
      const books = closeBooks({ ...verdicts, accepted, duplicate })
      const isRead = [...this.#model.syncs.values()].some((sync) => sync.source === source && sync.attached)
      const shown = isRead ? books : { ...books, filtered: books.filtered + books.pending, pending: 0 }
      assert.deepEqual(shown, this.#model.booksOfSource(source), `books of source ${source}`)
    }
    for (const sync of this.#model.syncs.values()) {
      if (sync.attached) await this.#compareSync(sync)
    }
  }

  async #compareSync(sync: ModelSync): Promise<void> {
    const verdicts = await this.#journal.verdicts('sync', sync.name)
    const base = await this.#journal.base(sync.name)
    const intake = this.#model.intakeOf(sync.source)
    const accepted = intake.accepted - base.accepted
    const duplicate = intake.duplicate - base.duplicate
    const books = closeBooks({ ...verdicts, accepted, duplicate })
    assert.deepEqual(books, this.#model.booksOfSync(sync), `books of sync ${sync.name}`)
    assert.equal(sumOf(books), books.accepted)
    const waiting = new Set(this.#model.inState(sync, ['retry']).map(({ seq, mapping }) => `${seq} ${mapping}`))
    const due = await this.#journal.due(sync.name, START, 1000)
    assert.deepEqual(new Set(due.map(({ seq, mapping }) => `${seq} ${mapping}`)), waiting)
  }
}

const sourceOf = (sync: string): string => sync.split('/')[0]!
const choose = <T>(some: readonly T[], pick: number): T => some[pick % some.length]!
const entryOf = ({ name, source }: ModelSync) => anEntry({ sync: name, source })
const sumOf = (books: ReturnType<typeof closeBooks>): number =>
  books.duplicate + books.filtered + books.suppressed + books.delivered + books.dead + books.pending

/** What becomes of an event that is read for the first time: nothing matches, or one to three mappings do. */
function outcomes(seq: number, kind: number): DeliveryRecord[] {
  const matches = kind % 4
  if (matches === 0) return [aDelivery({ seq, mapping: '', state: 'filtered' })]
  return Array.from({ length: matches }, (_, i) =>
    aDelivery({ seq, mapping: `m${i}`, state: choose(STATES, (kind >> 2) + i * seq), dueAt: START }),
  )
}
