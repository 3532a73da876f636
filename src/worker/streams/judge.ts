import { CallError, TransientError } from '../../core/errors.ts'
import type { Reason } from '../../core/outcome.ts'
import { reasonOf } from '../../core/run.ts'
import { RUN_CODES } from '../../core/run_codes.ts'
import { EmptySliceError } from '../../core/warehouse.ts'

/** What the failure of one slice means for the others. */
export type Judgement =
  | {
      readonly kind: 'slice'
      readonly state: 'failed' | 'unconfirmed'
      readonly reason: Reason
      readonly isPassing: boolean
    }
  /** Nothing more of this stream for this advertiser. */
  | { readonly kind: 'stream'; readonly reason: Reason }
  /** Nothing more of this advertiser. */
  | { readonly kind: 'advertiser'; readonly reason: Reason }
  /** Nothing more at all. */
  | { readonly kind: 'run'; readonly reason: Reason; readonly isToken: boolean }

// The codes that are about the advertiser; the others of their kind are about what the app may do. Source: TikTok API for
// Business v1.3, return codes.
const ADVERTISER_CODES: ReadonlySet<number | null | undefined> = new Set([40_001, 40_300, 40_301, 40_302])

// Whatever else of these is tried now ends the same way.
const WAREHOUSE_SHUT: ReadonlySet<string> = new Set(['warehouse.access_denied', 'warehouse.full'])

/** Tells what a failure is about: a slice, a stream, an advertiser, or everything. */
export function judge(error: unknown): Judgement {
  if (error instanceof EmptySliceError) {
    const { message } = error
    const reason = { code: 'run.empty_answer', message, remedy: RUN_CODES['run.empty_answer'] }
    return { kind: 'slice', state: 'unconfirmed', reason, isPassing: true }
  }
  const reason = reasonOf(error instanceof Error ? error : new Error(String(error)))
  if (!(error instanceof CallError)) return { kind: 'slice', state: 'failed', reason, isPassing: false }
  if (error.code === 'tiktok.token_invalid') return { kind: 'run', reason, isToken: true }
  if (WAREHOUSE_SHUT.has(error.code)) return { kind: 'run', reason, isToken: false }
  if (error.code === 'tiktok.no_permission' || error.code === 'tiktok.gone') {
    return { kind: ADVERTISER_CODES.has(error.receipt?.code) ? 'advertiser' : 'stream', reason }
  }
  return { kind: 'slice', state: 'failed', reason, isPassing: error instanceof TransientError }
}
