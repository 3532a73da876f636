import type { Run, RunKind } from '../../../src/server/contract_streams.ts'
import { rangeText } from '../parts/days.ts'

/** Why a run began, in a word. */
export const RUN_KIND: Record<RunKind, string> = {
  scheduled: 'Scheduled',
  manual: 'Started by hand',
  backfill: 'Backfill',
  resync: 'Resync',
}

/** What a run was asked to read: `Backfill, 1 Jan – 31 Mar 2026, 3 streams`. */
export function runText({ kind, days, streams }: Run): string {
  const parts = [
    RUN_KIND[kind],
    days && rangeText(days),
    streams && (streams.length === 1 ? streams[0] : `${streams.length} streams`),
  ]
  return parts.filter(Boolean).join(', ')
}
