import type { Finding } from './diagnose.ts'
import { DIAGNOSTICS, type DiagnosticKind } from './diagnostic_kinds.ts'
import type { TrackedEvent } from './event.ts'
import { getOrAdd } from './get_or_add.ts'

interface Sample {
  readonly event: string
  readonly event_id: string | null
  readonly field: string
  readonly value: string
}

interface Count {
  count: number
  readonly firstAt: number
  lastAt: number
  sample: Sample
}

/** One kind of finding at one event source. */
export interface Diagnostic {
  readonly event_source_id: string
  readonly kind: DiagnosticKind
  readonly severity: string
  readonly about: string
  readonly remedy: string
  readonly count: number
  readonly first_at: string
  readonly last_at: string
  /** The last one seen, personal values masked. */
  readonly sample: Sample
}

const iso = (ms: number) => new Date(ms).toISOString()

const sampleOf = (event: TrackedEvent, { field, sample }: Finding): Sample => ({
  event: event.event,
  event_id: typeof event['event_id'] === 'string' ? event['event_id'] : null,
  field,
  value: sample,
})

/** How often each kind of finding was made at each event source. */
export class DiagnosticTally {
  readonly #sources = new Map<string, Map<DiagnosticKind, Count>>()

  add(sourceId: string, event: TrackedEvent, findings: readonly Finding[], at: number): void {
    for (const finding of findings) {
      const kinds = getOrAdd(this.#sources, sourceId, () => new Map<DiagnosticKind, Count>())
      const known = kinds.get(finding.kind)
      if (known === undefined) {
        kinds.set(finding.kind, { count: 1, firstAt: at, lastAt: at, sample: sampleOf(event, finding) })
        continue
      }
      known.count += 1
      known.lastAt = at
      known.sample = sampleOf(event, finding)
    }
  }

  /** Most frequent first. */
  list(): readonly Diagnostic[] {
    const all = [...this.#sources].flatMap(([event_source_id, kinds]) =>
      [...kinds].map(([kind, { count, firstAt, lastAt, sample }]) => ({
        event_source_id,
        kind,
        ...DIAGNOSTICS[kind],
        count,
        first_at: iso(firstAt),
        last_at: iso(lastAt),
        sample,
      })),
    )
    return all.sort((a, b) => b.count - a.count)
  }

  clear(): void {
    this.#sources.clear()
  }
}
