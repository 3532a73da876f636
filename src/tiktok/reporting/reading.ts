import type { RefusedError } from '../../core/errors.ts'
import {
  type ReportIntegratedGetParams,
  type ReportRow,
  reportIntegratedGet,
} from '../endpoints/report_integrated_get.ts'
import type { Reader } from '../reader.ts'
import { type Piece, paramsOf, type ReportQuestion, statusFieldOf } from './question.ts'
import { findRefused, refusedFilter, refusedMetrics } from './refusals.ts'
import { memoryOf, setUnder, shapeOf } from './run_memory.ts'

/** A report of one advertiser while it is read. */
export interface Reading {
  readonly reader: Reader
  readonly question: ReportQuestion
  readonly advertiserId: string
}

/** Rows as TikTok gave them. */
export interface RowsRead {
  readonly rows: readonly ReportRow[]
  /** Rows of the whole piece. */
  readonly total: number
}

/** How reading a piece ended. Rows that were given before anything but `done` come again. */
export type Ending =
  | { readonly kind: 'done' }
  /** It takes too long, or the answer is too large. */
  | { readonly kind: 'too_big'; readonly error: Error }
  /** TikTok gives the newest 20,000 ids and leaves out the rest. */
  | { readonly kind: 'truncated'; readonly message: string }
  /** So many rows move while they are read, and fill the memory; so many parts are better. */
  | { readonly kind: 'long'; readonly parts: number }

export type PieceRead = AsyncGenerator<RowsRead, Ending, void>

/** The metrics of a report that TikTok has not refused in this run. */
export function metricsOf({ reader, question, advertiserId }: Reading): readonly string[] {
  const refused = memoryOf(reader).metrics.get(shapeOf(advertiserId, question))
  return refused === undefined ? question.metrics : question.metrics.filter((name) => !refused.has(name))
}

/** Says which metrics the rows will lack, as TikTok refused them earlier in the run: each slice tells what it lacks. */
export function tellRefused(reading: Reading): void {
  const asked = new Set(metricsOf(reading))
  const metrics = reading.question.metrics.filter((name) => !asked.has(name))
  if (metrics.length === 0) return
  reading.reader.note({ kind: 'metrics_dropped', metrics, message: 'TikTok refused them earlier in this run' })
}

/** The parameters that ask for a piece, without what TikTok has refused in this run. */
export function asked(
  reading: Reading,
  piece: Piece,
  metrics: readonly string[],
): Omit<ReportIntegratedGetParams, 'page' | 'page_size'> {
  const { reader, question, advertiserId } = reading
  const without = memoryOf(reader).filters.get(shapeOf(advertiserId, question)) ?? new Set<string>()
  return paramsOf(question, piece, { advertiserId, metrics, without })
}

/** Takes a refusal to heart, so that the same piece is asked for without what was refused. Throws it when there is no such thing. */
export async function learnFrom(error: unknown, reading: Reading, piece: Piece): Promise<void> {
  const { reader, question, advertiserId } = reading
  const memory = memoryOf(reader)
  const shape = shapeOf(advertiserId, question)
  const filter = refusedFilter(error)
  if (filter !== null && filter === statusFieldOf(question.level) && !setUnder(memory.filters, shape).has(filter)) {
    setUnder(memory.filters, shape).add(filter)
    const message = `TikTok takes no ${filter} here, so what has been deleted is left out`
    reader.note({ kind: 'retried', code: 'tiktok.refused', message })
    return
  }
  const metrics = metricsOf(reading)
  const named = refusedMetrics(error, metrics)
  if (named === null) throw error
  const refused = named.length > 0 ? named : await findRefused(probeOf(reading, piece), metrics)
  if (refused.length === 0 || refused.length === metrics.length) throw error
  for (const name of refused) setUnder(memory.metrics, shape).add(name)
  reader.note({ kind: 'metrics_dropped', metrics: refused, message: (error as RefusedError).message })
}

/** TikTok checks a report before it looks for data, so that one row tells whether the metrics are legal. */
const probeOf = (reading: Reading, piece: Piece) => async (metrics: readonly string[]) => {
  try {
    await reading.reader.call(reportIntegratedGet, { ...asked(reading, piece, metrics), page: 1, page_size: 1 })
    return null
  } catch (error) {
    const named = refusedMetrics(error, metrics)
    if (named === null) throw error
    return named
  }
}
