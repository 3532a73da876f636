import { CallError, RefusedError } from '../../core/errors.ts'
import { isTimeout } from '../reader.ts'

const QUERY_TOO_LARGE = 40_067
const TOO_MANY_IDS = 40_011

/** Whether less at once may work: the call took too long, or the answer would be too large. */
export function isTooBig(error: CallError): boolean {
  const code = error.receipt?.code
  return (
    isTimeout(error) || error.code === 'tiktok.answer_too_large' || code === QUERY_TOO_LARGE || code === TOO_MANY_IDS
  )
}

/**
 * Which of the metrics TikTok refuses, by its own words; none when it only says that some are; null when the refusal is not
 * about metrics.
 */
export function refusedMetrics(error: unknown, asked: readonly string[]): readonly string[] | null {
  if (!(error instanceof RefusedError)) return null
  const message = error.receipt?.message ?? error.message
  const list = /invalid metric fields?:\s*(\[[^\]]*\]?)/i.exec(message)?.[1]
  if (list !== undefined) {
    const named = new Set(namesIn(list))
    return asked.filter((name) => named.has(name))
  }
  return /\bmetrics?\b/i.test(message) ? [] : null
}

/** A list that is cut short may end within a name, which may look like another: only quotes that are closed count then. */
function namesIn(list: string): readonly string[] {
  if (list.endsWith(']')) return list.match(/\w+/g) ?? []
  return [...list.matchAll(/'(\w+)'|"(\w+)"/g)].map(([, single, double]) => (single ?? double)!)
}

/** The filter TikTok refuses, by its own words; null when the refusal is not about a filter. */
export function refusedFilter(error: unknown): string | null {
  if (!(error instanceof RefusedError)) return null
  return /invalid value for filter field:\s*(\w+)/i.exec(error.receipt?.message ?? error.message)?.[1] ?? null
}

/** What a probe finds of a list of metrics: null when all are taken, else those that TikTok names as refused. */
export type Probe = (metrics: readonly string[]) => Promise<readonly string[] | null>

/**
 * The metrics that are refused, found by halving a list that TikTok has refused without naming any: about 2k·log2(n/k)
 * probes for k among n. None when only their company is refused.
 */
export async function findRefused(probe: Probe, metrics: readonly string[]): Promise<readonly string[]> {
  if (metrics.length === 1) return metrics
  const middle = Math.ceil(metrics.length / 2)
  const halves = [metrics.slice(0, middle), metrics.slice(middle)]
  const found: string[] = []
  for (const half of halves) {
    const named = await probe(half)
    if (named === null) continue
    found.push(...(named.length > 0 ? named : await findRefused(probe, half)))
  }
  return found
}

/** Throws what is no error of a call: that is ours, and nothing learns from it. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error
  throw error
}
