import { type Books, type DeliveryState, type Standing, standingOf, standingOfDelivery } from '../src/core/books.ts'
import type { Intake } from '../src/store/queue.ts'

/** A sync as the model sees it: what it has recorded of each event, mapping by mapping. */
export interface ModelSync {
  readonly name: string
  readonly source: string
  startSeq: number
  /** Duplicates of its source before it began. */
  duplicatesBefore: number
  attached: boolean
  readonly recorded: Map<number, Map<string, DeliveryState>>
}

/** The books counted from scratch: every event of every source, and all that every sync has recorded. */
export class BooksModel {
  readonly events: { readonly seq: number; readonly source: string }[] = []
  readonly duplicates = new Map<string, number>()
  readonly syncs = new Map<string, ModelSync>()
  /** Events whose deliveries are gone; they count as they stood. */
  readonly forgotten = new Set<number>()

  duplicatesOf(source: string): number {
    return this.duplicates.get(source) ?? 0
  }

  seqsOf(source: string): number[] {
    return this.events.filter((event) => event.source === source).map(({ seq }) => seq)
  }

  /** What a source has taken in, and the place of its newest event. */
  intakeOf(source: string): Intake {
    const seqs = this.seqsOf(source)
    const duplicate = this.duplicatesOf(source)
    return { accepted: seqs.length + duplicate, duplicate, rejected: 0, lastSeq: seqs.at(-1) ?? 0 }
  }

  attach(name: string, source: string): void {
    const known = this.syncs.get(name)
    if (known?.attached) return
    const { lastSeq: startSeq, duplicate: duplicatesBefore } = this.intakeOf(source)
    const recorded = known?.recorded ?? new Map()
    this.syncs.set(name, { name, source, startSeq, duplicatesBefore, attached: true, recorded })
  }

  /** Events that a sync has still to read. */
  unreadBy({ source, startSeq, attached, recorded }: ModelSync): number[] {
    return attached ? this.seqsOf(source).filter((seq) => seq > startSeq && !recorded.has(seq)) : []
  }

  put(sync: ModelSync, seq: number, mapping: string, state: DeliveryState): void {
    const mappings = sync.recorded.get(seq) ?? new Map<string, DeliveryState>()
    sync.recorded.set(seq, mappings.set(mapping, state))
  }

  inState(sync: ModelSync, states: readonly DeliveryState[]): { seq: number; mapping: string }[] {
    return [...sync.recorded].flatMap(([seq, mappings]) =>
      [...mappings].filter(([, state]) => states.includes(state)).map(([mapping]) => ({ seq, mapping })),
    )
  }

  /** Events that some sync has recorded, that none waits for, and that nothing of is open. */
  settledSeqs(): number[] {
    const syncs = [...this.syncs.values()]
    return this.events.flatMap(({ seq, source }) => {
      const own = syncs.filter((sync) => sync.source === source)
      const states = own.flatMap(({ recorded }) => [...(recorded.get(seq)?.values() ?? [])])
      const isOpen = states.some((state) => state === 'dead' || state === 'retry')
      const isAhead = own.some((sync) => this.unreadBy(sync).some((unread) => unread <= seq))
      return states.length === 0 || isOpen || isAhead ? [] : [seq]
    })
  }

  booksOfSync(sync: ModelSync): Books {
    const standings = [
      ...[...sync.recorded.values()].map(standingOfMappings),
      ...this.unreadBy(sync).map((): Standing => 'pending'),
    ]
    return booksOf(standings, this.duplicatesOf(sync.source) - sync.duplicatesBefore)
  }

  booksOfSource(source: string): Books {
    const syncs = [...this.syncs.values()].filter((sync) => sync.source === source)
    const standings = this.seqsOf(source).map((seq): Standing => {
      const parts = syncs.flatMap((sync) => standingFor(sync, seq) ?? [])
      // Nobody's business: nothing will become of it.
      return parts.length === 0 ? 'filtered' : standingOf(parts)
    })
    return booksOf(standings, this.duplicatesOf(source))
  }
}

function standingFor({ recorded, attached, startSeq }: ModelSync, seq: number): Standing | undefined {
  const mappings = recorded.get(seq)
  if (mappings) return standingOfMappings(mappings)
  return attached && seq > startSeq ? 'pending' : undefined
}

function standingOfMappings(mappings: ReadonlyMap<string, DeliveryState>): Standing {
  return standingOf([...mappings.values()].map(standingOfDelivery))
}

function booksOf(standings: readonly Standing[], duplicate: number): Books {
  const count = (wanted: Standing) => standings.filter((standing) => standing === wanted).length
  return {
    accepted: standings.length + duplicate,
    duplicate,
    filtered: count('filtered'),
    suppressed: count('suppressed'),
    delivered: count('delivered'),
    dead: count('dead'),
    pending: count('pending'),
  }
}
