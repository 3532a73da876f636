import type { ConfiguredSource } from './options.ts'

const BURST_SECONDS = 10 // a source may save up as much
const WAIT_SECONDS_MAX = 300 // the longest wait that senders heed

/** Charges a source for events; whole seconds it has to wait before they are taken, 0 when they are taken now. */
export type Allowance = (source: ConfiguredSource, events: number) => number

/**
 * Holds sources to their `eventsPerSecond`. Whoever is not in debt may send a batch of any size and pays for it
 * afterwards, so that no batch is too large to ever be taken.
 */
export function allowance(now: () => number): Allowance {
  const accounts = new Map<string, { readonly credit: number; readonly at: number }>()
  return ({ name, eventsPerSecond: rate }, events) => {
    if (rate === undefined) return 0
    const time = now()
    const { credit, at } = accounts.get(name) ?? { credit: rate * BURST_SECONDS, at: time }
    const saved = Math.min(rate * BURST_SECONDS, credit + ((time - at) / 1000) * rate)
    accounts.set(name, { credit: saved > 0 ? saved - events : saved, at: time })
    return saved > 0 ? 0 : Math.min(WAIT_SECONDS_MAX, Math.max(1, Math.ceil(-saved / rate)))
  }
}
