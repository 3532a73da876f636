import type { Item, Written } from '../core/destination.ts'
import { type CallError, type Receipt, TransientError } from '../core/errors.ts'
import type { Outcome, Reason } from '../core/outcome.ts'
import type { Sync } from '../core/sync.ts'
import { EXIT, type ExitCode } from './outlet.ts'

/** One event in one mapping, on its way: an item, or nothing to send and why (null: no mapping applies). */
export interface Load {
  readonly messageId: string | null
  readonly mapping: string | null
  readonly item: Item | null
  readonly reason: Reason | null
}

/** What became of it. */
export interface Sent {
  readonly messageId: string | null
  readonly sync: string
  readonly mapping: string | null
  readonly destination: string
  readonly verdict: Outcome['kind'] | 'invalid' | 'filtered'
  readonly reason: Reason | null
  readonly receipt: Receipt | null
}

/** What came of sending through one sync. */
export interface Sending {
  readonly sent: readonly Sent[]
  /** What ended it early. */
  readonly stopped: CallError | null
}

/** Sends everything through a sync, in as few requests as its destination allows; what a failed call left is postponed. */
export async function sendAll(sync: Sync, destination: string, loads: readonly Load[]): Promise<Sending> {
  const outcomes = new Map<Load, Outcome>()
  let stopped: CallError | null = null
  for (const batch of batches(loads, sync.destination.batchSize)) {
    const written: Written = await sync.destination.write(batch.map(({ item }) => item!))
    for (const [i, load] of batch.entries()) outcomes.set(load, written.outcomes[i]!)
    stopped = written.stopped
    if (stopped !== null) break
  }
  return { sent: loads.map((load) => toSent(load, outcomes.get(load), sync.name, destination)), stopped }
}

/** Loads that may share a request, at most `size` together. */
function batches(loads: readonly Load[], size: number): readonly (readonly Load[])[] {
  const items = loads.filter(({ item }) => item !== null)
  return [...Map.groupBy(items, ({ item }) => item!.batchKey).values()].flatMap((alike) =>
    Array.from({ length: Math.ceil(alike.length / size) }, (_, i) => alike.slice(i * size, (i + 1) * size)),
  )
}

function toSent(load: Load, outcome: Outcome | undefined, sync: string, destination: string): Sent {
  const { messageId, mapping } = load
  const known = { messageId, sync, mapping, destination }
  if (load.item === null) {
    const verdict = load.reason === null ? 'filtered' : 'invalid'
    return { ...known, verdict, reason: load.reason ?? NO_MAPPING, receipt: null }
  }
  // Its turn never came: an earlier call failed.
  if (outcome === undefined) return { ...known, verdict: 'postponed', reason: NOT_TRIED, receipt: null }
  const reason = outcome.kind === 'delivered' ? null : outcome.reason
  return { ...known, verdict: outcome.kind, reason, receipt: outcome.receipt }
}

const NO_MAPPING: Reason = { code: 'delivery.no_mapping', message: 'No mapping of the sync applies' }

const NOT_TRIED: Reason = { code: 'delivery.not_tried', message: 'Not sent: an earlier call failed' }

const AUTH_CODES: ReadonlySet<string> = new Set(['tiktok.token_invalid', 'tiktok.no_permission'])

/** What the shell is told: the account before the network, the network before single events. */
export function whatBecame(sendings: readonly Sending[]): Exclude<ExitCode, 130> {
  const errors = sendings.flatMap(({ stopped }) => stopped ?? [])
  if (errors.some(({ code }) => AUTH_CODES.has(code))) return EXIT.auth
  if (errors.some((error) => error instanceof TransientError)) return EXIT.remote
  const sent = sendings.flatMap((sending) => sending.sent)
  return sent.length > 0 && sent.every(({ verdict }) => verdict === 'delivered') ? EXIT.ok : EXIT.unclean
}
